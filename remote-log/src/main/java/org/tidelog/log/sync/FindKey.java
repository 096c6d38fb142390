package org.tidelog.log.sync;

import java.security.MessageDigest;
import java.util.Arrays;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Hkdf;
import org.tidelog.crypto.Sha256;

/**
 * What two peers prove to each other to know before a log is named. It opens nothing, and nothing
 * that opens follows from it. Immutable.
 */
public final class FindKey {
  public static final int LENGTH = 32;

  private static final byte[] FIND = Sha256.tag("tidelog/find/1");
  private static final byte[] BLIND = Sha256.tag("tidelog/find-blind/1");
  private static final byte[] NO_SALT = {};

  private final byte[] key;

  private FindKey(byte[] key) {
    this.key = key;
  }

  /** The key of those who know a topic's secret; of an open topic, its id is that. */
  public static FindKey of(byte[] secret) {
    return new FindKey(Hkdf.sha256(secret, NO_SALT, FIND, LENGTH));
  }

  /** A key that was derived elsewhere, 32 bytes: what a helper is given. */
  public static FindKey derived(byte[] key) {
    if (key.length != LENGTH) throw new IllegalArgumentException("key: " + key.length + " bytes");
    return new FindKey(key.clone());
  }

  /** The key of those who hold the topic's logs and cannot read them. */
  public FindKey blind() {
    return new FindKey(Hkdf.sha256(key, NO_SALT, BLIND, LENGTH));
  }

  /** A copy, 32 bytes: secret among those who know the topic. */
  public byte[] bytes() {
    return key.clone();
  }

  /** So many bytes that only who has this key can make of {@code message}. */
  byte[] mac(byte[] message, int length) {
    return Hkdf.sha256(key, NO_SALT, message, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FindKey that && MessageDigest.isEqual(key, that.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  /** Not the key. */
  @Override
  public String toString() {
    return "find key " + Digest.of(Sha256.hash(key).bytes());
  }
}
