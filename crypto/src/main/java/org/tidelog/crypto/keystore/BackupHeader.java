package org.tidelog.crypto.keystore;

import java.security.MessageDigest;
import java.util.Arrays;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.Hkdf;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.seal.GcmSiv;

/**
 * What a backup begins with: how its passphrase is stretched, a value that shows whether a
 * passphrase is the right one (and commits the file to one key, which the sealing alone would not),
 * and a checksum that tells damage from a wrong passphrase. Immutable.
 *
 * <p>Magic {@code TDLB}, version 1, Argon2id memory in KiB (4), passes (1), lanes (1), salt (16);
 * check (32); SHA-256 of all before it. Key and check are 64 bytes of HKDF over what Argon2id makes
 * of the passphrase, with {@code "tidelog/backup/1"} and everything before the check as info: so
 * every field is authenticated by whatever the key seals.
 */
public final class BackupHeader {
  public static final int BYTES = 91;

  private static final byte[] MAGIC = Sha256.tag("TDLB");
  private static final byte[] TAG = Sha256.tag("tidelog/backup/1");
  private static final int VERSION = 1;
  private static final int SALT_BYTES = 16;
  private static final int CHECK_BYTES = 32;

  private final Argon2Cost cost;
  private final byte[] salt;
  private final byte[] check;

  private BackupHeader(Argon2Cost cost, byte[] salt, byte[] check) {
    this.cost = cost;
    this.salt = salt;
    this.check = check;
  }

  /** A new header and the key, 32 bytes, that it stands for. The caller wipes the key. */
  public record Created(BackupHeader header, byte[] key) {
    @Override
    public String toString() {
      return "Created[secret]";
    }
  }

  /**
   * Makes a header with a new salt, and so a key that is used for no other backup. Takes as long as
   * the cost says.
   *
   * @throws IllegalArgumentException if the passphrase is no Unicode text
   */
  public static Created create(Protection.Passphrase passphrase, Entropy entropy) {
    byte[] salt = entropy.bytes(SALT_BYTES);
    try {
      byte[] both = derive(passphrase.characters(), passphrase.cost(), salt);
      byte[] key = Arrays.copyOf(both, GcmSiv.KEY_BYTES);
      byte[] check = Arrays.copyOfRange(both, GcmSiv.KEY_BYTES, both.length);
      Arrays.fill(both, (byte) 0);
      return new Created(new BackupHeader(passphrase.cost(), salt, check), key);
    } catch (WrongPassphraseException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Reads the first {@link #BYTES} bytes of a backup. */
  public static BackupHeader parse(byte[] bytes) throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    if (in.remaining() < MAGIC.length || !Arrays.equals(MAGIC, in.bytes(MAGIC.length))) {
      throw new MalformedException("it is no backup");
    }
    int version = in.u8();
    if (version != VERSION)
      throw new MalformedException(
          "it is of version " + version + ", which this program does not read");
    if (bytes.length != BYTES) throw new MalformedException("it is cut short");
    int end = BYTES - Digest.LENGTH;
    if (!Sha256.create().update(bytes, 0, end).finish().equals(Digest.of(bytes, end))) {
      throw new MalformedException("its beginning is damaged");
    }
    Argon2Cost cost = Argon2Cost.parse("it is protected", in.u32(), in.u8(), in.u8());
    return new BackupHeader(cost, in.bytes(SALT_BYTES), in.bytes(CHECK_BYTES));
  }

  public byte[] bytes() {
    byte[] sealed = new ByteWriter().bytes(prefix(cost, salt)).bytes(check).toByteArray();
    return new ByteWriter().bytes(sealed).digest(Sha256.hash(sealed)).toByteArray();
  }

  /** What opening takes. */
  public Argon2Cost cost() {
    return cost;
  }

  /**
   * The key, 32 bytes, which the caller wipes; the passphrase is the caller's to wipe as well.
   * Takes as long as the cost says.
   *
   * @throws WrongPassphraseException also if the header was tampered with; mere damage is found
   *     when parsing
   */
  public byte[] unlock(char[] passphrase) throws WrongPassphraseException {
    byte[] both = derive(passphrase, cost, salt);
    byte[] key = Arrays.copyOf(both, GcmSiv.KEY_BYTES);
    byte[] found = Arrays.copyOfRange(both, GcmSiv.KEY_BYTES, both.length);
    Arrays.fill(both, (byte) 0);
    if (MessageDigest.isEqual(found, check)) return key;
    Arrays.fill(key, (byte) 0);
    throw new WrongPassphraseException("wrong passphrase");
  }

  private static byte[] derive(char[] passphrase, Argon2Cost cost, byte[] salt)
      throws WrongPassphraseException {
    byte[] stretched = PassphraseKey.derive(passphrase, salt, cost);
    byte[] info = new ByteWriter().bytes(TAG).bytes(prefix(cost, salt)).toByteArray();
    byte[] both = Hkdf.sha256(stretched, new byte[0], info, GcmSiv.KEY_BYTES + CHECK_BYTES);
    Arrays.fill(stretched, (byte) 0);
    return both;
  }

  private static byte[] prefix(Argon2Cost cost, byte[] salt) {
    return new ByteWriter()
        .bytes(MAGIC)
        .u8(VERSION)
        .u32(cost.memoryKib())
        .u8(cost.passes())
        .u8(cost.lanes())
        .bytes(salt)
        .toByteArray();
  }

  @Override
  public String toString() {
    return "BackupHeader[" + cost + "]";
  }
}
