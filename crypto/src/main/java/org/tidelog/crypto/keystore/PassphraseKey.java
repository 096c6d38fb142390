package org.tidelog.crypto.keystore;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.tidelog.crypto.seal.GcmSiv;

/** Makes a key of a passphrase, slowly. */
final class PassphraseKey {
  /** Of one char; those of a pair take two each. */
  private static final int UTF8_BYTES_MAX = 3;

  private PassphraseKey() {}

  /** 32 bytes; the caller wipes them, and the passphrase. */
  static byte[] derive(char[] passphrase, byte[] salt, Argon2Cost cost)
      throws WrongPassphraseException {
    Argon2Parameters parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build();
    byte[] utf8 = utf8(passphrase);
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(parameters);
      byte[] key = new byte[GcmSiv.KEY_BYTES];
      generator.generateBytes(utf8, key);
      return key;
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }

  // By hand, since a String could not be wiped.
  private static byte[] utf8(char[] passphrase) throws WrongPassphraseException {
    byte[] buffer = new byte[UTF8_BYTES_MAX * passphrase.length];
    ByteBuffer target = ByteBuffer.wrap(buffer);
    CoderResult result =
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(passphrase), target, true);
    byte[] exact = Arrays.copyOf(buffer, target.position());
    Arrays.fill(buffer, (byte) 0);
    if (!result.isError()) return exact;
    Arrays.fill(exact, (byte) 0);
    throw new WrongPassphraseException("passphrase that is no Unicode text");
  }
}
