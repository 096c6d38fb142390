package org.tidelog.node.backup;

import java.util.Optional;
import org.tidelog.crypto.Digest;

/**
 * A topic as a backup has it.
 *
 * @param label its name on the device, 1 to {@link #LABEL_BYTES_MAX} bytes of UTF-8
 * @param open whether anyone may read it
 * @param id empty for a label that only gathers logs to read
 * @param secret 32 bytes, of a private topic
 */
public record TopicItem(String label, boolean open, Optional<Digest> id, Optional<byte[]> secret) {
  public static final int LABEL_BYTES_MAX = 1_024;
  public static final int SECRET_BYTES = 32;

  public TopicItem {
    if (secret.isPresent() && (open || !id.isPresent())) {
      throw new IllegalArgumentException("secret: of a topic that is not private");
    }
    if (secret.isPresent() && secret.get().length != SECRET_BYTES) {
      throw new IllegalArgumentException("secret: " + secret.get().length + " bytes");
    }
    secret = secret.map(byte[]::clone);
  }

  @Override
  public Optional<byte[]> secret() {
    return secret.map(byte[]::clone);
  }

  @Override
  public String toString() {
    return "TopicItem[secret]";
  }
}
