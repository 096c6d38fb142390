package org.tidelog.crypto.multiformats;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;

/** The digits of a base, looked up both ways. Immutable. */
final class Alphabet {
  private static final int ASCII = 128;

  private final String digits;
  private final byte[] values = new byte[ASCII];

  Alphabet(String digits) {
    this.digits = digits;
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < digits.length(); i++) {
      values[digits.charAt(i)] = (byte) i;
    }
  }

  int radix() {
    return digits.length();
  }

  char digit(int value) {
    return digits.charAt(value);
  }

  /** The value of the digit at {@code at}. */
  int value(String text, int at) throws MalformedException {
    char c = text.charAt(at);
    int value = c < ASCII ? values[c] : -1;
    if (value < 0) throw new MalformedException("no base-" + radix() + " digit at character " + at);
    return value;
  }
}
