package org.tidelog.node;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.seal.EpochKey;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.linked.LinkedContent;
import org.tidelog.replicator.Rung;
import org.tidelog.replicator.conversation.Pending;

/**
 * A topic under the label this device gives it: its own log to append to, and those of the other
 * members to read. Safe for use by any thread while its {@link Tidelog} is open.
 */
public final class Topic {
  private final Core core;
  private final Appending appending;
  private final Deleting deleting;
  private final LinkedBlocks linked;
  private final String label;

  Topic(Core core, Appending appending, Deleting deleting, LinkedBlocks linked, String label) {
    this.core = core;
    this.appending = appending;
    this.deleting = deleting;
    this.linked = linked;
    this.label = label;
  }

  public String label() {
    return label;
  }

  /**
   * The topic's id; for a label that only gathers logs to read, the id that all of them show, and
   * empty where they show several or none: those of private topics show none.
   */
  public Optional<Digest> id() {
    return core.locked(
        () -> {
          TopicRecord topic = core.topic(label);
          return topic.own().isPresent() ? topic.id() : shownId();
        });
  }

  private Optional<Digest> shownId() {
    Set<Optional<Digest>> shown = new HashSet<>();
    for (IpnsName name : Reading.conversation(core, label)) {
      LogFacts facts = core.book.facts(name);
      shown.add(facts.open() ? facts.topic() : Optional.empty());
    }
    return shown.size() == 1 ? shown.iterator().next() : Optional.empty();
  }

  /** Whether anyone who knows a log's name may read it, as far as that is known. */
  public boolean open() {
    return core.locked(
        () -> {
          TopicRecord topic = core.topic(label);
          if (topic.own().isPresent()) return topic.open();
          return Reading.conversation(core, label).stream()
              .map(core.book::facts)
              .allMatch(facts -> facts.open() || !facts.topic().isPresent());
        });
  }

  /** This device's log; empty for a label that only gathers logs to read. */
  public Optional<IpnsName> name() {
    return core.locked(() -> core.topic(label).own());
  }

  /** The names of all its logs, this device's too, in ascending order. */
  public List<IpnsName> logs() {
    return core.locked(() -> Reading.conversation(core, label));
  }

  /** What lets another device in, to read and write, for good. */
  public Invitation invitation() {
    return core.locked(
        () -> {
          TopicRecord topic = core.topic(label);
          Digest id = Core.memberId(label, topic);
          Optional<EpochKey> key = topic.open() ? Optional.empty() : Optional.of(core.topicKey(id));
          return new Invitation(id, key, Invitation.fitting(label), beginnings(topic));
        });
  }

  /** This device's log and index first: the other logs are found from there. */
  private List<IpnsName> beginnings(TopicRecord topic) {
    List<IpnsName> names = new ArrayList<>();
    topic.own().ifPresent(names::add);
    topic.index().ifPresent(names::add);
    for (IpnsName name : Reading.conversation(core, label)) {
      if (names.size() < Invitation.NAMES_MAX && !names.contains(name)) names.add(name);
    }
    return names;
  }

  /**
   * Chooses which log this device's log, which has not begun, is to go on from: after a recovery
   * that cannot be told where several logs name this device's recovery key.
   *
   * @throws TidelogException with {@link ErrorKind#EXISTS} if this device's log has begun; {@link
   *     ErrorKind#NOT_FOUND} if the old one is not here; {@link ErrorKind#NOT_A_MEMBER} if it names
   *     another recovery key
   */
  public void continueFrom(IpnsName old) {
    core.locked(
        () -> {
          new Predecessors(core).choose(label, old);
          core.book.commit();
        });
  }

  /**
   * Makes sure, before anything is appended, that an entry can get there at all.
   *
   * @throws TidelogException with {@link ErrorKind#UNSUPPORTED} if nothing here leads to that rung
   */
  public void requireReachable(Rung rung) {
    Reachable.require(rung);
  }

  /** Appends text, durably when it returns. */
  public Receipt append(String text) {
    return append(Draft.text(text));
  }

  public Receipt append(byte[] payload) {
    return append(Draft.of(payload));
  }

  public Receipt append(Draft draft) {
    return appendAll(List.of(draft)).get(0);
  }

  /** Appends several entries as one durable group: all of them, or none. */
  public List<Receipt> appendAll(List<Draft> drafts) {
    return appending.append(label, pending(drafts));
  }

  /**
   * As {@link #appendAll(List)}, and changes {@link AppValues} in the same transaction: what is in
   * an outbox leaves it with its entry, whenever the process ends.
   *
   * @param drafts one or more
   * @param values new values by key; empty removes
   */
  public List<Receipt> appendAll(List<Draft> drafts, Map<String, Optional<byte[]>> values) {
    if (drafts.isEmpty()) throw new IllegalArgumentException("drafts: none");
    return appending.append(label, pending(drafts), AppValues.checked(values));
  }

