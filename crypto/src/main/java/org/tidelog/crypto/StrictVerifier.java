package org.tidelog.crypto;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;
import org.jspecify.annotations.Nullable;

/** The rule of {@link org.tidelog.crypto.Ed25519}. Thread-safe. */
final class StrictVerifier implements Verifier {
  /** More writers than most readers follow. A checked key takes about 300 bytes. */
  private static final int KEYS_MAX = 4_096;

  private static final float LOAD_FACTOR = 0.75f;

  /**
   * Least recently used first; guarded by itself. Refused keys are not kept, or a stranger could
   * push the others out.
   */
  private final Map<ByteBuffer, PublicPoint> checked =
      new LinkedHashMap<>(16, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, PublicPoint> eldest) {
          return size() > KEYS_MAX;
        }
      };

  static boolean validPublicKey(byte[] publicKey) {
    return publicKey.length == Ed25519.PUBLIC_KEY_SIZE
        && Ed25519.validatePublicKeyFull(publicKey, 0);
  }

  @Override
  public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    if (publicKey.length != Ed25519.PUBLIC_KEY_SIZE) return false;
    if (signature.length != Ed25519.SIGNATURE_SIZE) return false;
    PublicPoint point = point(publicKey);
    if (point == null) return false;
    // The equation first: it is what fails by accident, and the library checks the second half's
    // range in it.
    return Ed25519.verify(signature, 0, point, message, 0, message.length)
        && Ed25519.validatePublicKeyFull(signature, 0);
  }

  int keysHeld() {
    synchronized (checked) {
      return checked.size();
    }
  }

  private @Nullable PublicPoint point(byte[] publicKey) {
    synchronized (checked) {
      PublicPoint known = checked.get(ByteBuffer.wrap(publicKey));
      if (known != null) return known;
    }
    PublicPoint point = Ed25519.validatePublicKeyFullExport(publicKey, 0);
    if (point == null) return null;
    synchronized (checked) {
      checked.put(ByteBuffer.wrap(publicKey.clone()), point);
    }
    return point;
  }
}
