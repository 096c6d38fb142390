package org.tidelog.node;

import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.control.Continuation;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.replicator.conversation.LogKeys;

/**
 * Which log goes on from which: learns what a continue entry claims, and says whether the key that
 * signed it is the old log's. Claims only, so chains of them end nothing and may form circles. Runs
 * with the home's lock held.
 */
final class Continuations {
  /** Directly behind the genesis; a claim elsewhere is none. */
  static final long SEQ = 1;

  private final Core core;
  private final IncarnationBook book;

  Continuations(Core core) {
    this.core = core;
    this.book = new IncarnationBook(core.book);
  }

  /** What an entry claims; empty where it is no claim, or cannot be read. */
  Optional<Continuation> read(IpnsName log, Entry entry, LogKeys keys) throws MalformedException {
    if (entry.kind() != EntryKind.CONTINUE || entry.seq() != SEQ) return Optional.empty();
    Optional<byte[]> payload = keys.open(entry);
    if (!payload.isPresent()) return Optional.empty();
    Continuation read = Continuation.parse(payload.get());
    if (!read.claim().log().equals(log) && read.verify(log, core.verifier)) {
      return Optional.of(read);
    }
    throw new MalformedException("its claim to continue a log is not signed for this one");
  }

  /** Learns what an entry claims; the old log, where it does. */
  Optional<IpnsName> take(IpnsName log, Entry entry, LogKeys keys) throws MalformedException {
    Optional<Continuation> read = read(log, entry, keys);
    read.ifPresent(continuation -> book.putContinuation(log, continuation));
    return read.map(continuation -> continuation.claim().log());
  }

  /** What a log continues, as far as nothing is known that speaks against it. */
  Optional<Continued> continued(IpnsName log) {
    Optional<Continuation> read = book.continuation(log);
    if (!read.isPresent() || isRefuted(read.get())) return Optional.empty();
    Continuation.Claim claim = read.get().claim();
    boolean proved = recovery(claim.log()).isPresent();
    return Optional.of(new Continued(claim.log(), claim.size(), proved));
  }

  /** Whether the old log's genesis names another key than the one that signed. */
  boolean isRefuted(Continuation read) {
    Optional<Digest> named = recovery(read.claim().log());
    Digest shown = Continuation.recoveryKeyHash(read.recoveryKey());
    return named.isPresent() && !named.get().equals(shown);
  }

  private Optional<Digest> recovery(IpnsName log) {
    Optional<Digest> known = book.recovery(log);
    if (known.isPresent()) return known;
    // Read by a version that did not remember it.
    boolean readable = core.book.facts(log).purpose().isPresent() && core.keyring.isFree();
    if (!readable) return Optional.empty();
    return new GenesisCheck(core, log).statement().map(statement -> statement.recoveryKeyHash());
  }
}
