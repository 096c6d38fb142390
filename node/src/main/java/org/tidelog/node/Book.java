package org.tidelog.node;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.spi.LogChange;
import org.tidelog.replicator.conversation.Bound;
import org.tidelog.replicator.conversation.SeenFrontier;
import org.tidelog.replicator.spi.DeviceStore;
import org.tidelog.replicator.values.Values;

/**
 * What this device remembers beside the logs: topics and their members, what was learned of each
 * log, what was seen, cursors. Changes gather here and are committed together with those of logs.
 * Owned by whoever holds the home's lock.
 *
 * <p>Keys: {@code topic/LABEL}, {@code member/LABEL/NAME}, {@code facts/NAME}, {@code
 * frontier/LABEL/NAME}, {@code aliases/NAME}, {@code dropped/NAME}, {@code paged/NAME}, {@code
 * linked/NAME/SEQ}, {@code learned/LABEL/NAME/opened} or {@code closed}, {@code
 * cursor/LABEL/CURSOR/NAME}, {@code fork/NAME}, and those of {@link AppValues}, {@link
 * ArrivalJournal}, {@link PayloadBook}, {@link IncarnationBook}, {@link LastRecords}, {@link
 * Leftovers}, {@link FilledNotes}, {@link DoomedBlobs} and {@link OrderMark}. A label has no slash.
 */
final class Book {
  private static final int KEY_BYTES = 32;

  static final String PEER_ID = "device/peer-id";

  /** Of what links to blocks: {@code linked/NAME/SEQ}, empty until the blocks are in place. */
  static final String LINKED = "linked/";

  private static final byte[] PENDING = {};
  private static final byte[] SETTLED = {1};

  private final Values values;
  private final Map<IpnsName, LogFacts> facts = new HashMap<>();
  private final Map<String, SeenFrontier> frontiers = new HashMap<>();

  // Asked for at every step, and each of them is many rows.
  private final Map<String, SortedMap<IpnsName, Membership>> members = new HashMap<>();
  private final SortedMap<String, TopicRecord> topics = new TreeMap<>();
  private boolean topicsRead;

  /** Payloads that are to go. */
  final PayloadBook payloads = new PayloadBook(this);

  Book(DeviceStore store) {
    this.values = new Values(store);
  }

  /** Makes durable all that was changed here, and these logs, at once. */
  void commit(List<LogChange> logs) {
    try {
      values.commit(logs);
    } catch (RuntimeException e) {
      forget();
      throw e;
    }
  }

  void commit() {
    commit(List.of());
  }

  /** Forgets what was changed since the last commit: what it belonged to has failed. */
  void discard() {
    values.discard();
    forget();
  }

  private void forget() {
    facts.clear();
    frontiers.clear();
    members.clear();
    topics.clear();
    topicsRead = false;
  }

  /** Where all of it is kept. */
  Values values() {
    return values;
  }

  // What other classes keep under keys of their own.

  Optional<byte[]> get(String key) {
    return values.get(key);
  }

  void putValue(String key, byte[] value) {
    values.put(key, value);
  }

  void removeValue(String key) {
    values.remove(key);
  }

  SortedMap<String, byte[]> values(String prefix) {
    return values.withPrefix(prefix);
  }

  /** The first keys of {@code [from, to)} that have a value, as they will be once committed. */
  SortedSet<String> keysBetween(String from, String to, int max) {
    return values.keysBetween(from, to, max);
  }

  /**
   * Reads all values under these prefixes at once, for work that asks for many and commits none.
   */
  void readingAhead(List<String> prefixes, Runnable work) {
    values.readingAhead(prefixes, work);
  }

  SeqRanges ranges(String key) {
    return values.ranges(key);
  }

  void putRanges(String key, SeqRanges ranges) {
    values.putRanges(key, ranges);
  }

  /** The network identity, so that saying it needs no passphrase. */
  void putPeerId(String peerId) {
    values.put(PEER_ID, peerId.getBytes(StandardCharsets.UTF_8));
  }

  // Topics.

  Optional<TopicRecord> topic(String label) {
    String key = "topic/" + label;
    return get(key).map(bytes -> Values.decode(key, bytes, TopicRecord::parse));
  }

