package org.tidelog.crypto.keystore;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * All that a device must keep to itself. Arrays are copied in and out.
 *
 * @param deviceSeed what device and log keys are derived from, 32 bytes
 * @param networkSeed of the network key, 32 bytes; can be replaced
 * @param recoverySeed of the key that says "this log continues that one", 32 bytes; the only one
 *     that belongs in a backup
 * @param incarnation16 16 bytes, new whenever the device begins anew
 * @param topicSecrets 32 bytes by topic id, which is 64 lower-case hex digits
 * @param home by what the home is told from a copy of it; empty before one was made
 */
public record Secrets(
    byte[] deviceSeed,
    byte[] networkSeed,
    byte[] recoverySeed,
    byte[] incarnation16,
    SortedMap<String, byte[]> topicSecrets,
    Optional<HomeMark> home) {
  public static final int SEED_BYTES = 32;
  public static final int INCARNATION_BYTES = 16;
  public static final int TOPIC_ID_BYTES = 32;
  public static final int TOPIC_SECRET_BYTES = 32;

  /** More than a device takes part in: the file is rewritten with every new one. */
  public static final int TOPICS_MAX = 10_000;

  public Secrets {
    deviceSeed = copy("deviceSeed", deviceSeed, SEED_BYTES);
    networkSeed = copy("networkSeed", networkSeed, SEED_BYTES);
    recoverySeed = copy("recoverySeed", recoverySeed, SEED_BYTES);
    incarnation16 = copy("incarnation16", incarnation16, INCARNATION_BYTES);
    topicSecrets = copy(topicSecrets);
  }

  /** Secrets that are not in a home yet. */
  public Secrets(
      byte[] deviceSeed,
      byte[] networkSeed,
      byte[] recoverySeed,
      byte[] incarnation16,
      SortedMap<String, byte[]> topicSecrets) {
    this(deviceSeed, networkSeed, recoverySeed, incarnation16, topicSecrets, Optional.empty());
  }

  /** Those of a new device that has no topics yet. */
  public static Secrets random(Entropy entropy) {
    return new Secrets(
        entropy.bytes(SEED_BYTES),
        entropy.bytes(SEED_BYTES),
        entropy.bytes(SEED_BYTES),
        entropy.bytes(INCARNATION_BYTES),
        Collections.emptySortedMap());
  }

  /** Those of a device that begins anew: other keys, the same topics and recovery key. */
  public Secrets renewed(Entropy entropy, HomeMark mark) {
    return new Secrets(
        entropy.bytes(SEED_BYTES),
        entropy.bytes(SEED_BYTES),
        recoverySeed,
        entropy.bytes(INCARNATION_BYTES),
        topicSecrets,
        Optional.of(mark));
  }

  /** These with a recovery key that the device had in an earlier life. */
  public Secrets withRecoverySeed(byte[] seed) {
    return new Secrets(deviceSeed, networkSeed, seed, incarnation16, topicSecrets, home);
  }

  /** These, kept in that home. */
  public Secrets withHome(HomeMark mark) {
    return new Secrets(
        deviceSeed, networkSeed, recoverySeed, incarnation16, topicSecrets, Optional.of(mark));
  }

  /** These with one topic's secret added or replaced. */
  public Secrets withTopicSecret(String topicId, byte[] secret) {
    SortedMap<String, byte[]> more = new TreeMap<>(topicSecrets);
    more.put(topicId, secret);
    return new Secrets(deviceSeed, networkSeed, recoverySeed, incarnation16, more, home);
  }

  @Override
  public byte[] deviceSeed() {
    return deviceSeed.clone();
  }

  @Override
  public byte[] networkSeed() {
    return networkSeed.clone();
  }

  @Override
  public byte[] recoverySeed() {
    return recoverySeed.clone();
  }

  @Override
  public byte[] incarnation16() {
    return incarnation16.clone();
  }

  @Override
  public SortedMap<String, byte[]> topicSecrets() {
    return copy(topicSecrets);
  }

  /** The caller wipes it. */
  byte[] encode() {
    ByteWriter out = new ByteWriter();
    out.bytes(deviceSeed).bytes(networkSeed).bytes(recoverySeed).bytes(incarnation16);
    if (home.isPresent()) {
      home.get().encodeTo(out);
    } else {
      HomeMark.encodeNoneTo(out);
    }
    out.varint(topicSecrets.size());
    for (Map.Entry<String, byte[]> topic : topicSecrets.entrySet()) {
      out.bytes(topicId(topic.getKey())).bytes(topic.getValue());
    }
    byte[] encoded = out.toByteArray();
    Arrays.fill(out.array(), (byte) 0);
    return encoded;
  }

  /**
   * Reads what {@link #encode} has written, or the version of the format before, without a mark.
   */
  static Secrets parse(byte[] bytes, boolean hasMark) throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    byte[] device = in.bytes(SEED_BYTES);
    byte[] network = in.bytes(SEED_BYTES);
    byte[] recovery = in.bytes(SEED_BYTES);
    byte[] incarnation = in.bytes(INCARNATION_BYTES);
    Optional<HomeMark> home = hasMark ? HomeMark.parse(in) : Optional.empty();
    long count = in.varint();
    if (count > TOPICS_MAX) throw new MalformedException("key store of " + count + " topics");
    SortedMap<String, byte[]> topics = new TreeMap<>();
    for (long i = 0; i < count; i++) {
      String id = Hex.encode(in.bytes(TOPIC_ID_BYTES));
      if (i > 0 && topics.lastKey().compareTo(id) >= 0) {
        throw new MalformedException("key store with topics out of order");
      }
      topics.put(id, in.bytes(TOPIC_SECRET_BYTES));
    }
    in.end();
    return new Secrets(device, network, recovery, incarnation, topics, home);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Secrets that)) return false;
    byte[] mine = encode();
    byte[] others = that.encode();
    boolean same = MessageDigest.isEqual(mine, others);
    Arrays.fill(mine, (byte) 0);
    Arrays.fill(others, (byte) 0);
    return same;
  }

  // The incarnation is no secret and differs wherever the rest does.
  @Override
  public int hashCode() {
    return Arrays.hashCode(incarnation16);
  }

  @Override
  public String toString() {
    return "Secrets[of " + topicSecrets.size() + " topics]";
  }

  private static byte[] copy(String name, byte[] bytes, int length) {
    if (bytes.length != length) {
      throw new IllegalArgumentException(name + ": " + bytes.length + " bytes");
    }
    return bytes.clone();
  }

  private static SortedMap<String, byte[]> copy(SortedMap<String, byte[]> secrets) {
    if (secrets.size() > TOPICS_MAX) {
      throw new IllegalArgumentException("topicSecrets: " + secrets.size());
    }
    SortedMap<String, byte[]> copy = new TreeMap<>();
    for (Map.Entry<String, byte[]> topic : secrets.entrySet()) {
      topicId(topic.getKey());
      copy.put(topic.getKey(), copy("topicSecrets", topic.getValue(), TOPIC_SECRET_BYTES));
    }
    return Collections.unmodifiableSortedMap(copy);
  }

  private static byte[] topicId(String hex) {
    try {
      return copy("topicSecrets", Hex.decode(hex), TOPIC_ID_BYTES);
    } catch (MalformedException e) {
      throw new IllegalArgumentException("topicSecrets: topic id that is not hex", e);
    }
  }
}
