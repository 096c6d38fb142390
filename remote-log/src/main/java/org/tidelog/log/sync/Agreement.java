package org.tidelog.log.sync;

import java.util.Optional;
import java.util.OptionalLong;
import org.tidelog.crypto.MalformedException;

/**
 * What was agreed with one peer of one topic, in this session and before: which states each knows
 * of the other, and in what the two sets differ for good.
 */
final class Agreement {
  /** What takes as much work as there are logs is done so often at most. */
  private static final int COMPARISONS_MAX = 16;

  private final SyncNotes notes;
  private final byte[] peer;
  private final SyncTopic topic;
  private final PeerNote before;
  private PeerNote note;

  /** The peer's state that it was told to be known here. */
  private Optional<Fingerprint> seenTold = Optional.empty();

  /** In what both differ, where both said that they lack nothing. */
  private Optional<Fingerprint> difference = Optional.empty();

  /** Whole sets were compared in this session, not only what changed. */
  private boolean compared;

  private int comparisons;

  Agreement(SyncNotes notes, byte[] peer, SyncTopic topic) {
    this.notes = notes;
    this.peer = peer;
    this.topic = topic;
    this.before = notes.note(peer, topic.id()).map(PeerNote::parse).orElse(PeerNote.NONE);
    this.note = before;
  }

  /** The state that the peer knew last, if what changed since is known. */
  Optional<Fingerprint> base() {
    LogSet logs = topic.logs();
    return note.told()
        .filter(
            state -> {
              OptionalLong at = logs.counterAt(state);
              return at.isPresent() && logs.since(at.getAsLong()).isPresent();
            });
  }

  /**
   * Whether a state of the peer's is one of which we have all: it was noted, or it was once our
   * own.
   */
  boolean knows(Fingerprint state) {
    return note.seen().contains(state) || topic.logs().counterAt(state).isPresent();
  }

  /** Whether the peer once asked for less than all of a log. */
  boolean isPartial() {
    return note.partial();
  }

  void partial() {
    note = note.asPartial();
  }

  void onSeen(State.Seen seen) {
    LogSet logs = topic.logs();
    if (logs.counterAt(seen.state()).isPresent()) note = note.withTold(seen.state());
    if (seen.state().equals(logs.fingerprint())) {
      difference = Optional.of(logs.difference(seen.sum()));
    }
  }

  /** Whole sets are about to be compared. */
  void compare() throws MalformedException {
    compared = true;
    if (++comparisons > COMPARISONS_MAX) throw new MalformedException("compared too often");
  }

  /** The peer has compared whole sets. */
  void compared() {
    compared = true;
  }

  /** Neither lacks anything, and both hold the same. */
  void agree(Fingerprint state) {
    note = note.withSeen(state).withTold(state);
  }

  /**
   * Neither lacks anything, and both hold other sets.
   *
   * @return whether the peer is to be told that its state is known
   */
  boolean differ(Fingerprint theirs) {
    note = note.withSeen(theirs);
    if (seenTold.equals(Optional.of(theirs))) return false;
    seenTold = Optional.of(theirs);
    return true;
  }

  /** What to tell of the peer's state beside one's own. */
  Optional<State.Seen> seen(Fingerprint now) {
    return seenTold
        .filter(state -> !state.equals(now))
        .map(state -> new State.Seen(state, topic.logs().sum()));
  }

  /**
   * Whether both differ otherwise than is to be expected: they did not so before, and only changes
   * were told. Then one has lost what the other remembers it to have.
   */
  boolean isDoubtful() {
    if (!difference.isPresent()) return false;
    if (!compared && !note.difference().equals(difference)) return true;
    note = note.withDifference(difference.get());
    return false;
  }

  /** Puts down what is new. */
  void keep() {
    if (!note.equals(before)) notes.put(peer, topic.id(), note.encode());
  }
}