  /** By label. A view: what is put meanwhile shows in it. */
  SortedMap<String, TopicRecord> topics() {
    if (!topicsRead) {
      values
          .withPrefix("topic/")
          .forEach(
              (key, bytes) ->
                  topics.put(
                      key.substring("topic/".length()),
                      Values.decode(key, bytes, TopicRecord::parse)));
      topicsRead = true;
    }
    return Collections.unmodifiableSortedMap(topics);
  }

  void putTopic(String label, TopicRecord topic) {
    values.put("topic/" + label, topic.encode());
    if (topicsRead) topics.put(label, topic);
  }

  // Members.

  /** The logs of a topic. A view: what is put meanwhile shows in it. */
  SortedMap<IpnsName, Membership> members(String label) {
    return Collections.unmodifiableSortedMap(members.computeIfAbsent(label, this::readMembers));
  }

  private SortedMap<IpnsName, Membership> readMembers(String label) {
    String prefix = "member/" + label + "/";
    SortedMap<IpnsName, Membership> read = new TreeMap<>();
    values
        .withPrefix(prefix)
        .forEach(
            (key, bytes) ->
                read.put(
                    Values.decode(
                        key, bytes, ignored -> IpnsName.parse(key.substring(prefix.length()))),
                    Values.decode(key, bytes, Membership::parse)));
    return read;
  }

  Optional<Membership> member(String label, IpnsName name) {
    return Optional.ofNullable(members(label).get(name));
  }

  void putMember(String label, IpnsName name, Membership membership) {
    members.computeIfAbsent(label, this::readMembers).put(name, membership);
    values.put("member/" + label + "/" + name.text(), membership.encode());
  }

  void removeMember(String label, IpnsName name) {
    members.computeIfAbsent(label, this::readMembers).remove(name);
    values.remove("member/" + label + "/" + name.text());
  }

  // What was learned of a log.

  LogFacts facts(IpnsName log) {
    return facts.computeIfAbsent(
        log,
        name -> {
          String key = "facts/" + name.text();
          return get(key)
              .map(bytes -> Values.decode(key, bytes, LogFacts::parse))
              .orElseGet(LogFacts::unknown);
        });
  }

  void putFacts(IpnsName log, LogFacts learned) {
    if (learned.equals(facts.put(log, learned))) return;
    values.put("facts/" + log.text(), learned.encode());
  }

  // What this device has seen of a topic.

  /** Kept in memory: what is changed in it is remembered by {@link #putFrontier}. */
  SeenFrontier frontier(String label) {
    return frontiers.computeIfAbsent(label, this::readFrontier);
  }

  private SeenFrontier readFrontier(String label) {
    String whole = "frontier/" + label;
    Optional<byte[]> before = get(whole);
    if (before.isPresent()) {
      // As the first version kept it: in one value, which was written anew at each step.
      SeenFrontier read = Values.decode(whole, before.get(), SeenFrontier::parse);
      values.remove(whole);
      putFrontier(label, read);
      return read;
    }
    SeenFrontier frontier = new SeenFrontier();
    String prefix = whole + "/";
    values
        .withPrefix(prefix)
        .forEach(
            (key, bytes) ->
                Values.decode(
                    key,
                    bytes,
                    value -> frontier.put(IpnsName.parse(key.substring(prefix.length())), value)));
    return frontier;
  }

  void putFrontier(String label, SeenFrontier frontier) {
    frontier
        .takeChanges()
        .forEach(
            (log, value) -> {
              String key = "frontier/" + label + "/" + log.text();
              if (value.isPresent()) {
                values.put(key, value.get());
              } else {
                values.remove(key);
              }
            });
  }

  // Numbers that a log has bound to names.

  Bound bound(IpnsName log) {
    String key = "aliases/" + log.text();
    Optional<byte[]> bytes = get(key);
    if (!bytes.isPresent()) return Bound.none();
    return Values.decode(
        key,
        bytes.get(),
        encoded -> {
          ByteReader in = new ByteReader(encoded);
          long upTo = in.varint();
          List<IpnsName> names = new ArrayList<>();
          while (in.remaining() > 0) {
            names.add(IpnsName.parse(in.bytes(KEY_BYTES)));
          }
          return new Bound(names, upTo);
        });
  }

  void putBound(IpnsName log, Bound bound) {
    ByteWriter out = new ByteWriter().varint(bound.upTo());
    bound.names().forEach(name -> out.bytes(name.key()));
    values.put("aliases/" + log.text(), out.toByteArray());
  }

