package org.tidelog.crypto;

/**
 * The keys of one incarnation of a device, all derived from its 32-byte seed, so that the seed
 * alone is kept. The keys cannot be linked to each other without it. Immutable.
 */
public final class DeviceKeys {
  public static final int SEED_BYTES = 32;
  public static final int TOPIC_ID_BYTES = 32;
  public static final int INCARNATION_BYTES = 16;

  private static final byte[] DEVICE = Sha256.tag("tidelog/device/1");
  private static final byte[] LOG = Sha256.tag("tidelog/log/1");
  private static final byte[] NO_SALT = {};

  private final byte[] seed;

  private DeviceKeys(byte[] seed) {
    this.seed = seed;
  }

  /** The seed is copied. */
  public static DeviceKeys of(byte[] seed) {
    requireLength("seed", seed, SEED_BYTES);
    return new DeviceKeys(seed.clone());
  }

  /** The key that signs what the device says of itself. */
  public Signer device() {
    return derive(DEVICE);
  }

  /**
   * The key of one log. The same arguments always give the same key.
   *
   * @param topicId 32 bytes
   * @param incarnation 16 bytes, new whenever the device begins anew: no key signs in two lives
   */
  public Signer log(byte[] topicId, byte[] incarnation, LogPurpose purpose) {
    requireLength("topicId", topicId, TOPIC_ID_BYTES);
    requireLength("incarnation", incarnation, INCARNATION_BYTES);
    byte[] info = new byte[LOG.length + 1 + TOPIC_ID_BYTES + INCARNATION_BYTES];
    System.arraycopy(LOG, 0, info, 0, LOG.length);
    info[LOG.length] = (byte) purpose.code();
    System.arraycopy(topicId, 0, info, LOG.length + 1, TOPIC_ID_BYTES);
    System.arraycopy(incarnation, 0, info, LOG.length + 1 + TOPIC_ID_BYTES, INCARNATION_BYTES);
    return derive(info);
  }

  private Signer derive(byte[] info) {
    return Ed25519.signer(Hkdf.sha256(seed, NO_SALT, info, Ed25519.SEED_BYTES));
  }

  private static void requireLength(String name, byte[] bytes, int length) {
    if (bytes.length != length) {
      throw new IllegalArgumentException(name + ": " + bytes.length + " bytes");
    }
  }
}
