package org.tidelog.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.seal.EpochKey;
import org.tidelog.log.control.Aliases;
import org.tidelog.log.control.Continuation;
import org.tidelog.log.control.Deletion;
import org.tidelog.log.control.Genesis;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.ParentRef;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.linked.LinkedContent;
import org.tidelog.log.local.LocalLog;
import org.tidelog.log.read.LogEntry;

/**
 * Turns what an application appends to a topic into entries of this device's log: salted, sealed,
 * with the parents it has seen. Gathers a group, which is then signed and committed as one. Owned
 * by whoever holds the home's lock.
 */
final class OwnLog {
  private final String label;
  private final LocalLog log;
  private final Signer signer;
  private final Optional<GroupSealer> sealer;
  private final Core core;
  private final Book book;

  OwnLog(String label, LocalLog log, Signer signer, Optional<EpochKey> key, Core core) {
    this.label = label;
    this.log = log;
    this.signer = signer;
    this.sealer = key.map(secret -> new GroupSealer(secret, log.name()));
    this.core = core;
    this.book = core.book;
  }

  LocalLog log() {
    return log;
  }

  /** The topic it belongs to. */
  String label() {
    return label;
  }

  Signer signer() {
    return signer;
  }

  IpnsName name() {
    return log.name();
  }

  /** A payload and what is to become of it. */
  record Pending(EntryKind kind, int flags, byte[] plain, Instant time, AppendOptions options) {
    static Pending data(Draft draft, Instant now) {
      return new Pending(
          EntryKind.DATA, 0, draft.payload(), draft.time().orElse(now), draft.options());
    }
  }

  /**
   * Entries ready to be signed, and where those that were asked for lie among them.
   *
   * @param offsets one for each pending payload, from the group's first entry
   */
  record Batch(List<NewEntry> entries, List<Integer> offsets) {}

  /**
   * Builds the entries for these payloads, an alias entry before them where a parent's log has no
   * number yet.
   */
  Batch batch(List<Pending> payloads) {
    List<NewEntry> entries = new ArrayList<>(payloads.size() + 1);
    List<Integer> offsets = new ArrayList<>(payloads.size());
    SeenFrontier frontier = book.frontier(label);
    boolean hadSeen = !frontier.isEmpty();
    for (Pending payload : payloads) {
      List<ParentRef> parents =
          frontier.isEmpty() ? List.of() : parents(frontier.take(), payload.time, entries);
      offsets.add(entries.size());
      entries.add(entry(payload, parents, log.size() + entries.size()));
    }
    if (hadSeen) book.putFrontier(label, frontier);
    return new Batch(sealed(entries), offsets);
  }

  /** As {@link #batch}, for a log that is no part of a conversation. */
  List<NewEntry> batchWithoutParents(List<Pending> payloads) {
    List<NewEntry> entries = new ArrayList<>(payloads.size());
    for (Pending payload : payloads) {
      entries.add(entry(payload, List.of(), log.size() + entries.size()));
    }
    return sealed(entries);
  }

  /** The next entries as they are stored: where the topic is private, sealed. */
  private List<NewEntry> sealed(List<NewEntry> entries) {
    return sealer.map(group -> group.seal(entries, log.size())).orElse(entries);
  }

  /** Entry 0, which is sealed in part by itself. */
  NewEntry genesis(Genesis genesis, Instant time) {
    int flags = genesis.open() ? 0 : Flags.SEALED;
    return new NewEntry(
        EntryKind.GENESIS, time.toEpochMilli(), flags, 0, List.of(), genesis.encode());
  }

  /** The entry behind the genesis: what this log goes on from. */
  NewEntry continuation(Continuation continuation, Instant time) {
    return entry(EntryKind.CONTINUE, continuation.encode(), time, Continuations.SEQ);
  }

  private List<ParentRef> parents(
      List<LogEntry.Parent> parents, Instant time, List<NewEntry> entries) {
    List<IpnsName> names = new ArrayList<>(book.bound(log.name()).names());
    List<IpnsName> fresh = new ArrayList<>();
    for (LogEntry.Parent parent : parents) {
      if (!names.contains(parent.log())) fresh.add(parent.log());
    }
    if (!fresh.isEmpty()) {
      byte[] payload = Aliases.encode(fresh);
      entries.add(entry(EntryKind.ALIAS, payload, time, log.size() + entries.size()));
      names.addAll(fresh);
      book.putBound(log.name(), new Book.Bound(names, log.size() + entries.size()));
    }
    List<ParentRef> refs = new ArrayList<>();
    for (LogEntry.Parent parent : parents) {
      refs.add(new ParentRef(names.indexOf(parent.log()), parent.seq()));
    }
    return refs;
  }

  private NewEntry entry(EntryKind kind, byte[] plain, Instant time, long seq) {
    return entry(new Pending(kind, 0, plain, time, AppendOptions.defaults()), List.of(), seq);
  }

  private NewEntry entry(Pending payload, List<ParentRef> parents, long seq) {
    long time = payload.time.toEpochMilli();
    boolean expiring = payload.options.timeToLive().isPresent();
    boolean salted = expiring || payload.options.deletable();
    byte[] plain = salted ? salted(payload.plain) : payload.plain;
    int flags = payload.flags | (salted ? Flags.SALTED : 0) | (expiring ? Flags.EXPIRING : 0);
    // By a clock that jumped back it would have expired for everybody else already.
    long from = core.clock().isConfirmed() ? time : Math.max(time, core.trustedMillis());
    long expiry = payload.options.timeToLive().map(after -> expiry(from, after)).orElse(0L);
    if (expiring) book.payloads.putExpiry(log.name(), seq, expiry);
    if ((payload.flags & Flags.LINKED) != 0) link(payload.plain, seq);
    return new NewEntry(payload.kind, time, flags, expiry, parents, plain);
  }

  /** With the entry, its blocks are there to stay. */
  private void link(byte[] plain, long seq) {
    try {
      DoomedBlobs.spare(book, LinkedContent.parse(plain).key());
    } catch (MalformedException e) {
      throw new AssertionError("it was made here", e);
    }
    book.putLinked(log.name(), seq);
  }

  /** What lives longer than times go lives as long as they go. */
  private static long expiry(long time, Duration after) {
    long room = Limits.TIME_MILLIS_MAX - time;
    return after.compareTo(Duration.ofMillis(room)) < 0
        ? time + after.toMillis()
        : Limits.TIME_MILLIS_MAX;
  }

  private byte[] salted(byte[] plain) {
    byte[] salt = core.entropy.bytes(Flags.SALT_BYTES);
    byte[] all = Arrays.copyOf(salt, salt.length + plain.length);
    System.arraycopy(plain, 0, all, salt.length, plain.length);
    return all;
  }

  /**
   * The entry that takes payloads back. In clear, so that helpers can drop what they cannot read.
   */
  static NewEntry deletion(SeqRanges gone, Instant time) {
    return NewEntry.plain(EntryKind.DELETE, time.toEpochMilli(), Deletion.encode(gone));
  }
}
