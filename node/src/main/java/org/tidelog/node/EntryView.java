package org.tidelog.node;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.linked.LinkedContent;
import org.tidelog.log.read.LogEntry;
import org.tidelog.log.spi.LogStore;
import org.tidelog.replicator.conversation.LogKeys;

/** Shows the entries of one log as a reader sees them: opened, or with the reason why not. */
final class EntryView {
  private final String topic;
  private final IpnsName name;
  private final String author;
  private final LogFacts facts;
  private final SeqRanges deleted;
  private final long point;
  private final int branch;
  private final LogKeys keys;
  private final long nowMillis;
  private final Optional<Continued> continued;

  EntryView(Core core, String topic, IpnsName name) {
    this(core, topic, name, core.store, core.book.facts(name).deleted());
  }

  /**
   * Entries of a log's second branch.
   *
   * @param deleted positions whose payloads were taken back
   */
  EntryView(Core core, String topic, IpnsName name, LogStore store, SeqRanges deleted) {
    this.topic = topic;
    this.name = name;
    this.facts = core.book.facts(name);
    this.deleted = deleted;
    this.point = core.forks.point(name).orElse(Long.MAX_VALUE);
    this.branch = core.forks.number(name, store).orElse(store == core.store ? 0 : 1);
    this.author = facts.author().orElseGet(name::shortText);
    this.keys = core.keys(topic, name);
    this.nowMillis = core.trustedMillis();
    this.continued = new Continuations(core).continued(name);
  }

  String author() {
    return author;
  }

  LogKeys keys() {
    return keys;
  }

  ReadEntry show(LogEntry entry) {
    Entry stored = entry.entry();
    PayloadState state = state(stored);
    Optional<byte[]> plain = state == PayloadState.PRESENT ? plain(stored) : Optional.empty();
    if (state == PayloadState.PRESENT && !plain.isPresent()) state = PayloadState.SEALED;
    long bytes = plain.map(p -> (long) p.length).orElse((long) stored.header().payloadLength());
    if (state == PayloadState.PRESENT && isLinked(stored)) {
      Optional<LinkedContent> large = LinkedBlocks.content(stored, keys);
      // What does not say where its blocks are has none that could be here.
      if (!large.isPresent()) state = PayloadState.MISSING;
      plain = Optional.empty();
      bytes = large.map(LinkedContent::size).orElse(bytes);
    }
    List<Parent> parents = new ArrayList<>();
    entry.parents().forEach(parent -> parents.add(new Parent(parent.log(), parent.seq())));
    return new ReadEntry(
        topic,
        name,
        stored.seq(),
        stored.id(),
        Instant.ofEpochMilli(stored.timeMillis()),
        author,
        stored.kind().word(),
        state,
        plain,
        bytes,
        parents,
        stored.seq() < point ? OptionalInt.empty() : OptionalInt.of(branch));
  }

  private static boolean isLinked(Entry entry) {
    return entry.kind() == EntryKind.DATA && entry.header().has(Flags.LINKED);
  }

  private PayloadState state(Entry entry) {
    if (deleted.contains(entry.seq())) return PayloadState.DELETED;
    boolean expiring = entry.header().has(Flags.EXPIRING);
    if (expiring && entry.header().expiryMillis() <= nowMillis) return PayloadState.EXPIRED;
    if (!entry.payload().isPresent()) return PayloadState.MISSING;
    return keys.canOpen(entry) ? PayloadState.PRESENT : PayloadState.SEALED;
  }

  private static byte[] words(Continued old) {
    String claim = old.name().text() + " from " + old.size() + " on";
    String text = old.proved() ? claim : claim + ", which is not proved";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A genesis is sealed in part; what a person can read of it is the name. */
  private Optional<byte[]> plain(Entry entry) {
    if (entry.kind() == EntryKind.CONTINUE) return continued.map(EntryView::words);
    if (entry.kind() != EntryKind.GENESIS) return keys.open(entry);
    return facts.author().map(text -> text.getBytes(StandardCharsets.UTF_8));
  }
}
