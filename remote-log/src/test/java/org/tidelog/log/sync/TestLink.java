package org.tidelog.log.sync;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tidelog.log.TestLogs;

/**
 * Two sessions with a stream each way between them. Bytes travel in turns: all that one side says
 * before it hears of the other is one trip.
 */
final class TestLink {
  final SyncSession initiator;
  final SyncSession responder;
  final List<SyncEffect> told = new ArrayList<>();
  final Map<FrameKind, long[]> sent = new EnumMap<>(FrameKind.class);
  final List<String> talk = new ArrayList<>();
  long bytes;
  int trips;

  /** The trip in which the last entries came. */
  int entriesTrip;

  /** Ends the connection after so many frames, whatever they are. */
  int framesMax = Integer.MAX_VALUE;

  /** Cuts what is sent at any place, if there is one. */
  Random cuts = new Random(0);

  private int frames;
  private String closed = "";

  /** Whether frames are kept. */
  boolean records = true;

  private final List<byte[]> all = new ArrayList<>();

  private final TestDevice one;
  private final TestDevice other;

  TestLink(TestDevice one, TestDevice other) {
    this.one = one;
    this.other = other;
    this.initiator = one.session(SyncRole.INITIATOR, other);
    this.responder = other.session(SyncRole.RESPONDER, one);
    initiator.start(TestLogs.NOW);
    responder.start(TestLogs.NOW);
  }

  String closed() {
    return closed;
  }

  /** Runs until neither says anything more. */
  TestLink run() {
    while (isOpen() && (turn(initiator, responder) | turn(responder, initiator))) {
      // Each turn moves what there is.
    }
    return this;
  }

  boolean isOpen() {
    return closed.isEmpty() && frames < framesMax;
  }

  /** Everything that one side has to say goes to the other. */
  boolean turn(SyncSession from, SyncSession to) {
    boolean said = false;
    for (List<SyncEffect> effects = from.drain(); !effects.isEmpty(); effects = from.drain()) {
      for (SyncEffect effect : effects) {
        if (effect instanceof SyncEffect.Send send && isOpen()) {
          said = true;
          count(from == initiator ? "> " : "< ", send);
          deliver(send.bytes(), to);
        } else if (effect instanceof SyncEffect.Close close) {
          closed = close.reason();
          told.add(close);
        } else {
          told.add(effect);
          if (effect instanceof SyncEffect.Forked forked) {
            (from == initiator ? one : other).proofs.put(forked.log(), forked.proof());
          }
        }
      }
    }
    if (said) trips++;
    return said;
  }

  private void count(String from, SyncEffect.Send send) {
    long[] sums = sent.computeIfAbsent(send.kind(), kind -> new long[2]);
    sums[0]++;
    sums[1] += send.bytes().length;
    bytes += send.bytes().length;
    frames++;
    if (records) all.add(send.bytes());
    if (send.kind() == FrameKind.SLICE) entriesTrip = trips + 1;
    talk.add(from + send.kind().word() + " " + send.bytes().length);
  }

  private void deliver(byte[] frame, SyncSession to) {
    int at = 0;
    while (at < frame.length) {
      int end = Math.min(frame.length, at + 1 + cuts.nextInt(1 << 1 + cuts.nextInt(20)));
      to.onBytes(Arrays.copyOfRange(frame, at, end), TestLogs.NOW);
      at = end;
    }
  }

  /** All frames, in the order of {@link #talk}. */
  List<byte[]> frames() {
    return all;
  }

  int roundTrips() {
    return (entriesTrip + 1) / 2;
  }

  /** What each kind of frame took. */
  String itemised() {
    StringBuilder text = new StringBuilder();
    sent.forEach(
        (kind, sums) ->
            text.append(kind.word())
                .append(' ')
                .append(sums[0])
                .append(" frames ")
                .append(sums[1])
                .append(" bytes, "));
    return text + "in all " + bytes + " bytes, entries after " + roundTrips() + " round trips";
  }

  long slices() {
    return sent.getOrDefault(FrameKind.SLICE, new long[2])[0];
  }

  @Override
  public String toString() {
    return bytes + " bytes, " + trips + " trips: " + talk;
  }
}