  private List<Pending> pending(List<Draft> drafts) {
    List<Pending> payloads = new ArrayList<>(drafts.size());
    for (Draft draft : drafts) {
      payloads.add(pending(draft));
    }
    return payloads;
  }

  /** A payload too large for an entry goes into blocks of its own first. */
  private Pending pending(Draft draft) {
    byte[] payload = draft.payload();
    if (payload.length <= Draft.PAYLOAD_BYTES_MAX) return OwnLog.pending(draft, core.now());
    try {
      InputStream in = new ByteArrayInputStream(payload);
      LinkedContent content = linked.store(Streams.read(in, LinkedContent.CHUNK_BYTES), in);
      Instant time = draft.time().orElseGet(core::now);
      return OwnLog.pending(Flags.LINKED, content.encode(), time, draft.options());
    } catch (IOException e) {
      throw LinkedBlocks.failure("append a large payload", e);
    }
  }

  /**
   * Appends a payload of any length, in memory that does not grow with it.
   *
   * @throws TidelogException with {@link ErrorKind#IO} if the stream cannot be read
   */
  public Receipt append(InputStream payload, AppendOptions options) {
    try {
      byte[] first = Streams.read(payload, LinkedContent.CHUNK_BYTES);
      if (first.length <= Draft.PAYLOAD_BYTES_MAX) return append(Draft.of(first).with(options));
      LinkedContent content = linked.store(first, payload);
      Pending entry = OwnLog.pending(Flags.LINKED, content.encode(), core.now(), options);
      return appending.append(label, List.of(entry)).get(0);
    } catch (IOException e) {
      throw LinkedBlocks.failure("append a large payload", e);
    }
  }

  /**
   * Appends many entries, some thousands at a time durably. If it fails midway, what was told to
   * {@code progress} is there.
   */
  public ImportReport importEntries(Iterator<Draft> drafts, Progress progress) {
    return new Importing(core, appending, this::pending, label).run(drafts, progress);
  }

  /**
   * The entries here, in causal order: repeatedly the smallest (time, name, position) whose
   * predecessor and parents have come.
   */
  public EntryStream read(ReadQuery query) {
    core.locked(() -> core.topic(label));
    return new Reading(core, label, query);
  }

  /**
   * The payload of an entry, however large; what is not on this device is an {@link IOException}
   * while reading.
   */
  public InputStream open(ReadEntry entry) {
    if (entry.payload().isPresent()) return new ByteArrayInputStream(entry.payload().get());
    Optional<LinkedContent> content =
        core.locked(() -> linked.content(label, entry.name(), entry.seq()));
    return linked.open(
        content.orElseThrow(
            () ->
                new TidelogException(
                    ErrorKind.NOT_FOUND,
                    "cannot open entry "
                        + entry.seq()
                        + ": its payload is "
                        + entry.state().word())));
  }

  /** Takes payloads of this device's log back: here at once, elsewhere when others learn of it. */
  public DeleteReport delete(List<Long> seqs) {
    List<SeqRange> runs = new ArrayList<>(seqs.size());
    for (long seq : seqs) {
      if (seq < 0 || seq > Limits.SEQ_MAX) {
        throw new TidelogException(
            ErrorKind.NOT_FOUND, "cannot delete " + seq + ": no entry has that position");
      }
      runs.add(new SeqRange(seq, seq + 1));
    }
    return deleteRuns(runs);
  }

  /**
   * As {@link #delete(List)}, of any number of entries: what is to go is durable at once, and goes
   * in steps.
   */
  public DeleteReport deleteRuns(List<SeqRange> runs) {
    return deleting.delete(label, SeqRanges.of(runs));
  }

  /**
   * A durable place in this topic, made when it is first acknowledged. The name is the
   * application's, without slashes, 1 to {@link Cursor#NAME_BYTES_MAX} bytes of UTF-8.
   */
  public Cursor cursor(String name) {
    return cursor(name, DeliveryOrder.CAUSAL);
  }

  /** As {@link #cursor(String)}, in another order. A cursor may change its order at any time. */
  public Cursor cursor(String name, DeliveryOrder order) {
    if (name.isEmpty() || name.indexOf('/') >= 0)
      throw new IllegalArgumentException("name: " + name);
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > Cursor.NAME_BYTES_MAX)
      throw new IllegalArgumentException("name: " + bytes + " bytes");
    return new Cursor(core, label, name, order);
  }

  /** What the topic's logs are made of, as they are here. */
  public Composition composition() {
    return core.locked(() -> new Composing(core, label).run());
  }

  @Override
  public String toString() {
    return "topic " + label;
  }
}
