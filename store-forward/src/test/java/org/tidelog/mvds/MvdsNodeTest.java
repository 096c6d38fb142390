package org.tidelog.mvds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tidelog.mvds.Pair.GROUP;
import static org.tidelog.mvds.Pair.PEER;
import static org.tidelog.mvds.Pair.message;
import static org.tidelog.mvds.wire.SamplePayloads.digest;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.memory.MemoryMvdsStore;
import org.tidelog.mvds.spi.Mode;
import org.tidelog.mvds.spi.RecordType;
import org.tidelog.mvds.spi.StoreChange;
import org.tidelog.mvds.spi.StoredRecord;
import org.tidelog.mvds.wire.Message;
import org.tidelog.mvds.wire.Metadata;
import org.tidelog.mvds.wire.Payload;
import org.tidelog.mvds.wire.PayloadWriter;
import org.tidelog.mvds.wire.SamplePayloads;

final class MvdsNodeTest {
  private static final OptionalLong NEVER = OptionalLong.empty();

  private static Payload offer(Message message) {
    return new Payload(List.of(), List.of(message.id()), List.of(), List.of());
  }

  private static Payload request(Digest... ids) {
    return new Payload(List.of(), List.of(), List.of(ids), List.of());
  }

  private static Payload ack(Digest... ids) {
    return new Payload(List.of(ids), List.of(), List.of(), List.of());
  }

  @Test
  void sendsInBatchModeUntilItIsAcknowledged() {
    Pair pair = Pair.of(Mode.BATCH);
    Message message = pair.append(1);

    assertThat(pair.wakeUp()).hasValue(1);
    assertThat(pair.next()).isEqualTo(SamplePayloads.of(message));
    assertThat(pair.next()).isEqualTo(SamplePayloads.of(message));
    pair.acks(message.id());
    assertThat(pair.wakeUp()).isEqualTo(NEVER);
    assertThat(pair.next()).isNull();
  }

  @Test
  void offersInInteractiveModeAndSendsOnRequest() {
    Pair pair = Pair.of(Mode.INTERACTIVE);
    Message message = pair.append(1);

    assertThat(pair.next()).isEqualTo(offer(message));
    assertThat(pair.next()).isEqualTo(offer(message));
    pair.requests(message.id());
    pair.requests(message.id());
    assertThat(pair.next()).isEqualTo(SamplePayloads.of(message));
    assertThat(pair.next()).isEqualTo(SamplePayloads.of(message));
    pair.acks(message.id());
    assertThat(pair.wakeUp()).isEqualTo(NEVER);
  }

  @Test
  void requestsWhatItIsOfferedUntilItHasIt() {
    Pair pair = Pair.of(Mode.INTERACTIVE);
    Message message = message(1);

    pair.offers(message.id());
    assertThat(pair.next()).isEqualTo(request(message.id()));
    pair.offers(message.id());
    assertThat(pair.next()).isEqualTo(request(message.id()));
    assertThat(pair.sends(message)).containsExactly(message);
    assertThat(pair.next()).isEqualTo(ack(message.id()));
    assertThat(pair.wakeUp()).isEqualTo(NEVER);
  }

  @Test
  void acknowledgesEachDuplicateAndDeliversOnce() {
    Pair pair = Pair.of(Mode.BATCH);
    Message message = message(1);

    assertThat(pair.sends(message, message)).containsExactly(message);
    assertThat(pair.next()).isEqualTo(ack(message.id()));
    assertThat(pair.sends(message)).isEmpty();
    assertThat(pair.next()).isEqualTo(ack(message.id()));
    assertThat(pair.next()).isNull();
  }

  @Test
  void acknowledgesAnOfferOfWhatItHas() {
    Pair pair = Pair.of(Mode.INTERACTIVE);
    Message message = pair.append(1);
    pair.next();

    pair.offers(message.id());
    assertThat(pair.next()).isEqualTo(ack(message.id()));
    // Who offers it has it.
    assertThat(pair.wakeUp()).isEqualTo(NEVER);
  }

  @Test
  void repeatsBySchedule() {
    Pair pair =
        new Pair(Pair.SPEC.withSchedule(RetransmitSchedule.exponential(1, 4, 2)), Mode.BATCH);
    pair.append(1);
    StringBuilder sent = new StringBuilder();
    while (pair.epoch < 20) {
      assertThat(pair.wakeUp().getAsLong()).isGreaterThan(pair.epoch);
      pair.epoch = pair.wakeUp().getAsLong() - 1;
      assertThat(pair.next()).isNotNull();
      sent.append(pair.epoch).append(' ');
    }
    assertThat(sent.toString()).isEqualTo("1 2 4 8 10 14 16 20 ");
  }

  @Test
  void goesOnWhereItIsAfterEpochsThatWereLeftOut() {
    Pair pair = Pair.of(Mode.BATCH);
    pair.append(1);
    pair.epoch = 500;

    assertThat(pair.next().messages()).hasSize(1);
    assertThat(pair.wakeUp()).hasValue(502);
  }

