package org.tidelog.mvds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tidelog.mvds.Pair.GROUP;
import static org.tidelog.mvds.Pair.PEER;
import static org.tidelog.mvds.Pair.message;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelog.mvds.spi.Mode;
import org.tidelog.mvds.wire.Message;
import org.tidelog.mvds.wire.Metadata;
import org.tidelog.mvds.wire.Payload;
import org.tidelog.mvds.wire.SamplePayloads;

/** Each divergence of the Go implementation by itself; {@link MvdsNodeTest} has what is without. */
final class DivergencesTest {
  @Test
  void keepsTheOfferWhenItIsRequested() {
    Pair pair = Pair.of(Mode.INTERACTIVE, Divergence.OFFER_KEPT_ON_REQUEST);
    Message message = pair.append(1);
    pair.requests(message.id());

    assertThat(pair.next())
        .isEqualTo(new Payload(List.of(), List.of(message.id()), List.of(), List.of(message)));
    pair.acks(message.id());
    assertThat(pair.wakeUp()).isEmpty();
  }

  @Test
  void leavesAnOfferOfWhatItHasUnanswered() {
    Pair pair = Pair.of(Mode.INTERACTIVE, Divergence.HELD_OFFER_UNACKNOWLEDGED);
    Message message = message(1);
    pair.sends(message);
    pair.next();
    pair.offers(message.id());

    assertThat(pair.wakeUp()).isEmpty();
  }

  @Test
  void addsARecordForEachEvent() {
    Pair pair = Pair.of(Mode.INTERACTIVE, Divergence.DUPLICATE_RECORDS);
    Message message = pair.append(1);
    pair.requests(message.id(), message.id());
    pair.requests(message.id());

    assertThat(pair.next()).isEqualTo(SamplePayloads.of(message, message, message));
    pair.sends(message(2), message(2));
    assertThat(pair.next().acks()).containsExactly(message(2).id(), message(2).id());
    pair.acks(message.id());
    assertThat(pair.wakeUp()).isEmpty();
  }

  @Test
  void passesADuplicateOnToTheGroup() {
    Pair pair = Pair.of(Mode.BATCH, Divergence.DUPLICATE_MESSAGE_FORWARDED);
    pair.node.addPeer(GROUP, 8, Mode.BATCH);
    Message message = message(1);
    pair.sends(message);
    pair.next();
    Payload ack = new Payload(List.of(message.id()), List.of(), List.of(), List.of());
    pair.node.onPayload(8, ack, pair.epoch);
    assertThat(pair.wakeUp()).isEmpty();

    pair.sends(message);
    assertThat(pair.next(8).messages()).containsExactly(message);
  }

  @Test
  void answersNothingWithNothing() {
    Pair pair = Pair.of(Mode.BATCH, Divergence.EMPTY_REPLY);
    pair.acks();

    assertThat(pair.next().records()).isZero();
    assertThat(pair.next()).isNull();
  }

  @Test
  void goesOnRequestingFromOthersWhatHasCome() {
    Pair pair = Pair.of(Mode.INTERACTIVE, Divergence.REQUEST_KEPT_ELSEWHERE);
    pair.node.addPeer(GROUP, 8, Mode.INTERACTIVE);
    Message message = message(1);
    Payload offer = new Payload(List.of(), List.of(message.id()), List.of(), List.of());
    pair.node.onPayload(8, offer, pair.epoch);
    pair.sends(message);

    assertThat(pair.next(8).requests()).containsExactly(message.id());
  }

  @Test
  void offersEphemeralMessages() {
    Pair pair = Pair.of(Mode.INTERACTIVE, Divergence.EPHEMERAL_OFFERED);
    Message message = message(1, Metadata.EPHEMERAL);
    pair.node.append(message, pair.epoch);

    assertThat(pair.next().offers()).containsExactly(message.id());
    pair.requests(message.id());
    assertThat(pair.next().messages()).containsExactly(message);
    assertThat(pair.wakeUp()).isEmpty();
  }

  @Test
  void repeatsEphemeralMessagesThatNobodyAcknowledges() {
    Pair pair = Pair.of(Mode.INTERACTIVE, Divergence.EPHEMERAL_REPEATED);
    Message message = message(1, Metadata.EPHEMERAL);
    pair.node.append(message, pair.epoch);

    assertThat(pair.next().messages()).containsExactly(message);
    assertThat(pair.next().messages()).containsExactly(message);
  }

  @Test
  void sendsANewRecordAnEpochLater() {
    Pair pair = Pair.of(Mode.BATCH, Divergence.NEW_RECORD_DELAYED);
    pair.append(1);

    assertThat(pair.wakeUp()).hasValue(2);
    assertThat(pair.next()).isNull();
    assertThat(pair.next().messages()).hasSize(1);
  }

  /** An interactive message never leaves: its offer is where its message should be. */
  @Test
  void hasNoPlaceForAMessageWhereAnOfferIs() {
    Pair pair =
        Pair.of(Mode.INTERACTIVE, Divergence.RECORD_COLLISION, Divergence.OFFER_KEPT_ON_REQUEST);
    Message message = pair.append(1);
    pair.requests(message.id());

    assertThat(pair.next().messages()).isEmpty();
  }

  @Test
  void areChosenOneByOne() {
    Dialect some = Dialect.HEAD.without(Divergence.EMPTY_REPLY);

    assertThat(some.with(Divergence.EMPTY_REPLY)).isEqualTo(Dialect.HEAD);
    assertThat(some.has(Divergence.EMPTY_REPLY)).isFalse();
    assertThat(Dialect.HEAD.divergences()).hasSize(Divergence.values().length - 1);
    assertThat(Dialect.SPEC.divergences()).isEmpty();
    assertThatThrownBy(() -> Dialect.HEAD.with(Divergence.RECORD_COLLISION))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new Pair(MvdsSettings.head(), Mode.BATCH).node.onPayload(PEER, empty(), 0))
        .isEmpty();
  }

  private static Payload empty() {
    return new Payload(List.of(), List.of(), List.of(), List.of());
  }
}