  // What was learned from a log's entries, for a topic, with or without the key to them.

  SeqRanges learned(String label, IpnsName log, boolean withKey) {
    return ranges(learnedKey(label, log, withKey));
  }

  void putLearned(String label, IpnsName log, boolean withKey, SeqRanges learned) {
    putRanges(learnedKey(label, log, withKey), learned);
  }

  private static String learnedKey(String label, IpnsName log, boolean withKey) {
    return "learned/" + label + "/" + log.text() + (withKey ? "/opened" : "/closed");
  }

  // Payloads that went since they were published.

  SeqRanges dropped(IpnsName log) {
    return ranges("dropped/" + log.text());
  }

  void putDropped(IpnsName log, SeqRanges dropped) {
    putRanges("dropped/" + log.text(), dropped);
  }

  // The head under the index of another's log, which only its author can sign.

  Optional<Head> pagedHead(IpnsName log) {
    String key = "paged/" + log.text();
    return get(key)
        .map(
            bytes ->
                Values.decode(
                    key,
                    bytes,
                    encoded -> {
                      ByteReader in = new ByteReader(encoded);
                      long size = in.varint();
                      Digest last = in.digest();
                      Digest root = in.digest();
                      Head.Statement statement =
                          new Head.Statement(log, size, last, root, in.varint());
                      return Head.claimed(statement, in.bytes(Head.SIGNATURE_BYTES));
                    }));
  }

  void putPagedHead(IpnsName log, Head head) {
    ByteWriter out = new ByteWriter().varint(head.size()).digest(head.last()).digest(head.root());
    out.varint(head.timeMillis()).bytes(head.signature());
    values.put("paged/" + log.text(), out.toByteArray());
  }

  // Large payloads whose blocks are still to be moved: an own log's to the mirror, another's from
  // it.

  void putLinked(IpnsName log, long seq) {
    if (!get(linkedKey(log, seq)).isPresent()) values.put(linkedKey(log, seq), PENDING);
  }

  /** The blocks are where they belong. */
  void settleLinked(IpnsName log, long seq) {
    values.put(linkedKey(log, seq), SETTLED);
  }

  void removeLinked(IpnsName log, long seq) {
    values.remove(linkedKey(log, seq));
  }

  private static String linkedKey(IpnsName log, long seq) {
    return LINKED + log.text() + "/" + seq;
  }

  /** Entries whose blocks are still to be moved. */
  List<Long> pendingLinked(IpnsName log) {
    return linked(log, false);
  }

  /** All entries that link to blocks. */
  List<Long> linked(IpnsName log) {
    return linked(log, true);
  }

  private List<Long> linked(IpnsName log, boolean settled) {
    String prefix = LINKED + log.text() + "/";
    List<Long> seqs = new ArrayList<>();
    values
        .withPrefix(prefix)
        .forEach(
            (key, state) -> {
              if (settled || state.length == 0) {
                seqs.add(Long.parseLong(key.substring(prefix.length())));
              }
            });
    return seqs;
  }

  // Fork proofs, kept for ever.

  Optional<ForkProof> forkProof(IpnsName log) {
    String key = "fork/" + log.text();
    return get(key).map(bytes -> Values.decode(key, bytes, ForkProof::parse));
  }

  void putForkProof(ForkProof proof) {
    values.put("fork/" + proof.log().text(), proof.encode());
  }

  // Cursors.

  SeqRanges delivered(String label, String cursor, IpnsName log) {
    return ranges("cursor/" + label + "/" + cursor + "/" + log.text());
  }

  void putDelivered(String label, String cursor, IpnsName log, SeqRanges delivered) {
    putRanges("cursor/" + label + "/" + cursor + "/" + log.text(), delivered);
  }

  void removeCursor(String label, String cursor) {
    values.withPrefix("cursor/" + label + "/" + cursor + "/").keySet().forEach(values::remove);
  }

  /** What all cursors of a topic have delivered, by {@code CURSOR/NAME}. */
  SortedMap<String, SeqRanges> cursors(String label) {
    String prefix = "cursor/" + label + "/";
    SortedMap<String, SeqRanges> cursors = new TreeMap<>();
    values
        .withPrefix(prefix)
        .keySet()
        .forEach(key -> cursors.put(key.substring(prefix.length()), ranges(key)));
    return cursors;
  }
}
