package org.tidelog.crypto.multiformats;

import org.tidelog.crypto.MalformedException;

/**
 * Bases that are no power of two: the bytes are one big number. A leading zero byte becomes a
 * leading zero digit. Time grows with the square of the length, so the length is bounded; ids,
 * which are what these bases are for, have about forty bytes.
 */
final class BigBase {
  private static final int BYTES_MAX = 256;

  /** 256 bytes have 397 digits in base 36. */
  private static final int DIGITS_MAX = 400;

  private BigBase() {}

  static String encode(Alphabet alphabet, byte[] bytes) {
    if (bytes.length > BYTES_MAX) throw new IllegalArgumentException("bytes: " + bytes.length);
    int[] digits = new int[DIGITS_MAX];
    int size = 0;
    for (byte b : bytes) {
      size = multiplyAdd(digits, size, alphabet.radix(), new Step(256, b & 0xff));
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
      text.append(alphabet.digit(0));
    }
    for (int i = size - 1; i >= 0; i--) {
      text.append(alphabet.digit(digits[i]));
    }
    return text.toString();
  }

  static byte[] decode(Alphabet alphabet, String text) throws MalformedException {
    if (text.length() > DIGITS_MAX) {
      throw new MalformedException(
          "base-" + alphabet.radix() + " text of " + text.length() + " digits");
    }
    int[] bytes = new int[DIGITS_MAX];
    int size = 0;
    for (int i = 0; i < text.length(); i++) {
      size = multiplyAdd(bytes, size, 256, new Step(alphabet.radix(), alphabet.value(text, i)));
    }
    int zeros = 0;
    while (zeros < text.length() && text.charAt(zeros) == alphabet.digit(0)) {
      zeros++;
    }
    byte[] result = new byte[zeros + size];
    for (int i = 0; i < size; i++) {
      result[zeros + i] = (byte) bytes[size - 1 - i];
    }
    return result;
  }

  private record Step(int factor, int addend) {}

  /**
   * Number := number * factor + addend, digits least first in the given radix; returns its new
   * length.
   */
  private static int multiplyAdd(int[] number, int size, int radix, Step step) {
    int carry = step.addend;
    int length = size;
    for (int i = 0; i < length; i++) {
      carry += number[i] * step.factor;
      number[i] = carry % radix;
      carry /= radix;
    }
    while (carry > 0) {
      number[length++] = carry % radix;
      carry /= radix;
    }
    return length;
  }
}
