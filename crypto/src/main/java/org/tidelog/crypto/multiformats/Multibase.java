package org.tidelog.crypto.multiformats;

import org.tidelog.crypto.MalformedException;

/**
 * Bytes as text whose first character names the alphabet. Strict: the alphabet in its own case, no
 * padding, unused bits zero, so that a value has one text in each base.
 */
public final class Multibase {
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private Multibase() {}

  /** The alphabets in use, each with its prefix. */
  public enum Base {
    BASE16('f', "0123456789abcdef", 4),
    BASE32('b', LOWER + "234567", 5),
    BASE36('k', "0123456789" + LOWER, 0),
    BASE58BTC('z', "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", 0),
    BASE64URL('u', UPPER + LOWER + "0123456789-_", 6);

    private final char prefix;
    private final Alphabet alphabet;
    private final int bits;

    Base(char prefix, String digits, int bits) {
      this.prefix = prefix;
      this.alphabet = new Alphabet(digits);
      this.bits = bits;
    }

    public char prefix() {
      return prefix;
    }

    /** Without the prefix. */
    String encode(byte[] bytes) {
      return bits > 0 ? BitBase.encode(alphabet, bits, bytes) : BigBase.encode(alphabet, bytes);
    }

    /** Without the prefix. */
    byte[] decode(String digits) throws MalformedException {
      return bits > 0 ? BitBase.decode(alphabet, bits, digits) : BigBase.decode(alphabet, digits);
    }
  }

  /**
   * Prefix and digits.
   *
   * @throws IllegalArgumentException for more than 256 bytes in base 36 or 58, whose cost is
   *     quadratic
   */
  public static String encode(Base base, byte[] bytes) {
    return base.prefix + base.encode(bytes);
  }

  /** Reads text in any {@link Base}. */
  public static byte[] decode(String text) throws MalformedException {
    if (text.isEmpty()) throw new MalformedException("multibase text that is empty");
    for (Base base : Base.values()) {
      if (base.prefix == text.charAt(0)) return base.decode(text.substring(1));
    }
    throw new MalformedException("multibase text in an unknown base");
  }
}
