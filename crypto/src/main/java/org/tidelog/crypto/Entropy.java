package org.tidelog.crypto;

/** Where random bytes come from. A port, so that a test or a simulated device can be repeated. */
public interface Entropy {
  /** Overwrites all of the array with unpredictable bytes. */
  void fill(byte[] target);

  /** The platform's secure generator; thread-safe. */
  static Entropy system() {
    return SystemEntropy.INSTANCE;
  }

  /** That many fresh bytes. */
  default byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    fill(bytes);
    return bytes;
  }
}
