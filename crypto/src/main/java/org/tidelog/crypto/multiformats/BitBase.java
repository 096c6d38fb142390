package org.tidelog.crypto.multiformats;

import org.tidelog.crypto.MalformedException;

/** Bases whose digit is a fixed number of bits (RFC 4648), unpadded. */
final class BitBase {
  private BitBase() {}

  static String encode(Alphabet alphabet, int bits, byte[] bytes) {
    int mask = (1 << bits) - 1;
    StringBuilder text = new StringBuilder();
    int buffer = 0;
    int held = 0;
    for (byte b : bytes) {
      buffer = buffer << 8 | (b & 0xff);
      held += 8;
      while (held >= bits) {
        held -= bits;
        text.append(alphabet.digit((buffer >>> held) & mask));
      }
      buffer &= (1 << held) - 1;
    }
    if (held > 0) text.append(alphabet.digit((buffer << (bits - held)) & mask));
    return text.toString();
  }

  static byte[] decode(Alphabet alphabet, int bits, String text) throws MalformedException {
    long total = (long) text.length() * bits;
    if (total % 8 >= bits) {
      throw new MalformedException(
          "base-" + alphabet.radix() + " text of " + text.length() + " digits");
    }
    byte[] bytes = new byte[(int) (total / 8)];
    int at = 0;
    int buffer = 0;
    int held = 0;
    for (int i = 0; i < text.length(); i++) {
      buffer = buffer << bits | alphabet.value(text, i);
      held += bits;
      if (held >= 8) {
        held -= 8;
        bytes[at++] = (byte) (buffer >>> held);
      }
      buffer &= (1 << held) - 1;
    }
    if (buffer != 0)
      throw new MalformedException("base-" + alphabet.radix() + " text with unused bits set");
    return bytes;
  }
}
