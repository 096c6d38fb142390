package org.tidelog.crypto.cbor;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.tidelog.crypto.MalformedException;

/** Text as DAG-CBOR has it: well-formed UTF-8, maps' keys by length first. */
final class Utf8 {
  private Utf8() {}

  /** Refuses lone surrogates, which have no encoding. */
  static void check(String text) {
    int i = 0;
    while (i < text.length()) {
      // An unpaired half is a code point of its own; a pair is one beyond them.
      int point = text.codePointAt(i);
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        throw new IllegalArgumentException("text: lone surrogate at character " + i);
      }
      i += Character.charCount(point);
    }
  }

  static byte[] encode(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String decode(byte[] bytes) throws MalformedException {
    try {
      // A decoder of its own reports errors; the String constructor would replace them.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("text that is not UTF-8", e);
    }
  }

  /**
   * Order of the encodings by length, then bytewise, without making them: a hostile map has many
   * keys.
   */
  static int compareLengthFirst(String a, String b) {
    int order = Integer.compare(length(a), length(b));
    if (order != 0) return order;
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      if (a.charAt(i) != b.charAt(i)) return rank(a.charAt(i)) - rank(b.charAt(i));
    }
    return a.length() - b.length();
  }

  private static int length(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Each half of a surrogate pair counts two of the pair's four bytes.
      length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return length;
  }

  // Surrogates stand for the highest code points, but are not the highest characters.
  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }
}
