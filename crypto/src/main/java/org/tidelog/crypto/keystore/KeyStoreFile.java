package org.tidelog.crypto.keystore;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.seal.GcmSiv;

/**
 * A key store as bytes. Reading one checks form, checksum and, without a passphrase, the seals;
 * with a passphrase {@link #unlock} checks them. Immutable. The format is in the package's
 * description.
 */
public final class KeyStoreFile {
  /** {@link Secrets#TOPICS_MAX} topics take 640 KB; a file beyond this is no key store. */
  public static final int BYTES_MAX = 1 << 20;

  private static final byte[] MAGIC = Sha256.tag("TDLK");
  private static final int VERSION = 2;

  /** As {@link #VERSION}, with secrets that lack the home's mark. Read, never written. */
  private static final int VERSION_WITHOUT_MARK = 1;

  private static final int UNPROTECTED = 0;
  private static final int ARGON2ID = 1;
  private static final int SALT_BYTES = 16;

  /** The key it wraps is used for nothing else, once per salt. */
  private static final byte[] ZERO_NONCE = new byte[GcmSiv.NONCE_BYTES];

  private final byte[] bytes;
  private final Parts parts;

  private KeyStoreFile(byte[] bytes, Parts parts) {
    this.bytes = bytes;
    this.parts = parts;
  }

  /** The parameters of a passphrase's stretching. */
  private record Stretching(Argon2Cost cost, byte[] salt) {}

  /**
   * @param header what the data key's sealing authenticates
   * @param key the data key, in clear or sealed
   * @param sealed the secrets, behind header and key, which their sealing authenticates
   */
  private record Parts(
      @Nullable Stretching stretching, byte[] header, byte[] key, Unlocked.Sealed sealed) {}

  /**
   * Makes a key store. With a passphrase this takes as long as its cost says.
   *
   * @throws IllegalArgumentException if the passphrase is no Unicode text
   */
  public static KeyStoreFile create(Secrets secrets, Protection protection, Entropy entropy) {
    try {
      return parse(createUnlocked(secrets, protection, entropy).encode(secrets));
    } catch (MalformedException e) {
      throw new AssertionError("a key store of our own does not parse", e);
    }
  }

  /**
   * As {@link #create}, to be encoded later: what belongs in it may depend on where it will be.
   *
   * @throws IllegalArgumentException if the passphrase is no Unicode text
   */
  public static Unlocked createUnlocked(Secrets secrets, Protection protection, Entropy entropy) {
    byte[] dataKey = entropy.bytes(GcmSiv.KEY_BYTES);
    byte[] prefix =
        protection instanceof Protection.Passphrase passphrase
            ? protectedPrefix(passphrase, entropy.bytes(SALT_BYTES), dataKey)
            : header(UNPROTECTED).bytes(dataKey).toByteArray();
    Unlocked created = Unlocked.create(prefix, dataKey, secrets);
    Arrays.fill(dataKey, (byte) 0);
    return created;
  }

  public static KeyStoreFile parse(byte[] bytes) throws MalformedException {
    if (bytes.length > BYTES_MAX) {
      throw new MalformedException("key store of " + bytes.length + " bytes");
    }
    KeyStoreFile file = new KeyStoreFile(bytes.clone(), parts(bytes));
    if (!file.needsPassphrase()) file.open();
    return file;
  }

  /** A copy of the whole file. */
  public byte[] bytes() {
    return bytes.clone();
  }

  public boolean needsPassphrase() {
    return parts.stretching != null;
  }

  /**
   * Opens a protected key store, which takes as long as its cost says. The passphrase is the
   * caller's to wipe.
   *
   * @throws WrongPassphraseException also if the file was tampered with; mere damage is found when
   *     parsing
   * @throws IllegalStateException unless {@link #needsPassphrase}
   */
  public Unlocked unlock(char[] passphrase) throws WrongPassphraseException {
    Stretching stretching = parts.stretching;
    if (stretching == null) throw new IllegalStateException("key store without passphrase");
    byte[] stretched = PassphraseKey.derive(passphrase, stretching.salt, stretching.cost);
    GcmSiv cipher = new GcmSiv(stretched);
    Arrays.fill(stretched, (byte) 0);
    byte[] dataKey =
        cipher
            .open(ZERO_NONCE, parts.header, parts.key)
            .orElseThrow(() -> new WrongPassphraseException("wrong passphrase"));
    try {
      // The nonce is used again where the version has changed; the mode gives nothing away by that.
      ByteWriter next = header(stretching);
      next.bytes(cipher.seal(ZERO_NONCE, next.toByteArray(), dataKey));
      return Unlocked.open(parts.sealed, dataKey, next.toByteArray());
    } catch (MalformedException e) {
      throw new WrongPassphraseException("key store that was tampered with");
    } finally {
      Arrays.fill(dataKey, (byte) 0);
    }
  }

