package org.tidelog.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRanges;

/**
 * What this device has learned of a log by reading its control entries.
 *
 * @param topic of an open log its topic id, of a private one its commitment; empty before entry 0
 *     is here
 * @param author display name, empty while it is not known
 * @param purpose empty while it is not known
 * @param deleted positions whose payloads the author took back
 * @param sources layers where a record of it was last found
 */
record LogFacts(
    Optional<Digest> topic,
    boolean open,
    Optional<String> author,
    Optional<LogPurpose> purpose,
    SeqRanges deleted,
    boolean closed,
    List<String> sources) {
  /** Homes of earlier versions may remember more than is remembered now. */
  private static final int RANGES_READ_MAX = 1 << 20;

  static LogFacts unknown() {
    return new LogFacts(
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        SeqRanges.none(),
        false,
        List.of());
  }

  LogFacts withGenesis(Digest topicOrCommitment, boolean isOpen) {
    return new LogFacts(
        Optional.of(topicOrCommitment), isOpen, author, purpose, deleted, closed, sources);
  }

  LogFacts withAuthor(String name, LogPurpose what) {
    Optional<String> known = name.isEmpty() ? Optional.empty() : Optional.of(name);
    return new LogFacts(topic, open, known, Optional.of(what), deleted, closed, sources);
  }

  /** Whether these deletions can be remembered beside those that are. */
  boolean canRemember(SeqRanges more) {
    return more.isEmpty() || deleted.with(more).ranges().size() <= Limits.DELETED_RANGES_MAX;
  }

  /** With these deletions, where they can be remembered. */
  LogFacts withDeleted(SeqRanges more) {
    if (more.isEmpty() || !canRemember(more)) return this;
    return new LogFacts(topic, open, author, purpose, deleted.with(more), closed, sources);
  }

  LogFacts withClosed() {
    return new LogFacts(topic, open, author, purpose, deleted, true, sources);
  }

  LogFacts withSources(List<String> layers) {
    return new LogFacts(topic, open, author, purpose, deleted, closed, List.copyOf(layers));
  }

  byte[] encode() {
    SortedMap<String, Cbor> map = new TreeMap<>(Cbor.Mapping.KEY_ORDER);
    topic.ifPresent(id -> map.put("topic", new Cbor.Bytes(id.bytes())));
    map.put("open", new Cbor.Bool(open));
    author.ifPresent(name -> map.put("author", new Cbor.Text(name)));
    purpose.ifPresent(what -> map.put("purpose", Cbor.of(what.code())));
    map.put("deleted", new Cbor.Bytes(deleted.encode()));
    map.put("closed", new Cbor.Bool(closed));
    List<Cbor> layers = new ArrayList<>();
    sources.forEach(layer -> layers.add(new Cbor.Text(layer)));
    map.put("sources", new Cbor.Array(layers));
    return DagCbor.encode(new Cbor.Mapping(map));
  }

  static LogFacts parse(byte[] bytes) throws MalformedException {
    Cbor.Mapping map = DagCbor.decode(bytes).asMap();
    Optional<Cbor> topic = map.optional("topic");
    Optional<Cbor> author = map.optional("author");
    Optional<Cbor> purpose = map.optional("purpose");
    List<String> sources = new ArrayList<>();
    for (Cbor layer : map.field("sources").asArray()) {
      sources.add(layer.asText());
    }
    return new LogFacts(
        topic.isPresent() ? Optional.of(Digest.parse(topic.get().asBytes())) : Optional.empty(),
        map.field("open").asBool(),
        author.isPresent() ? Optional.of(author.get().asText()) : Optional.empty(),
        purpose.isPresent() ? Optional.of(LogPurpose.of(purpose.get().asLong())) : Optional.empty(),
        SeqRanges.parse(map.field("deleted").asBytes(), RANGES_READ_MAX),
        map.field("closed").asBool(),
        List.copyOf(sources));
  }
}
