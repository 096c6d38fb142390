package org.tidelog.node.ipfs;

import java.io.FilterInputStream;
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

  /**
   * Stops where the bound is reached or the file breaks off.
   *
   * @throws WrongBytesException if it is no such file, or a block is not what its name says
   */
  static Map<Cid, byte[]> read(InputStream in, Cid root, long bytesMax) throws IOException {
    Map<Cid, byte[]> blocks = new LinkedHashMap<>();
    Bounded bounded = new Bounded(in, bytesMax);
    try {
      CarReader car = new CarReader(bounded);
      for (Optional<CarReader.Section> next = car.next(); next.isPresent(); next = car.next()) {
        blocks.put(next.get().cid(), next.get().block());
      }
    } catch (MalformedException e) {
      if (!bounded.ended) throw new WrongBytesException(root);
    } catch (IOException e) {
      // What came before is checked, and the rest is asked for block by block.
      if (blocks.isEmpty()) throw e;
    }
    return blocks;
  }

  /** Ends after so many bytes. */
  private static final class Bounded extends FilterInputStream {
    private long left;
    private boolean ended;

    Bounded(InputStream in, long bytesMax) {
      super(in);
      this.left = bytesMax;
    }

    @Override
    public int read() throws IOException {
      int read = left > 0 ? in.read() : -1;
      if (read >= 0) left--;
      ended = read < 0;
      return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = left > 0 ? in.read(bytes, from, (int) Math.min(left, length)) : -1;
      if (read > 0) left -= read;
      ended = read < 0;
      return read;
    }
  }
}
