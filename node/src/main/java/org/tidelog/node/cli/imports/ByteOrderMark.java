package org.tidelog.node.cli.imports;

import java.util.Arrays;

/**
 * The three bytes some editors put before UTF-8 text. They belong to no format but {@code lines}.
 */
final class ByteOrderMark {
  private static final byte[] BYTES = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private ByteOrderMark() {}

  static byte[] dropped(byte[] line) {
    boolean marked =
        line.length >= BYTES.length && Arrays.equals(Arrays.copyOf(line, BYTES.length), BYTES);
    return marked ? Arrays.copyOfRange(line, BYTES.length, line.length) : line;
  }
}
