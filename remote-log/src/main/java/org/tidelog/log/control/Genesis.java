package org.tidelog.log.control;

import java.util.Arrays;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.seal.EpochKey;
import org.tidelog.crypto.seal.LogSealer;

/**
 * The payload of entry 0: an open log shows its topic id and statement; a private one shows a
 * commitment to topic and epoch key, and its statement sealed. So whoever lacks the key learns
 * neither topic nor device, and no log's text opens to two readers in two ways.
 *
 * @param open whether anyone may read
 * @param topic the topic id where open, else {@link EpochKey#commitment}
 * @param statement encoded, sealed unless open
 */
public record Genesis(boolean open, Digest topic, byte[] statement) {
  private static final int VERSION = 1;

  public Genesis {
    statement = statement.clone();
  }

  @Override
  public byte[] statement() {
    return statement.clone();
  }

  public static Genesis open(Digest topicId, GenesisStatement statement) {
    return new Genesis(true, topicId, statement.encode());
  }

  public static Genesis sealed(
      IpnsName log, Digest topicId, EpochKey key, GenesisStatement statement) {
    byte[] sealed = new LogSealer(key, log).seal(0, 0, statement.encode());
    return new Genesis(false, key.commitment(log, topicId.bytes()), sealed);
  }

  public byte[] encode() {
    return new ByteWriter()
        .u8(VERSION)
        .u8(open ? 0 : 1)
        .digest(topic)
        .bytes(statement)
        .toByteArray();
  }

  public static Genesis parse(byte[] payload) throws MalformedException {
    ByteReader in = new ByteReader(payload);
    int version = in.u8();
    if (version != VERSION) throw new MalformedException("genesis of version " + version);
    int visibility = in.u8();
    if (visibility > 1) throw new MalformedException("genesis of visibility " + visibility);
    return new Genesis(visibility == 0, in.digest(), in.bytes(in.remaining()));
  }

  /**
   * The statement of an open log in the topic {@code topicId}; empty where the log belongs
   * elsewhere.
   */
  public Optional<GenesisStatement> statementIn(Digest topicId) throws MalformedException {
    if (!open || !topic.equals(topicId)) return Optional.empty();
    return Optional.of(GenesisStatement.parse(statement));
  }

  /**
   * The statement of a private log in the topic {@code topicId}; empty where the log belongs
   * elsewhere or does not open.
   */
  public Optional<GenesisStatement> statementIn(Digest topicId, EpochKey key, IpnsName log)
      throws MalformedException {
    if (open || !topic.equals(key.commitment(log, topicId.bytes()))) return Optional.empty();
    Optional<byte[]> opened = new LogSealer(key, log).open(0, statement);
    if (!opened.isPresent()) return Optional.empty();
    return Optional.of(GenesisStatement.parse(opened.get()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Genesis that
        && open == that.open
        && topic.equals(that.topic)
        && Arrays.equals(statement, that.statement);
  }

  @Override
  public int hashCode() {
    return topic.hashCode();
  }
}
