package org.tidelog.crypto;

import java.security.SecureRandom;

/** The only place that draws on the platform's generator. */
enum SystemEntropy implements Entropy {
  INSTANCE;

  private final SecureRandom random = new SecureRandom();

  @Override
  public void fill(byte[] target) {
    random.nextBytes(target);
  }
}
