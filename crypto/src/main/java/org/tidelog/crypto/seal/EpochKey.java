package org.tidelog.crypto.seal;

import java.security.MessageDigest;
import java.util.Arrays;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * The secret of one epoch of a private topic, which every member has: 32 random bytes. Immutable.
 */
public final class EpochKey {
  public static final int LENGTH = 32;

  private static final int TOPIC_ID_BYTES = 32;
  private static final byte[] COMMITMENT = Sha256.tag("tidelog/epoch/1");

  private final byte[] key;

  private EpochKey(byte[] key) {
    this.key = key;
  }

  public static EpochKey random(Entropy entropy) {
    return new EpochKey(entropy.bytes(LENGTH));
  }

  /** A copy of 32 bytes. */
  public static EpochKey of(byte[] key32) {
    if (key32.length != LENGTH)
      throw new IllegalArgumentException("key: " + key32.length + " bytes");
    return new EpochKey(key32.clone());
  }

  /** A copy of the secret. */
  public byte[] bytes() {
    return key.clone();
  }

  /**
   * What a private log's genesis shows in clear, binding it to this key and topic: with it no
   * ciphertext opens to two texts. Different for every log, so that logs of one topic cannot be
   * linked by it.
   *
   * @param topicId 32 bytes
   */
  public Digest commitment(IpnsName log, byte[] topicId) {
    if (topicId.length != TOPIC_ID_BYTES) {
      throw new IllegalArgumentException("topicId: " + topicId.length + " bytes");
    }
    return Sha256.hash(COMMITMENT, log.key(), topicId, key);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EpochKey that && MessageDigest.isEqual(key, that.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  @Override
  public String toString() {
    return "EpochKey[secret]";
  }
}
