package org.tidelog.crypto.keystore;

import java.util.Arrays;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.seal.GcmSiv;

/**
 * An open key store: its secrets, and the data key to write changed ones without the passphrase.
 * Not thread-safe.
 */
public final class Unlocked {
  private static final int NONCE_PADDING = GcmSiv.NONCE_BYTES - Long.BYTES;

  /** Everything before the generation; stays as it is for the life of the passphrase. */
  private final byte[] prefix;

  private final GcmSiv dataKey;
  private final Secrets secrets;
  private long generation;

  private Unlocked(byte[] prefix, GcmSiv dataKey, Secrets secrets, long generation) {
    this.prefix = prefix;
    this.dataKey = dataKey;
    this.secrets = secrets;
    this.generation = generation;
  }

  static Unlocked create(byte[] prefix, byte[] dataKey, Secrets secrets) {
    return new Unlocked(prefix, new GcmSiv(dataKey), secrets, 0);
  }

  /**
   * What is sealed in a file.
   *
   * @param prefix everything before the generation
   * @param hasMark whether the secrets are of the version that holds the home's mark
   */
  record Sealed(byte[] prefix, long generation, byte[] body, boolean hasMark) {}

  /**
   * Opens the body; refuses one that was not sealed under this key with its prefix.
   *
   * @param nextPrefix what the file will begin with when it is written again
   */
  static Unlocked open(Sealed sealed, byte[] dataKey, byte[] nextPrefix) throws MalformedException {
    GcmSiv cipher = new GcmSiv(dataKey);
    byte[] encoded =
        cipher
            .open(nonce(sealed.generation), sealed.prefix, sealed.body)
            .orElseThrow(() -> new MalformedException("key store that was tampered with"));
    try {
      Secrets secrets = Secrets.parse(encoded, sealed.hasMark);
      return new Unlocked(nextPrefix, cipher, secrets, sealed.generation);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  /** As they were when the key store was opened or made. */
  public Secrets secrets() {
    return secrets;
  }

  /**
   * A whole key store with other secrets, under the same protection. Takes no time: the passphrase
   * is not stretched again.
   */
  public byte[] encode(Secrets changed) {
    // A new nonce each time. Two copies of one store may still meet in one: that shows whether they
    // hold the same.
    generation++;
    byte[] encoded = changed.encode();
    byte[] body = dataKey.seal(nonce(generation), prefix, encoded);
    Arrays.fill(encoded, (byte) 0);
    byte[] sealed = new ByteWriter().bytes(prefix).u64(generation).bytes(body).toByteArray();
    Digest sum = Sha256.hash(sealed);
    return new ByteWriter().bytes(sealed).digest(sum).toByteArray();
  }

  @Override
  public String toString() {
    return "Unlocked[" + secrets + "]";
  }

  private static byte[] nonce(long generation) {
    return new ByteWriter().u64(generation).bytes(new byte[NONCE_PADDING]).toByteArray();
  }
}
