package org.tidelog.node.ipfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.car.CarReader;

/** The blocks of a CAR file that comes as an answer. */
final class CarAnswer {
  private CarAnswer() {}

  /** Stops where the bound is reached, or the file breaks off or is none. */
  static Map<Cid, byte[]> read(InputStream in, long bytesMax) throws IOException {
    Map<Cid, byte[]> blocks = new LinkedHashMap<>();
    long bytes = 0;
    try {
      CarReader car = new CarReader(in);
      while (bytes < bytesMax) {
        Optional<CarReader.Section> section = car.next();
        if (!section.isPresent()) break;
        Cid cid = section.get().cid();
        byte[] block = section.get().block();
        if (!cid.matches(block)) throw new WrongBytesException(cid);
        bytes += block.length;
        blocks.put(cid, block);
      }
    } catch (WrongBytesException e) {
      throw e;
    } catch (MalformedException | IOException e) {
      // What came before is checked, and the rest is asked for block by block.
    }
    return blocks;
  }
}
