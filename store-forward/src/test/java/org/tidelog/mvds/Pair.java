package org.tidelog.mvds;

import java.util.List;
import java.util.OptionalLong;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.memory.MemoryMvdsStore;
import org.tidelog.mvds.spi.Mode;
import org.tidelog.mvds.wire.Message;
import org.tidelog.mvds.wire.Metadata;
import org.tidelog.mvds.wire.Payload;
import org.tidelog.mvds.wire.SamplePayloads;

/** A node, and a peer of it whose part the test plays. */
final class Pair {
  static final Digest GROUP = SamplePayloads.digest(1);
  static final int PEER = 7;

  /** Every epoch, so that what is repeated is seen at once. */
  static final MvdsSettings SPEC = MvdsSettings.spec().withSchedule(RetransmitSchedule.constant(1));

  final MvdsNode node;
  final MemoryMvdsStore store = new MemoryMvdsStore();
  long epoch;

  Pair(MvdsSettings settings, Mode mode) {
    node = new MvdsNode(settings, store);
    node.addPeer(GROUP, PEER, mode);
  }

  static Pair of(Mode mode, Divergence... divergences) {
    Dialect dialect = Dialect.SPEC;
    for (Divergence divergence : divergences) dialect = dialect.with(divergence);
    return new Pair(SPEC.withDialect(dialect), mode);
  }

  static Message message(int number, Digest... parents) {
    return message(number, Metadata.of(List.of(parents)));
  }

  static Message message(int number, Metadata metadata) {
    return Message.of(GROUP, number, new byte[] {(byte) number}, metadata);
  }

  Message append(int number) {
    return node.append(GROUP, number, new byte[] {(byte) number}, epoch);
  }

  /** What the peer gets in the next epoch; null if nothing. */
  Payload next() {
    return next(PEER);
  }

  Payload next(int peer) {
    Payload found = null;
    for (Outgoing outgoing : node.onEpoch(++epoch)) {
      if (outgoing.peer() == peer) found = outgoing.payload();
    }
    return found;
  }

  List<Message> acks(Digest... ids) {
    return take(new Payload(List.of(ids), List.of(), List.of(), List.of()));
  }

  List<Message> offers(Digest... ids) {
    return take(new Payload(List.of(), List.of(ids), List.of(), List.of()));
  }

  List<Message> requests(Digest... ids) {
    return take(new Payload(List.of(), List.of(), List.of(ids), List.of()));
  }

  List<Message> sends(Message... messages) {
    return take(SamplePayloads.of(messages));
  }

  /** What the application gets of a payload from the peer. */
  List<Message> take(Payload payload) {
    return node.onPayload(PEER, payload, epoch).stream().map(Delivery::message).toList();
  }

  OptionalLong wakeUp() {
    return node.nextWakeUp();
  }
}
