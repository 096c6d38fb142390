package org.tidelog.node;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.seal.EpochKey;
import org.tidelog.log.control.Continuation;
import org.tidelog.log.control.Deletion;
import org.tidelog.log.control.Genesis;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.linked.LinkedContent;
import org.tidelog.log.local.LocalLog;
import org.tidelog.replicator.conversation.Bound;
import org.tidelog.replicator.conversation.Composer;
import org.tidelog.replicator.conversation.Pending;
import org.tidelog.replicator.conversation.SeenFrontier;

/**
 * A log of this device, opened for writing: composes groups of entries, which are then signed and
 * committed as one, and puts into the book what is to be remembered with them. Owned by whoever
 * holds the home's lock.
 */
final class OwnLog {
  private final String label;
  private final LocalLog log;
  private final Signer signer;
  private final Composer composer;
  private final Core core;
  private final Book book;

  OwnLog(String label, LocalLog log, Signer signer, Optional<EpochKey> key, Core core) {
    this.label = label;
    this.log = log;
    this.signer = signer;
    this.composer = new Composer(log.name(), key, core.entropy);
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

  /** What an application drafted, as it will be appended now. */
  static Pending pending(Draft draft, Instant now) {
    return pending(0, draft.payload(), draft.time().orElse(now), draft.options());
  }

  static Pending pending(int flags, byte[] plain, Instant time, AppendOptions options) {
    return new Pending(
        EntryKind.DATA,
        flags,
        plain,
        time.toEpochMilli(),
        options.timeToLive(),
        options.deletable());
  }

  /**
   * Builds the entries for these payloads, an alias entry before them where a parent's log has no
   * number yet.
   */
  Composer.Batch batch(List<Pending> payloads) {
    SeenFrontier frontier = book.frontier(label);
    boolean hadSeen = !frontier.isEmpty();
    Composer.Batch batch = compose(payloads, frontier);
    if (hadSeen) book.putFrontier(label, frontier);
    return batch;
  }

  /** As {@link #batch}, for a log that is no part of a conversation. */
  List<NewEntry> batchWithoutParents(List<Pending> payloads) {
    return compose(payloads, new SeenFrontier()).entries();
  }

  private Composer.Batch compose(List<Pending> payloads, SeenFrontier frontier) {
    Bound bound = book.bound(log.name());
    long expiryFrom = core.clock().isConfirmed() ? 0 : core.trustedMillis();
    Composer.Batch batch = composer.compose(payloads, log.size(), frontier, bound, expiryFrom);
    if (batch.bound().upTo() != bound.upTo()) book.putBound(log.name(), batch.bound());
    for (int i = 0; i < payloads.size(); i++) {
      int offset = batch.offsets().get(i);
      long expiry = batch.entries().get(offset).expiryMillis();
      long seq = log.size() + offset;
      if (expiry != 0) book.payloads.putExpiry(log.name(), seq, expiry);
      if ((payloads.get(i).flags() & Flags.LINKED) != 0) link(payloads.get(i).plain(), seq);
    }
    return batch;
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

  /** Entry 0, which is sealed in part by itself. */
  NewEntry genesis(Genesis genesis, Instant time) {
    int flags = genesis.open() ? 0 : Flags.SEALED;
    return new NewEntry(
        EntryKind.GENESIS, time.toEpochMilli(), flags, 0, List.of(), genesis.encode());
  }

  /** The entry behind the genesis: what this log goes on from. */
  static NewEntry continuation(Continuation continuation, Instant time) {
    return NewEntry.plain(EntryKind.CONTINUE, time.toEpochMilli(), continuation.encode());
  }

  /**
   * The entry that takes payloads back. In clear, so that helpers can drop what they cannot read.
   */
  static NewEntry deletion(SeqRanges gone, Instant time) {
    return NewEntry.plain(EntryKind.DELETE, time.toEpochMilli(), Deletion.encode(gone));
  }
}