  @Test
  void mixesModesByPeerAndByMessage() {
    Pair pair = Pair.of(Mode.BATCH);
    pair.node.addPeer(GROUP, 8, Mode.INTERACTIVE);
    Message first = message(1);
    Message second = message(2);
    pair.node.append(first, pair.epoch);
    pair.node.append(second, Mode.INTERACTIVE, pair.epoch);

    List<Outgoing> payloads = pair.node.onEpoch(1);
    assertThat(payloads)
        .containsExactly(
            new Outgoing(
                PEER, new Payload(List.of(), List.of(second.id()), List.of(), List.of(first))),
            new Outgoing(
                8, new Payload(List.of(), List.of(first.id(), second.id()), List.of(), List.of())));
  }

  @Test
  void putsAllThatIsDueIntoOnePayload() {
    Pair pair = Pair.of(Mode.BATCH);
    Message own = pair.append(1);
    Message theirs = message(2);
    pair.offers(digest(5));
    pair.sends(theirs);
    pair.sends(message(3));

    assertThat(pair.node.onEpoch(1))
        .containsExactly(
            new Outgoing(
                PEER,
                new Payload(
                    List.of(theirs.id(), message(3).id()),
                    List.of(),
                    List.of(digest(5)),
                    List.of(own))));
  }

  @Test
  void leavesForLaterWhatDoesNotFitAndSendsItFirst() {
    MvdsSettings small = Pair.SPEC.withPayloadBytesMax(100);
    PayloadWriter writer = new PayloadWriter(small.numbering());
    Pair pair = new Pair(small, Mode.BATCH);
    List<Message> messages = List.of(pair.append(1), pair.append(2), pair.append(3));
    assertThat(writer.messageBytes(messages.get(2))).isBetween(51, 100);

    assertThat(pair.next().messages()).containsExactly(messages.get(0));
    assertThat(pair.wakeUp()).hasValue(2);
    assertThat(pair.next().messages()).containsExactly(messages.get(1));
    assertThat(pair.next().messages()).containsExactly(messages.get(2));
    assertThat(pair.next().messages()).containsExactly(messages.get(0));

    for (int i = 0; i < 3; i++) pair.sends(message(10 + i));
    assertThat(pair.next().acks()).hasSize(2);
    assertThat(pair.next().acks()).hasSize(1);
  }

  @Test
  void sendsAMessageThatIsLargerThanAPayloadShouldBe() {
    Pair pair = new Pair(Pair.SPEC.withPayloadBytesMax(10), Mode.BATCH);
    Message message = pair.append(1);

    assertThat(pair.next().messages()).containsExactly(message);
  }

  @Test
  void passesOnWhatIsNewToTheRestOfTheGroup() {
    Pair pair = Pair.of(Mode.BATCH);
    pair.node.addPeer(GROUP, 8, Mode.BATCH);
    pair.sends(message(1));

    assertThat(pair.next(8)).isEqualTo(SamplePayloads.of(message(1)));
    pair.sends(message(1));
    pair.node.onPayload(8, ack(message(1).id()), pair.epoch);
    pair.next();
    assertThat(pair.wakeUp()).isEqualTo(NEVER);

    Pair silent = new Pair(Pair.SPEC.withForwards(false), Mode.BATCH);
    silent.node.addPeer(GROUP, 8, Mode.BATCH);
    silent.sends(message(1));
    assertThat(silent.next(8)).isNull();
  }

  @Test
  void takesAMessageFromAPeerForASignThatItHasIt() {
    Pair pair = Pair.of(Mode.BATCH);
    Message message = pair.append(1);
    pair.sends(message);
    pair.next();

    assertThat(pair.wakeUp()).isEqualTo(NEVER);
  }

  @Test
  void requestsFromNobodyWhatHasCome() {
    Pair pair = Pair.of(Mode.INTERACTIVE);
    pair.node.addPeer(GROUP, 8, Mode.INTERACTIVE);
    Message message = message(1);
    pair.offers(message.id());
    pair.node.onPayload(8, offer(message), pair.epoch);
    pair.next();
    pair.sends(message);

    assertThat(pair.next(8)).isEqualTo(offer(message));
  }

  @Test
  void asksTheWholeGroupForAMessage() {
    Pair pair = Pair.of(Mode.BATCH);
    pair.node.addPeer(GROUP, 8, Mode.BATCH);
    pair.node.request(GROUP, digest(4), pair.epoch);

    assertThat(pair.node.onEpoch(1))
        .containsExactly(
            new Outgoing(PEER, request(digest(4))), new Outgoing(8, request(digest(4))));
    pair.epoch = 1;
    Message held = pair.append(2);
    pair.acks(held.id());
    pair.node.request(GROUP, held.id(), pair.epoch);
    assertThat(pair.next().requests()).containsExactly(digest(4));
  }

