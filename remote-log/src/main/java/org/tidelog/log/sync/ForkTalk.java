package org.tidelog.log.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.fork.ForkPoint;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.fork.ForkedHeads;
import org.tidelog.log.merkle.RangeProof;
import org.tidelog.log.spi.LogStore;

/**
 * What is said of logs of which the two sides hold entries that contradict each other: heads are
 * exchanged, whoever can proves the fork by them, and goes on to look for where the branches part.
 * From then on the log is contested on both sides, and no entries of it are exchanged.
 */
final class ForkTalk {
  /** A peer costs no more searches than this in a session. */
  static final int DISPUTES_MAX = 16;

  private static final int ANSWERS_MAX = 16 * DISPUTES_MAX;

  private final LogStore store;
  private final Verifier verifier;
  private final LogNumbers numbers;
  private final Outbox out;
  private final LogIds ids;
  private final Set<IpnsName> disputed = new HashSet<>();
  private final Map<IpnsName, TopicTalk> awaited = new HashMap<>();
  private final Map<IpnsName, ForkedAt> searches = new HashMap<>();
  private final Map<IpnsName, ForkProof> proofs = new HashMap<>();
  private final Set<IpnsName> proofsSent = new HashSet<>();
  private int answers;
  private boolean overloaded;

  ForkTalk(LogStore store, Verifier verifier, LogNumbers numbers, Outbox out) {
    this.store = store;
    this.verifier = verifier;
    this.numbers = numbers;
    this.out = out;
    this.ids = new LogIds(store);
  }

  boolean isIdle(TopicTalk talk) {
    return !awaited.containsValue(talk);
  }

  /** Whether there was more to dispute than a session does. */
  boolean isOverloaded() {
    return overloaded;
  }

  /** Something that the peer said of a log contradicts what is held. */
  void dispute(TopicTalk talk, IpnsName log) {
    if (sendProof(talk, log)) return;
    Optional<LogSet.Held> held = talk.logs().held(log);
    if (!held.isPresent() || disputed.contains(log)) return;
    if (disputed.size() >= DISPUTES_MAX) {
      overloaded = true;
      return;
    }
    disputed.add(log);
    awaited.put(log, talk);
    ByteWriter body = begin(talk, log);
    HeadFrame.write(body, held.get().head());
    out.send(FrameKind.HEAD, body);
  }

  private ByteWriter begin(TopicTalk talk, IpnsName log) {
    ByteWriter body = new ByteWriter().varint(talk.number());
    numbers.write(body, log);
    return body;
  }

  private boolean sendProof(TopicTalk talk, IpnsName log) {
    ForkProof fresh = proofs.get(log);
    Optional<ForkProof> known = fresh != null ? Optional.of(fresh) : talk.topic().fork(log);
    if (!known.isPresent()) return false;
    if (proofsSent.add(log)) send(talk, known.get());
    return true;
  }

  private void send(TopicTalk talk, ForkProof proof) {
    out.send(FrameKind.FORK, new ByteWriter().varint(talk.number()).bytes(proof.encode()));
  }

  void onHead(TopicTalk talk, ByteReader in) throws MalformedException {
    IpnsName log = numbers.read(in);
    Head theirs = HeadFrame.read(in, log, verifier);
    awaited.remove(log);
    Optional<LogSet.Held> held = talk.logs().held(log);
    if (!held.isPresent() || sendProof(talk, log)) return;
    Optional<ForkProof> proof = contradiction(held.get(), theirs);
    if (proof.isPresent()) {
      prove(talk, proof.get(), theirs);
    } else {
      dispute(talk, log);
      awaited.remove(log); // They have spoken already, and know what we hold now.
    }
  }

  private Optional<ForkProof> contradiction(LogSet.Held held, Head theirs) {
    Head ours = held.head();
    if (ours.size() == theirs.size()) {
      return ours.agreesWith(theirs) ? Optional.empty() : Optional.of(ForkedHeads.of(ours, theirs));
    }
    if (ours.size() < theirs.size() || !held.whole()) return Optional.empty();
    long size = theirs.size();
    RangeProof prefix =
        RangeProof.prove(size, size, ours.size(), new WindowedRoots(held.log(), store));
    boolean same = prefix.prefixRoot().equals(Optional.of(theirs.root()));
    return same ? Optional.empty() : Optional.of(ForkedHeads.of(theirs, ours, prefix));
  }

  /** The fork is proved here: the peer is told, and the position looked for. */
  void prove(TopicTalk talk, ForkProof proof, Head theirs) {
    IpnsName log = proof.log();
    Optional<LogSet.Held> held = talk.logs().held(log);
    adopt(talk, proof);
    send(talk, proof);
    if (!held.isPresent() || !held.get().whole() || searches.size() >= DISPUTES_MAX) return;
    ForkedAt search = new ForkedAt(log, store, held.get().head(), theirs);
    searches.put(log, search);
    awaited.put(log, talk);
    probe(talk, log, search);
  }

