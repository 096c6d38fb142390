package org.tidelog.log.sync;

/**
 * Whose session this is.
 *
 * @param own this device's id as the transport proved it to the peer
 * @param remote the peer's id as the transport proved it here
 * @param nonce {@link #NONCE_BYTES} random bytes, new for each session
 */
public record SyncConfig(
    SyncRole role, byte[] own, byte[] remote, byte[] nonce, SyncLimits limits) {
  public static final int NONCE_BYTES = 16;

  public SyncConfig {
    if (nonce.length != NONCE_BYTES) {
      throw new IllegalArgumentException("nonce: " + nonce.length + " bytes");
    }
    own = own.clone();
    remote = remote.clone();
    nonce = nonce.clone();
  }

  @Override
  public byte[] own() {
    return own.clone();
  }

  @Override
  public byte[] remote() {
    return remote.clone();
  }

  @Override
  public byte[] nonce() {
    return nonce.clone();
  }
}
