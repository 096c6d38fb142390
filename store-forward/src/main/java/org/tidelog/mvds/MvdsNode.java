package org.tidelog.mvds;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.spi.Membership;
import org.tidelog.mvds.spi.Mode;
import org.tidelog.mvds.spi.MvdsStore;
import org.tidelog.mvds.spi.RecordType;
import org.tidelog.mvds.spi.StoredRecord;
import org.tidelog.mvds.spi.Undelivered;
import org.tidelog.mvds.wire.Message;
import org.tidelog.mvds.wire.Metadata;
import org.tidelog.mvds.wire.Payload;
import org.tidelog.mvds.wire.WireLimits;

/**
 * One node of MVDS: sends each message to the peers of its group until they have acknowledged it.
 *
 * <p>Time is counted in epochs, whose length is the driver's choice and which go on over a restart.
 * The driver calls {@link #onEpoch} once in each epoch in which something is due, in rising order,
 * and hands every payload over or drops it; inputs in between name the epoch that was run last, and
 * what they cause is due in the next. Peers are numbers that the driver gives, the same after a
 * restart. What an input changes is in the store before it returns. Owned by one thread.
 *
 * <p>Not here: who peers are, whether they are there, and the transport; groups' history for a peer
 * that is added later.
 */
public final class MvdsNode {
  private final MvdsSettings settings;
  private final Ledger ledger;
  private final Records records;
  private final Groups groups;
  private final Outbox outbox;
  private final CausalBuffer buffer = new CausalBuffer();

  /** Peers that get a payload in the next epoch whether or not a record is due. */
  private final Set<PeerState> answering = new LinkedHashSet<>();

  private long answerEpoch;
  private long lastEpoch = Long.MIN_VALUE;

  /** A node in the state that the store has. */
  public MvdsNode(MvdsSettings settings, MvdsStore store) {
    this.settings = settings;
    ledger = new Ledger(store);
    records = new Records(ledger, settings);
    groups = new Groups(has(Divergence.DUPLICATE_RECORDS));
    outbox = new Outbox(settings);
    for (Membership member : store.memberships()) {
      groups.add(member.group(), groups.peer(member.peer()), member.mode());
    }
    for (StoredRecord record : store.records()) {
      records.restore(PeerRecord.of(record, groups.peer(record.peer())));
    }
    restoreBuffer(store.undelivered());
  }

  private void restoreBuffer(List<Undelivered> undelivered) {
    Set<Digest> waiting = new HashSet<>();
    undelivered.forEach(entry -> waiting.add(entry.message()));
    for (Undelivered entry : undelivered) {
      Message message =
          ledger.message(entry.message()).orElseThrow(() -> new IllegalStateException("store"));
      Set<Digest> parents = parents(message);
      parents.removeIf(parent -> ledger.holds(parent) && !waiting.contains(parent));
      buffer.add(message, groups.peer(entry.peer()), parents);
    }
  }

  /** From now on messages of the group go to the peer as well, and are taken from it. */
  public void addPeer(Digest group, int peer, Mode mode) {
    if (!groups.add(group, groups.peer(peer), mode)) return;
    ledger.joined(new Membership(group, peer, mode));
    ledger.commit();
  }

  /** Sends the peer nothing more of the group, and takes nothing of it. */
  public void removePeer(Digest group, int number) {
    PeerState peer = groups.peer(number);
    Mode mode = groups.remove(group, peer);
    if (mode == null) return;
    ledger.left(new Membership(group, number, mode));
    for (PeerRecord record : peer.records()) {
      if (peer.groups == 0 || isOf(group, record)) records.remove(record);
    }
    peer.ephemerals.removeIf(message -> message.group().equals(group));
    if (peer.groups == 0) {
      peer.acks.clear();
      answering.remove(peer);
    }
    ledger.commit();
  }

  private boolean isOf(Digest group, PeerRecord record) {
    return ledger.message(record.message).filter(m -> m.group().equals(group)).isPresent();
  }

  /**
   * Writes a message whose parents are all those of the group that have no children yet, or the
   * oldest {@value WireLimits#PARENTS_MAX} of them.
   *
   * @param epoch the one that was run last
   */
  public Message append(Digest group, long timestamp, byte[] body, long epoch) {
    List<Digest> parents = ledger.childless(group);
    int count = Math.min(parents.size(), WireLimits.PARENTS_MAX);
    Message message = Message.of(group, timestamp, body, Metadata.of(parents.subList(0, count)));
    append(message, epoch);
    return message;
  }