  @Test
  void answersARequestForAnyMessageOfACommonGroup() {
    Pair pair = Pair.of(Mode.BATCH);
    Message message = pair.append(1);
    pair.acks(message.id());
    pair.requests(message.id(), digest(9));
    assertThat(pair.next()).isEqualTo(SamplePayloads.of(message));

    Message secret = Message.of(digest(2), 1, new byte[3], Metadata.NONE);
    pair.acks(message.id());
    pair.node.append(secret, pair.epoch);
    pair.requests(secret.id());
    assertThat(pair.next()).isNull();
  }

  @Test
  void takesNothingFromWhoHasNoPartInTheGroup() {
    Pair pair = Pair.of(Mode.BATCH);
    assertThat(pair.node.onPayload(99, SamplePayloads.of(message(1)), 0)).isEmpty();
    assertThat(pair.sends(Message.of(digest(2), 1, new byte[1], Metadata.NONE))).isEmpty();

    assertThat(pair.wakeUp()).isEqualTo(NEVER);
  }

  @Test
  void sendsAnEphemeralMessageOnceAndForgetsIt() {
    Pair pair = Pair.of(Mode.INTERACTIVE);
    Message message = message(1, Metadata.EPHEMERAL);
    pair.node.append(message, pair.epoch);

    assertThat(pair.store.holds(message.id())).isFalse();
    assertThat(pair.wakeUp()).hasValue(1);
    assertThat(pair.next()).isEqualTo(SamplePayloads.of(message));
    assertThat(pair.wakeUp()).isEqualTo(NEVER);
    assertThat(pair.append(2).metadata().parents()).isEmpty();
  }

  @Test
  void deliversAnEphemeralMessageAndSaysNothing() {
    Pair pair = Pair.of(Mode.BATCH);
    pair.node.addPeer(GROUP, 8, Mode.BATCH);
    Message message = message(1, Metadata.EPHEMERAL);

    assertThat(pair.sends(message)).containsExactly(message);
    assertThat(pair.wakeUp()).isEqualTo(NEVER);
    assertThat(pair.store.holds(message.id())).isFalse();
    assertThat(pair.append(2).metadata().parents()).isEmpty();
  }

  @Test
  void namesAsParentsWhatHasNoChildren() {
    Pair pair = Pair.of(Mode.BATCH);
    Message first = pair.append(1);
    Message second = pair.append(2);
    assertThat(second.metadata().parents()).containsExactly(first.id());

    pair.sends(message(3, first.id()));
    assertThat(pair.append(4).metadata().parents()).containsExactly(second.id(), message(3).id());
    for (int i = 100; i < 400; i++) pair.sends(Message.of(GROUP, i, new byte[0], Metadata.NONE));
    assertThat(pair.append(5).metadata().parents()).hasSize(256);
    assertThat(pair.append(6).metadata().parents()).hasSize(46);
  }

  @Test
  void sendsAPeerThatLeavesNothingMore() {
    Pair pair = Pair.of(Mode.BATCH);
    Message other = Message.of(digest(2), 9, new byte[0], Metadata.NONE);
    pair.node.addPeer(digest(2), PEER, Mode.BATCH);
    pair.append(1);
    pair.node.append(message(2, Metadata.EPHEMERAL), pair.epoch);
    pair.node.append(other, pair.epoch);
    pair.offers(digest(5));

    pair.node.removePeer(GROUP, PEER);
    pair.node.removePeer(GROUP, PEER);
    assertThat(pair.next())
        .isEqualTo(new Payload(List.of(), List.of(), List.of(digest(5)), List.of(other)));
    pair.node.removePeer(digest(2), PEER);
    assertThat(pair.wakeUp()).isEqualTo(NEVER);
    assertThat(pair.store.records()).isEmpty();
    assertThat(pair.store.memberships()).isEmpty();
    assertThat(pair.sends(message(3))).isEmpty();
  }

  @Test
  void forgetsWhatTheStoreHasDropped() {
    StoredRecord record = new StoredRecord(0, RecordType.MESSAGE, PEER, digest(4), 0, 1);
    MemoryMvdsStore store = new MemoryMvdsStore();
    store.apply(
        new StoreChange(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(record), List.of()));
    MvdsNode node = new MvdsNode(Pair.SPEC, store);

    assertThat(node.nextWakeUp()).hasValue(1);
    assertThat(node.onEpoch(1)).isEmpty();
    assertThat(node.nextWakeUp()).isEqualTo(NEVER);
    assertThat(store.records()).isEmpty();
  }

  @Test
  void doesNotTakeAScheduleThatStandsStill() {
    Pair pair = new Pair(Pair.SPEC.withSchedule((count, epoch) -> epoch), Mode.BATCH);
    pair.append(1);
    assertThatThrownBy(pair::next).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Pair.SPEC.withPayloadBytesMax(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
