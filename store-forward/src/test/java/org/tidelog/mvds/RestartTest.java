package org.tidelog.mvds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.spi.Mode;
import org.tidelog.mvds.spi.StoredRecord;
import org.tidelog.mvds.wire.Message;
import org.tidelog.mvds.wire.Payload;
import org.tidelog.mvds.wire.SamplePayloads;

/** A machine that is made from the store goes on where the one before was, at any step. */
final class RestartTest {
  private static final Digest GROUP = SamplePayloads.digest(1);
  private static final int NODES = 4;

  private final Random random = new Random(11);

  static Stream<MvdsSettings> settings() {
    return Stream.of(
        MvdsSettings.spec(),
        MvdsSettings.spec().withPayloadBytesMax(150),
        MvdsSettings.spec().withOrder(DeliveryOrder.EVENTUAL),
        MvdsSettings.head().withDialect(Dialect.HEAD.without(Divergence.EMPTY_REPLY)));
  }

  private static void join(MvdsNode node, int self) {
    for (int peer = 0; peer < NODES; peer++) {
      Mode mode = (peer + self) % 2 == 0 ? Mode.BATCH : Mode.INTERACTIVE;
      if (peer != self) node.addPeer(GROUP, peer, mode);
    }
  }

  /** One node is played by two machines: one that runs on, and one that is new in each epoch. */
  @ParameterizedTest
  @MethodSource("settings")
  void doesTheSameAsTheOneThatWasNotRestarted(MvdsSettings settings) {
    RecordedStore store = new RecordedStore();
    MvdsNode steady = new MvdsNode(settings, store);
    join(steady, 0);
    List<Message> theirs = new ArrayList<>();
    for (long epoch = 0; epoch < 400; epoch++) {
      RecordedStore copy = store.copy();
      MvdsNode fresh = new MvdsNode(settings, copy);
      for (int i = random.nextInt(4); i > 0; i--) {
        int peer = 1 + random.nextInt(NODES - 1);
        Payload payload = payload(theirs, store.records());
        assertThat(fresh.onPayload(peer, payload, epoch))
            .isEqualTo(steady.onPayload(peer, payload, epoch));
      }
      if (random.nextInt(5) == 0) {
        byte[] body = {(byte) epoch};
        assertThat(fresh.append(GROUP, epoch, body, epoch))
            .isEqualTo(steady.append(GROUP, epoch, body, epoch));
      }
      if (random.nextInt(50) == 0) {
        fresh.removePeer(GROUP, 3);
        steady.removePeer(GROUP, 3);
      } else if (random.nextInt(20) == 0) {
        fresh.addPeer(GROUP, 3, Mode.BATCH);
        steady.addPeer(GROUP, 3, Mode.BATCH);
      }
      // A new machine does not know which epoch was the last; whoever drives it does.
      long earliest = epoch + 1;
      assertThat(Math.max(fresh.nextWakeUp().orElse(Long.MAX_VALUE), earliest))
          .isEqualTo(steady.nextWakeUp().orElse(Long.MAX_VALUE));
      assertThat(fresh.missingParents())
          .containsExactlyInAnyOrderElementsOf(steady.missingParents());
      // Acks are not kept: the payloads are filled until none is left.
      List<Outgoing> sent = steady.onEpoch(epoch + 1);
      assertThat(fresh.onEpoch(epoch + 1)).isEqualTo(sent);
      while (sent.stream().anyMatch(outgoing -> !outgoing.payload().acks().isEmpty())) {
        sent = steady.onEpoch(++epoch + 1);
        assertThat(fresh.onEpoch(epoch + 1)).isEqualTo(sent);
      }
      assertThat(inOrder(copy.records())).isEqualTo(inOrder(store.records()));
    }
    assertThat(theirs).hasSizeGreaterThan(100);
  }

  /** The records by age, without their numbers, which may be given again after a restart. */
  private static List<StoredRecord> inOrder(List<StoredRecord> records) {
    return records.stream()
        .sorted(Comparator.comparing(StoredRecord::number))
        .map(
            record ->
                new StoredRecord(
                    0,
                    record.type(),
                    record.peer(),
                    record.message(),
                    record.sendCount(),
                    record.sendEpoch()))
        .toList();
  }

  /** Something that a peer might send: old and new messages, and ids of all kinds. */
  private Payload payload(List<Message> theirs, List<StoredRecord> records) {
    Payload.Builder payload = new Payload.Builder();
    List<Digest> parents = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0 && !theirs.isEmpty(); i--) {
      parents.add(theirs.get(random.nextInt(theirs.size())).id());
    }
    Message fresh = Pair.message(theirs.size() + 1_000, parents.toArray(new Digest[0]));
    theirs.add(fresh);
    if (random.nextInt(3) > 0) payload.message(fresh);
    if (random.nextBoolean()) payload.message(theirs.get(random.nextInt(theirs.size())));
    if (random.nextBoolean()) payload.offer(theirs.get(random.nextInt(theirs.size())).id());
    for (StoredRecord record : records) {
      if (random.nextInt(9) == 0) payload.ack(record.message());
      if (random.nextInt(9) == 0) payload.request(record.message());
    }
    return payload.build();
  }

  @Test
  void deliversEverythingOnceAndInOrderThoughMachinesDieAllTheTime() {
    List<RecordedStore> stores = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      stores.add(new RecordedStore());
      join(machine(stores.get(i)), i);
    }
    List<Set<Digest>> had = new ArrayList<>();
    for (int i = 0; i < NODES; i++) had.add(new HashSet<>());
    for (long epoch = 0; epoch < 3_000; epoch++) {
      for (int i = 0; i < NODES; i++) {
        if (epoch < 300 && random.nextInt(10) == 0) {
          byte[] body = {(byte) i};
          had.get(i).add(machine(stores.get(i)).append(GROUP, epoch, body, epoch).id());
        }
        for (Outgoing outgoing : machine(stores.get(i)).onEpoch(epoch + 1)) {
          if (random.nextInt(3) > 0) continue;
          int to = outgoing.peer();
          // Dies before or after it has answered.
          MvdsNode receiver = machine(stores.get(to));
          deliver(receiver.onPayload(i, outgoing.payload(), epoch), had.get(to));
          if (random.nextBoolean()) {
            answer(receiver, to, epoch, stores);
          }
        }
      }
    }
    assertThat(had.get(0)).hasSizeGreaterThan(80);
    for (int i = 0; i < NODES; i++) {
      assertThat(had.get(i)).isEqualTo(had.get(0));
      assertThat(stores.get(i).records()).isEmpty();
      assertThat(stores.get(i).undelivered()).isEmpty();
    }
  }

  private static MvdsNode machine(RecordedStore store) {
    return new MvdsNode(Pair.SPEC, store);
  }

  private void answer(MvdsNode node, int self, long epoch, List<RecordedStore> stores) {
    for (Outgoing outgoing : node.onEpoch(epoch + 1)) {
      machine(stores.get(outgoing.peer())).onPayload(self, acksOf(outgoing.payload()), epoch);
    }
  }

  private static Payload acksOf(Payload payload) {
    return new Payload(payload.acks(), List.of(), List.of(), List.of());
  }

  private static void deliver(List<Delivery> deliveries, Set<Digest> had) {
    for (Delivery delivery : deliveries) {
      assertThat(had).containsAll(delivery.message().metadata().parents());
      assertThat(had.add(delivery.message().id())).isTrue();
    }
  }
}