  /** Sends a message to the peers of its group, to each in its mode. */
  public void append(Message message, long epoch) {
    append(message, null, epoch);
  }

  /**
   * Sends a message to the peers of its group. A message that is held already is left alone.
   *
   * @param mode for this message; null for that of each peer
   */
  public void append(Message message, @Nullable Mode mode, long epoch) {
    if (ledger.holds(message.id())) return;
    if (message.metadata().ephemeral() && !isRecorded(message)) {
      for (PeerState peer : groups.members(message.group()).keySet()) {
        peer.ephemerals.add(message);
        answer(peer, epoch);
      }
      return;
    }
    ledger.hold(message);
    groups
        .members(message.group())
        .forEach((peer, usual) -> send(message, peer, mode == null ? usual : mode, epoch));
    ledger.commit();
  }

  /** Whether a message goes by records, which are kept and repeated. */
  private boolean isRecorded(Message message) {
    return !message.metadata().ephemeral()
        || has(Divergence.EPHEMERAL_OFFERED)
        || has(Divergence.EPHEMERAL_REPEATED);
  }

  private void send(Message message, PeerState peer, Mode mode, long epoch) {
    boolean offered =
        mode == Mode.INTERACTIVE
            && (!message.metadata().ephemeral() || has(Divergence.EPHEMERAL_OFFERED));
    records.add(peer, offered ? RecordType.OFFER : RecordType.MESSAGE, message.id(), epoch);
  }

  /** Asks all peers of a group for a message that is not here. */
  public void request(Digest group, Digest message, long epoch) {
    if (ledger.holds(message)) return;
    for (PeerState peer : groups.members(group).keySet()) {
      if (peer.requests < PeerLimits.REQUESTS_OPEN_MAX) {
        records.add(peer, RecordType.REQUEST, message, epoch);
      }
    }
    ledger.commit();
  }

  /**
   * Takes a payload in. One from a peer that has a part in no group is dropped.
   *
   * @param epoch the one that was run last
   * @return messages for the application, in order
   */
  public List<Delivery> onPayload(int sender, Payload payload, long epoch) {
    PeerState peer = groups.member(sender);
    if (peer == null) return List.of();
    List<Delivery> deliveries = new ArrayList<>(payload.messages().size());
    payload.acks().forEach(id -> onAck(peer, id));
    payload.requests().forEach(id -> onRequest(peer, id, epoch));
    payload.offers().forEach(id -> onOffer(peer, id, epoch));
    payload.messages().forEach(message -> onMessage(peer, message, epoch, deliveries));
    if (has(Divergence.EMPTY_REPLY)) answer(peer, epoch);
    ledger.commit();
    return deliveries;
  }

  private void onAck(PeerState peer, Digest id) {
    records.remove(peer, id, RecordType.OFFER);
    records.remove(peer, id, RecordType.MESSAGE);
  }

  // A message that is being sent is not sent sooner for being requested again: what a peer can make
  // us send is bounded by the schedule.
  private void onRequest(PeerState peer, Digest id, long epoch) {
    Message message = ledger.message(id).orElse(null);
    if (message == null || !groups.has(message.group(), peer)) return;
    if (!has(Divergence.OFFER_KEPT_ON_REQUEST)) records.remove(peer, id, RecordType.OFFER);
    records.add(peer, RecordType.MESSAGE, id, epoch);
  }

  private void onOffer(PeerState peer, Digest id, long epoch) {
    if (!ledger.holds(id)) {
      if (peer.requests < PeerLimits.REQUESTS_OPEN_MAX) {
        records.add(peer, RecordType.REQUEST, id, epoch);
      }
    } else if (!has(Divergence.HELD_OFFER_UNACKNOWLEDGED)) {
      records.remove(peer, id);
      acknowledge(peer, id, epoch);
    }
  }

  private void onMessage(PeerState peer, Message message, long epoch, List<Delivery> deliveries) {
    if (!groups.has(message.group(), peer)) return;
    Digest id = message.id();
    if (message.metadata().ephemeral()) {
      records.remove(peer, id);
      deliveries.add(new Delivery(message, List.of()));
    } else if (ledger.holds(id)) {
      records.remove(peer, id);
      acknowledge(peer, id, epoch);
      if (has(Divergence.DUPLICATE_MESSAGE_FORWARDED)) forward(message, peer, epoch);
    } else {
      onNewMessage(peer, message, epoch, deliveries);
    }
  }

