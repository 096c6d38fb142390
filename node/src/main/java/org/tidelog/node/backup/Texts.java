package org.tidelog.node.backup;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;

/** Text in items: UTF-8 to the end, well formed, within a bound. */
final class Texts {
  private Texts() {}

  static byte[] encode(String what, String text, int bytesMax) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > bytesMax) {
      throw new IllegalArgumentException(what + ": " + bytes.length + " bytes");
    }
    return bytes;
  }

  static String decode(String what, ByteReader in, int length, int bytesMax)
      throws MalformedException {
    if (length > bytesMax) throw new MalformedException("a " + what + " of " + length + " bytes");
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(in.bytes(length)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("a " + what + " that is not UTF-8", e);
    }
  }
}
