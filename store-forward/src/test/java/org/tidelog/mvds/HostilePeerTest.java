package org.tidelog.mvds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidelog.mvds.Pair.GROUP;
import static org.tidelog.mvds.Pair.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Sha256;
import org.tidelog.mvds.spi.Mode;
import org.tidelog.mvds.wire.Message;
import org.tidelog.mvds.wire.Metadata;
import org.tidelog.mvds.wire.Payload;

/** What one peer can make a node keep or send has a bound, and costs other peers nothing. */
final class HostilePeerTest {
  private static final int OTHER = 8;
  private final Pair pair = Pair.of(Mode.BATCH);

  private static Digest id(int number) {
    return Sha256.hash(ByteBuffer.allocate(5).putInt(number).array());
  }

  private static List<Digest> ids(int from, int to) {
    List<Digest> ids = new ArrayList<>();
    for (int i = from; i < to; i++) ids.add(id(i));
    return ids;
  }

  private static Payload offers(List<Digest> ids) {
    return new Payload(List.of(), ids, List.of(), List.of());
  }

  @Test
  void requestsNoMoreThanSoManyOffers() {
    pair.node.addPeer(GROUP, OTHER, Mode.BATCH);
    for (int i = 0; i < 5; i++) pair.take(offers(ids(1_000 * i, 1_000 * (i + 1))));

    assertThat(pair.store.records()).hasSize(PeerLimits.REQUESTS_OPEN_MAX);
    pair.node.onPayload(OTHER, offers(ids(0, 10)), 0);
    assertThat(pair.next(OTHER).requests()).hasSize(10);
    pair.node.request(GROUP, id(77_777), pair.epoch);
    assertThat(pair.store.records()).hasSize(PeerLimits.REQUESTS_OPEN_MAX + 10 + 1);
  }

  @Test
  void takesAMessageOnlyIfItCanAskForItsParents() {
    Message first = message(5);
    Message second = message(6);
    pair.take(offers(ids(0, PeerLimits.REQUESTS_OPEN_MAX - 3)));
    pair.offers(first.id(), second.id());
    Message two = message(1, id(1_000_001), id(1_000_002));
    Message one = message(2, id(1_000_003));

    pair.sends(two, one);
    assertThat(pair.next().acks()).containsExactly(one.id());
    assertThat(pair.store.holds(two.id())).isFalse();
    pair.sends(first, second, two);
    assertThat(pair.next().acks()).containsExactly(first.id(), second.id(), two.id());
  }

  @Test
  void buffersSoManyMessagesOfAPeer() {
    pair.node.addPeer(GROUP, OTHER, Mode.BATCH);
    Digest never = id(1);
    for (int i = 0; i <= PeerLimits.BUFFERED_MESSAGES_MAX; i++) {
      pair.sends(Message.of(GROUP, 100 + i, new byte[0], Metadata.of(List.of(never))));
    }
    assertThat(pair.store.undelivered()).hasSize(PeerLimits.BUFFERED_MESSAGES_MAX);
    assertThat(pair.next().acks()).hasSize(PeerLimits.BUFFERED_MESSAGES_MAX);

    Message waits = message(2, never);
    Message comes = message(3);
    assertThat(pair.sends(comes)).containsExactly(comes);
    Payload fromOther = new Payload(List.of(), List.of(), List.of(), List.of(waits));
    pair.node.onPayload(OTHER, fromOther, pair.epoch);
    assertThat(pair.next(OTHER).acks()).containsExactly(waits.id());
  }

  @Test
  void buffersSoManyBytesOfAPeer() {
    int large = 1 << 20;
    for (int i = 0; i < 17; i++) {
      pair.sends(Message.of(GROUP, i, new byte[large], Metadata.of(List.of(id(1)))));
    }
    assertThat(pair.store.undelivered()).hasSize((int) (PeerLimits.BUFFERED_BYTES_MAX / large));
  }

  @Test
  void givesBackTheRoomOfWhatIsDelivered() {
    Message parent = message(1);
    for (int round = 0; round < 3; round++) {
      Message first = message(10 + round);
      int time = 2_000 * (round + 1);
      for (int i = 0; i < PeerLimits.BUFFERED_MESSAGES_MAX; i++) {
        pair.sends(Message.of(GROUP, time + i, new byte[0], Metadata.of(List.of(first.id()))));
      }
      assertThat(pair.sends(first)).hasSize(1 + PeerLimits.BUFFERED_MESSAGES_MAX);
    }
    assertThat(pair.sends(parent)).containsExactly(parent);
  }

  @Test
  void keepsSoManyAcks() {
    for (int i = 0; i < 3; i++) {
      List<Message> messages = new ArrayList<>();
      for (int j = 0; j < 8_000; j++) {
        messages.add(Message.of(GROUP, 8_000 * i + j, new byte[0], Metadata.NONE));
      }
      pair.take(new Payload(List.of(), List.of(), List.of(), messages));
    }
    assertThat(pair.next().acks()).hasSize(PeerLimits.ACKS_PENDING_MAX);
    assertThat(pair.next()).isNull();
  }

  @Test
  void sendsAMessageNoMoreOftenForBeingRequestedAllTheTime() {
    Pair slow = new Pair(Pair.SPEC.withSchedule(RetransmitSchedule.constant(10)), Mode.INTERACTIVE);
    Message message = slow.append(1);
    int sent = 0;
    for (int i = 0; i < 100; i++) {
      slow.requests(message.id());
      Payload payload = slow.next();
      if (payload != null) sent += payload.messages().size();
    }
    assertThat(sent).isEqualTo(10);
  }
}
