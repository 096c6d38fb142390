package org.tidelog.node.ipfs;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Whether a place has the record that it was given. */
final class ReadBack {
  private ReadBack() {}

  static void check(Optional<byte[]> found, byte[] put) throws IOException {
    if (!found.isPresent()) throw new IOException("it took the record and has none");
    if (Arrays.equals(found.get(), put)) return;
    throw new IOException("it took the record and keeps another one");
  }
}