  private void onNewMessage(
      PeerState peer, Message message, long epoch, List<Delivery> deliveries) {
    Set<Digest> missing = parents(message);
    missing.removeIf(parent -> ledger.holds(parent));
    Set<Digest> awaited = parents(message);
    awaited.removeIf(
        parent ->
            settings.order() == DeliveryOrder.EVENTUAL
                || (ledger.holds(parent) && !buffer.contains(parent)));
    if (!awaited.isEmpty() && !buffer.admits(peer, message)) return;
    if (peer.requests + missing.size() > PeerLimits.REQUESTS_OPEN_MAX) return;
    records.remove(peer, message.id());
    forgetRequests(message);
    ledger.hold(message);
    acknowledge(peer, message.id(), epoch);
    if (settings.forwards()) forward(message, peer, epoch);
    missing.forEach(parent -> records.add(peer, RecordType.REQUEST, parent, epoch));
    if (awaited.isEmpty()) {
      deliver(new Delivery(message, List.copyOf(missing)), deliveries);
    } else {
      buffer.add(message, peer, awaited);
      ledger.undelivered(message.id(), peer.number);
    }
  }

  /**
   * A message that names itself, which is possible as its id does not cover this, waits for nobody.
   */
  private static Set<Digest> parents(Message message) {
    Set<Digest> parents = new LinkedHashSet<>(message.metadata().parents());
    parents.remove(message.id());
    return parents;
  }

  private void forgetRequests(Message message) {
    if (has(Divergence.REQUEST_KEPT_ELSEWHERE)) return;
    for (PeerState peer : groups.members(message.group()).keySet()) {
      records.remove(peer, message.id(), RecordType.REQUEST);
    }
  }

  private void forward(Message message, PeerState sender, long epoch) {
    groups
        .members(message.group())
        .forEach(
            (peer, mode) -> {
              if (peer != sender) send(message, peer, mode, epoch);
            });
  }

  private void deliver(Delivery delivery, List<Delivery> deliveries) {
    deliveries.add(delivery);
    for (Digest id : buffer.release(delivery.message().id())) {
      ledger.delivered(id);
      Message message =
          ledger.message(id).orElseThrow(() -> new IllegalStateException("store: no " + id));
      deliveries.add(new Delivery(message, List.of()));
    }
  }

  private void acknowledge(PeerState peer, Digest id, long epoch) {
    peer.acknowledge(id);
    answer(peer, epoch);
  }

  private void answer(PeerState peer, long epoch) {
    answerEpoch = answering.isEmpty() ? epoch + 1 : Math.min(answerEpoch, epoch + 1);
    answering.add(peer);
  }

  /**
   * The payloads of an epoch, at most one a peer, in an order that depends on nothing but the
   * state.
   */
  public List<Outgoing> onEpoch(long epoch) {
    lastEpoch = epoch;
    answering.forEach(outbox::answer);
    answering.removeIf(peer -> peer.acks.isEmpty() && peer.ephemerals.isEmpty());
    answerEpoch = epoch + 1;
    for (PeerRecord record : records.until(epoch)) {
      transmit(record, epoch);
    }
    ledger.commit();
    return outbox.take();
  }

  private void transmit(PeerRecord record, long epoch) {
    if (record.type != RecordType.MESSAGE) {
      boolean fits =
          record.type == RecordType.OFFER
              ? outbox.offer(record.peer, record.message)
              : outbox.request(record.peer, record.message);
      if (fits) records.sent(record, epoch);
      return;
    }
    Message message = ledger.message(record.message).orElse(null);
    if (message == null) {
      records.remove(record); // The store has dropped it.
    } else if (outbox.message(record.peer, message)) {
      records.sent(record, epoch);
      boolean once = message.metadata().ephemeral() && !has(Divergence.EPHEMERAL_REPEATED);
      if (once) records.remove(record);
    }
  }

  /**
   * The next epoch in which something is due; empty if nothing will be until there is an input.
   * Calling {@link #onEpoch} for others gives nothing and costs nothing.
   */
  public OptionalLong nextWakeUp() {
    OptionalLong due = records.earliest();
    if (answering.isEmpty() && !due.isPresent()) return due;
    long earliest =
        Math.min(due.orElse(Long.MAX_VALUE), answering.isEmpty() ? Long.MAX_VALUE : answerEpoch);
    return OptionalLong.of(Math.max(earliest, lastEpoch + 1));
  }

  /** Parents that delivery waits for, of all groups. */
  public List<Digest> missingParents() {
    return buffer.missing();
  }

  private boolean has(Divergence divergence) {
    return settings.dialect().has(divergence);
  }
}
