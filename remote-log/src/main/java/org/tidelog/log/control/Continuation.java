package org.tidelog.log.control;

import java.util.Arrays;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.Limits;

/**
 * The payload of a continue entry, the one after the genesis: this log goes on where that one was,
 * says whoever has the recovery key that the genesis of that one names. A claim of authorship and
 * no more: the old log may grow all the same, and several logs may continue one. The signature is
 * for one log, so no other can repeat it.
 *
 * @param claim what is continued
 * @param recoveryKey Ed25519 public key, 32 bytes
 * @param signature by the recovery key, 64 bytes
 */
public record Continuation(Claim claim, byte[] recoveryKey, byte[] signature) {
  private static final int VERSION = 1;
  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;
  private static final byte[] TAG = Sha256.tag("tidelog/continue/1");
  private static final byte[] RECOVERY = Sha256.tag("tidelog/recovery/1");

  /**
   * Which log is continued, and how much of it its author had: later entries stay valid.
   *
   * @param size entries, 1 to {@link Limits#SIZE_MAX}
   * @param root of the Merkle range over these
   */
  public record Claim(IpnsName log, long size, Digest root) {
    public Claim {
      if (size < 1 || size > Limits.SIZE_MAX) throw new IllegalArgumentException("size: " + size);
    }
  }

  public Continuation {
    recoveryKey = recoveryKey.clone();
    signature = signature.clone();
  }

  /** The hash by which a genesis names its recovery key. */
  public static Digest recoveryKeyHash(byte[] publicKey) {
    return Sha256.hash(RECOVERY, publicKey);
  }

  /** Claims that {@code log} continues another. */
  public static Continuation sign(Signer recovery, IpnsName log, Claim claim) {
    return new Continuation(claim, recovery.publicKey(), recovery.sign(signed(log, claim)));
  }

  private static byte[] signed(IpnsName log, Claim claim) {
    return new ByteWriter()
        .bytes(TAG)
        .bytes(log.key())
        .bytes(claim.log.key())
        .u64(claim.size)
        .digest(claim.root)
        .toByteArray();
  }

  /** Whether the key shown here says so of that log; what it has to do with the old one is open. */
  public boolean verify(IpnsName log, Verifier verifier) {
    return verifier.verify(recoveryKey, signed(log, claim), signature);
  }

  /** Whether the key shown here is the one that the old log's genesis names. */
  public boolean isBy(GenesisStatement old) {
    return recoveryKeyHash(recoveryKey).equals(old.recoveryKeyHash());
  }

  /** 194 to 199 bytes: version, log, size, root, recovery key, signature. */
  public byte[] encode() {
    return new ByteWriter()
        .u8(VERSION)
        .bytes(claim.log.key())
        .varint(claim.size)
        .digest(claim.root)
        .bytes(recoveryKey)
        .bytes(signature)
        .toByteArray();
  }

  public static Continuation parse(byte[] payload) throws MalformedException {
    ByteReader in = new ByteReader(payload);
    int version = in.u8();
    if (version != VERSION) throw new MalformedException("continue entry of version " + version);
    IpnsName log = IpnsName.parse(in.bytes(KEY_BYTES));
    long size = in.varint();
    if (size < 1 || size > Limits.SIZE_MAX) {
      throw new MalformedException("continue entry of a log of " + size + " entries");
    }
    Claim claim = new Claim(log, size, in.digest());
    Continuation read = new Continuation(claim, in.bytes(KEY_BYTES), in.bytes(SIGNATURE_BYTES));
    in.end();
    return read;
  }

  @Override
  public byte[] recoveryKey() {
    return recoveryKey.clone();
  }

  @Override
  public byte[] signature() {
    return signature.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Continuation that && Arrays.equals(encode(), that.encode());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(signature);
  }
}
