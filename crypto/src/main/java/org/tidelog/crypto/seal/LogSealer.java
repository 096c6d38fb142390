package org.tidelog.crypto.seal;

import java.util.Optional;
import org.tidelog.crypto.Hkdf;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Varint;

/**
 * Seals the payloads of one log in one epoch. A sealed payload is {@code varint(epoch)}, ciphertext
 * and tag; it opens only at its own position of its own log. The nonce is the position, which costs
 * no bytes. Not thread-safe.
 */
public final class LogSealer {
  /** The highest epoch: four bytes of varint, so that sealing costs twenty bytes at the most. */
  public static final int EPOCH_MAX = (1 << 28) - 1;

  /** Bytes that sealing adds at the most. */
  public static final int OVERHEAD_MAX = 4 + GcmSiv.TAG_BYTES;

  private static final byte[] KEY = Sha256.tag("tidelog/seal/1");
  private static final byte[] ENTRY = Sha256.tag("tidelog/entry/1");
  private static final byte[] NO_SALT = {};

  private final GcmSiv cipher;
  private final byte[] context;

  /** For the epoch whose key it is: the key of a log is derived from it. */
  public LogSealer(EpochKey key, IpnsName log) {
    byte[] info = new ByteWriter().bytes(KEY).bytes(log.key()).toByteArray();
    this.cipher = new GcmSiv(Hkdf.sha256(key.bytes(), NO_SALT, info, GcmSiv.KEY_BYTES));
    this.context = new ByteWriter().bytes(ENTRY).bytes(log.key()).toByteArray();
  }

  /**
   * The sealed payload of the entry at {@code seq}.
   *
   * @param epoch 0 to {@link #EPOCH_MAX}
   */
  public byte[] seal(long seq, int epoch, byte[] plaintext) {
    if (epoch < 0 || epoch > EPOCH_MAX) throw new IllegalArgumentException("epoch: " + epoch);
    int prefix = Varint.length(epoch);
    byte[] sealed = new byte[prefix + plaintext.length + GcmSiv.TAG_BYTES];
    Varint.write(epoch, sealed, 0);
    cipher.sealInto(sealed, prefix, nonce(seq), associated(epoch), plaintext);
    return sealed;
  }

  /** The payload, or nothing if it was not sealed for this position by who has this epoch's key. */
  public Optional<byte[]> open(long seq, byte[] sealed) {
    byte[] nonce = nonce(seq);
    try {
      int epoch = epochOf(sealed);
      return cipher.open(nonce, associated(epoch), sealed, Varint.length(epoch));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /** Which epoch's key opens a sealed payload; a claim until it has been opened. */
  public static int epochOf(byte[] sealed) throws MalformedException {
    ByteReader in = new ByteReader(sealed);
    long epoch = in.varint();
    if (epoch > EPOCH_MAX) throw new MalformedException("sealed payload of epoch " + epoch);
    if (in.remaining() < GcmSiv.TAG_BYTES) {
      throw new MalformedException("sealed payload of " + sealed.length + " bytes");
    }
    return (int) epoch;
  }

  private byte[] associated(int epoch) {
    return new ByteWriter().bytes(context).varint(epoch).toByteArray();
  }

  private static byte[] nonce(long seq) {
    return new ByteWriter().u64(seq).u32(0).toByteArray();
  }
}