  private void adopt(TopicTalk talk, ForkProof proof) {
    proofs.put(proof.log(), proof);
    talk.logs().contest(proof.log());
    out.add(new SyncEffect.Forked(talk.topic().id(), proof.log(), proof));
  }

  private void probe(TopicTalk talk, IpnsName log, ForkedAt search) {
    ByteWriter body = begin(talk, log);
    if (search.isFound()) {
      body.varint(search.theirs.size()).varint(search.position());
    } else {
      body.varint(0);
      search.probes().forEach(body::varint);
    }
    out.send(FrameKind.PROBE, body);
  }

  /** The peer asks for ids at positions, or for the entry at one with its proof. */
  void onProbe(TopicTalk talk, ByteReader in) throws MalformedException {
    IpnsName log = numbers.read(in);
    if (++answers > ANSWERS_MAX) throw new MalformedException("too many probes");
    long size = Wire.position(in);
    if (size > 0) {
      long position = Wire.position(in);
      in.end();
      answerEntry(talk, log, size, position);
      return;
    }
    ByteWriter body = begin(talk, log);
    for (int count = 0; in.remaining() > 0; count++) {
      if (count == ForkedAt.PROBES) throw new MalformedException("probe of too many positions");
      long position = Wire.position(in);
      if (isHeld(talk, log) && ids.has(log, position)) body.digest(ids.at(log, position));
    }
    out.send(FrameKind.IDS, body);
  }

  private static boolean isHeld(TopicTalk talk, IpnsName log) {
    return talk.logs().held(log).isPresent();
  }

  private void answerEntry(TopicTalk talk, IpnsName log, long size, long position) {
    ByteWriter body = begin(talk, log);
    Optional<LogSet.Held> held = talk.logs().held(log);
    boolean here =
        held.isPresent() && held.get().whole() && size <= held.get().size() && position < size;
    if (here) {
      Slice slice = store.slices(log, position, position + 1, 1).get(0).slice();
      Slice entry = slice.cut(position, position + 1).withoutPayloads(log, seq -> true);
      RangeProof proof =
          RangeProof.prove(position, position + 1, size, new WindowedRoots(log, store));
      body.varint(entry.length()).bytes(entry.bytes()).bytes(proof.encode());
    }
    out.send(FrameKind.BRANCH, body);
  }

  void onIds(TopicTalk talk, ByteReader in) throws MalformedException {
    IpnsName log = numbers.read(in);
    ForkedAt search = searches.get(log);
    List<Digest> theirs = new ArrayList<>();
    while (in.remaining() > 0) {
      if (theirs.size() == ForkedAt.PROBES) throw new MalformedException("too many ids");
      theirs.add(in.digest());
    }
    if (search == null || search.isFound()) throw new MalformedException("ids out of turn");
    if (search.narrow(theirs)) {
      probe(talk, log, search);
    } else {
      end(log);
    }
  }

  private void end(IpnsName log) {
    searches.remove(log);
    awaited.remove(log);
  }

  void onBranch(TopicTalk talk, ByteReader in) throws MalformedException {
    IpnsName log = numbers.read(in);
    ForkedAt search = searches.get(log);
    if (search == null || !search.isFound()) throw new MalformedException("branch out of turn");
    end(log);
    if (in.remaining() == 0) return; // It has not got what it would take.
    long length = in.varint();
    if (length > in.remaining()) throw new MalformedException("slice of " + length + " bytes");
    Slice slice = Slice.parse(in.bytes((int) length));
    long position = search.position();
    if (slice.first() != position || slice.count() != 1) {
      throw new MalformedException("branch of entries " + slice.range());
    }
    Entry entry = slice.entries(log, search.previous()).get(0);
    RangeProof proof = RangeProof.read(position, position + 1, search.theirs.size(), in);
    in.end();
    Optional<ForkPoint> point = search.proof(entry, proof);
    if (!point.isPresent()) return;
    adopt(talk, point.get());
    send(talk, point.get());
  }

  /** A proof from the peer: kept if it is the first, or says more than the one that is here. */
  void onFork(TopicTalk talk, ByteReader in) throws MalformedException {
    ForkProof proof = ForkProof.verified(in.bytes(in.remaining()), verifier);
    IpnsName log = proof.log();
    awaited.remove(log);
    if (!isHeld(talk, log)) return;
    ForkProof fresh = proofs.get(log);
    Optional<ForkProof> known = fresh != null ? Optional.of(fresh) : talk.topic().fork(log);
    boolean better =
        !known.isPresent() || (proof instanceof ForkPoint && !(known.get() instanceof ForkPoint));
    if (!better) return;
    adopt(talk, proof);
    proofsSent.add(log);
  }
}
