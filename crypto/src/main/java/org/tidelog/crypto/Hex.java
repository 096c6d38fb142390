package org.tidelog.crypto;

/** Lower-case hexadecimal text. One text per value: capitals are refused. */
public final class Hex {
  private static final String DIGITS = "0123456789abcdef";

  private Hex() {}

  /** Two digits a byte. */
  public static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length * 2);
    for (byte b : bytes) {
      text.append(DIGITS.charAt((b >> 4) & 0xf)).append(DIGITS.charAt(b & 0xf));
    }
    return text.toString();
  }

  public static byte[] decode(String text) throws MalformedException {
    if (text.length() % 2 != 0) {
      throw new MalformedException("hex text of " + text.length() + " digits, which is odd");
    }
    byte[] bytes = new byte[text.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (digit(text, 2 * i) << 4 | digit(text, 2 * i + 1));
    }
    return bytes;
  }

  // The character itself is not named: text that should be a secret's hex may be a secret.
  private static int digit(String text, int at) throws MalformedException {
    int digit = DIGITS.indexOf(text.charAt(at));
    if (digit < 0) throw new MalformedException("no lower-case hex digit at character " + at);
    return digit;
  }
}
