package org.tidelog.log.entry;

import java.util.Arrays;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * The author's signed statement of a log: so many entries, ending in this id, with this root, as of
 * this time. Two of one size that differ in last id or root prove a fork; that differ in time only
 * are a restatement.
 */
public final class Head {
  public static final int SIGNATURE_BYTES = 64;

  private static final byte[] TAG = Sha256.tag("tidelog/head/1");

  private final Statement statement;
  private final byte[] signature;

  private Head(Statement statement, byte[] signature) {
    this.statement = statement;
    this.signature = signature;
  }

  /**
   * What a head says.
   *
   * @param size entries, 1 to {@link Limits#SIZE_MAX}
   * @param last the id of entry {@code size - 1}
   * @param root of the Merkle mountain range over all ids
   * @param timeMillis milliseconds since 1970 UTC
   */
  public record Statement(IpnsName log, long size, Digest last, Digest root, long timeMillis) {
    public Statement {
      if (size < 1 || size > Limits.SIZE_MAX) throw new IllegalArgumentException("size: " + size);
      if (timeMillis < 0 || timeMillis > Limits.TIME_MILLIS_MAX) {
        throw new IllegalArgumentException("timeMillis: " + timeMillis);
      }
    }

    /** Tag, log key, size, last id, root, time: 150 bytes, all of fixed width. */
    public byte[] bytes() {
      return new ByteWriter()
          .bytes(TAG)
          .bytes(log.key())
          .u64(size)
          .digest(last)
          .digest(root)
          .u64(timeMillis)
          .toByteArray();
    }
  }

  public static Head sign(Statement statement, Signer signer) {
    return new Head(statement, signer.sign(statement.bytes()));
  }

  /** A statement with the signature that came with it, not yet checked. */
  public static Head claimed(Statement statement, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      throw new IllegalArgumentException("signature: " + signature.length + " bytes");
    }
    return new Head(statement, signature.clone());
  }

  public boolean verify(Verifier verifier) {
    return verifier.verify(statement.log().key(), statement.bytes(), signature);
  }

  public Statement statement() {
    return statement;
  }

  public long size() {
    return statement.size();
  }

  public Digest last() {
    return statement.last();
  }

  public Digest root() {
    return statement.root();
  }

  public long timeMillis() {
    return statement.timeMillis();
  }

  public byte[] signature() {
    return signature.clone();
  }

  /** Whether both say the same of the log's content, whenever they were signed. */
  public boolean agreesWith(Head other) {
    return size() == other.size() && last().equals(other.last()) && root().equals(other.root());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Head that
        && statement.equals(that.statement)
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return statement.hashCode();
  }

  @Override
  public String toString() {
    return "head of " + statement.log().shortText() + " at " + size();
  }
}
