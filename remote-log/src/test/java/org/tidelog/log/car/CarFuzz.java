package org.tidelog.log.car;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;

/** Whatever file comes: a refusal, or blocks that make the same file again. */
public final class CarFuzz {
  private CarFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      CarReader in = new CarReader(new ByteArrayInputStream(bytes));
      ByteArrayOutputStream again = new ByteArrayOutputStream();
      CarWriter out = new CarWriter(again, in.header());
      for (Optional<CarReader.Section> next = in.next(); next.isPresent(); next = in.next()) {
        out.put(next.get().cid(), next.get().block());
      }
      if (!Arrays.equals(again.toByteArray(), bytes)) throw new AssertionError("a second encoding");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
