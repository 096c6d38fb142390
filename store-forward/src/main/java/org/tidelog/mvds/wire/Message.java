package org.tidelog.mvds.wire;

import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Sha256;

/**
 * A message of a group. Its id is computed once, when it is made. Immutable.
 *
 * <p>The order of the timestamp's bytes in the id is the Go implementation's; 2/MVDS leaves it
 * open.
 */
public final class Message {
  private static final byte[] ID_TAG = Sha256.tag("MESSAGE_ID");

  private final Digest group;
  private final long timestamp;
  private final byte[] body;
  private final Metadata metadata;
  private final Digest id;

  private Message(Digest group, long timestamp, byte[] body, Metadata metadata) {
    this.group = group;
    this.timestamp = timestamp;
    this.body = body;
    this.metadata = metadata;
    this.id = hash(group, timestamp, body);
  }

  /**
   * A message with its id.
   *
   * @param group 32 bytes that name the group, such as a topic's id
   * @param timestamp seconds since 1970 in the Go implementation; MVDS only hashes it
   */
  public static Message of(Digest group, long timestamp, byte[] body, Metadata metadata) {
    return owning(group, timestamp, body.clone(), metadata);
  }

  /** Takes the array over. */
  static Message owning(Digest group, long timestamp, byte[] body, Metadata metadata) {
    if (body.length > WireLimits.BODY_BYTES_MAX) {
      throw new IllegalArgumentException("body: " + body.length + " bytes");
    }
    return new Message(group, timestamp, body, metadata);
  }

  private static Digest hash(Digest group, long timestamp, byte[] body) {
    return Sha256.create()
        .update(ID_TAG)
        .update(group)
        .u64(Long.reverseBytes(timestamp))
        .update(body)
        .finish();
  }

  public Digest id() {
    return id;
  }

  public Digest group() {
    return group;
  }

  public long timestamp() {
    return timestamp;
  }

  /** A copy. */
  public byte[] body() {
    return body.clone();
  }

  public int bodyBytes() {
    return body.length;
  }

  public Metadata metadata() {
    return metadata;
  }

  /** The body itself, for writing it out. */
  byte[] bodyShared() {
    return body;
  }

  /** Group, time and body are the same if the id is. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Message that && id.equals(that.id) && metadata.equals(that.metadata);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "message " + id + " of " + body.length + " bytes";
  }
}