  /**
   * Opens an unprotected key store.
   *
   * @throws IllegalStateException if {@link #needsPassphrase}
   */
  public Unlocked unlockWithoutPassphrase() {
    if (needsPassphrase()) throw new IllegalStateException("key store with passphrase");
    try {
      return open();
    } catch (MalformedException e) {
      throw new AssertionError("it opened when it was parsed", e);
    }
  }

  @Override
  public String toString() {
    return needsPassphrase() ? "KeyStoreFile[passphrase]" : "KeyStoreFile[unprotected]";
  }

  private Unlocked open() throws MalformedException {
    byte[] next = header(UNPROTECTED).bytes(parts.key).toByteArray();
    return Unlocked.open(parts.sealed, parts.key, next);
  }

  private static byte[] protectedPrefix(
      Protection.Passphrase passphrase, byte[] salt, byte[] dataKey) {
    ByteWriter out = header(new Stretching(passphrase.cost(), salt));
    try {
      byte[] stretched = PassphraseKey.derive(passphrase.characters(), salt, passphrase.cost());
      out.bytes(new GcmSiv(stretched).seal(ZERO_NONCE, out.toByteArray(), dataKey));
      Arrays.fill(stretched, (byte) 0);
      return out.toByteArray();
    } catch (WrongPassphraseException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static ByteWriter header(Stretching stretching) {
    Argon2Cost cost = stretching.cost;
    ByteWriter out = header(ARGON2ID);
    return out.u32(cost.memoryKib()).u8(cost.passes()).u8(cost.lanes()).bytes(stretching.salt);
  }

  private static ByteWriter header(int protection) {
    return new ByteWriter().bytes(MAGIC).u8(VERSION).u8(protection);
  }

  private static Parts parts(byte[] bytes) throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    if (in.remaining() < MAGIC.length || !Arrays.equals(MAGIC, in.bytes(MAGIC.length))) {
      throw new MalformedException("file that is no key store");
    }
    int version = in.u8();
    if (version != VERSION && version != VERSION_WITHOUT_MARK)
      throw new MalformedException("key store of version " + version);
    in = new ByteReader(bytes, in.position(), checked(bytes, in.remaining()));
    int protection = in.u8();
    if (protection > ARGON2ID)
      throw new MalformedException("key store of protection " + protection);
    Stretching stretching = protection == ARGON2ID ? stretching(in) : null;
    byte[] header = Arrays.copyOf(bytes, in.position());
    byte[] key = in.bytes(GcmSiv.KEY_BYTES + (stretching == null ? 0 : GcmSiv.TAG_BYTES));
    byte[] prefix = Arrays.copyOf(bytes, in.position());
    Unlocked.Sealed sealed =
        new Unlocked.Sealed(prefix, in.u64(), in.bytes(in.remaining()), version == VERSION);
    return new Parts(stretching, header, key, sealed);
  }

  /** Where the checksum, which was found right, begins. */
  private static int checked(byte[] bytes, int remaining) throws MalformedException {
    if (remaining < Digest.LENGTH) throw new MalformedException("key store that is cut short");
    int end = bytes.length - Digest.LENGTH;
    Digest sum = Sha256.create().update(bytes, 0, end).finish();
    if (!sum.equals(Digest.of(bytes, end)))
      throw new MalformedException("key store that is damaged");
    return end;
  }

  private static Stretching stretching(ByteReader in) throws MalformedException {
    Argon2Cost cost = Argon2Cost.parse(in.u32(), in.u8(), in.u8());
    return new Stretching(cost, in.bytes(SALT_BYTES));
  }
}
