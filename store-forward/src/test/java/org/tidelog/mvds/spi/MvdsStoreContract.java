package org.tidelog.mvds.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidelog.mvds.wire.SamplePayloads.digest;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.wire.Message;
import org.tidelog.mvds.wire.Metadata;

/** What every {@link MvdsStore} does. An adapter's test extends this. */
public abstract class MvdsStoreContract {
  private static final Digest GROUP = digest(1);
  private static final StoreChange NOTHING =
      new StoreChange(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  protected MvdsStore store;

  /** A new store with nothing in it. */
  protected abstract MvdsStore create() throws Exception;

  /** The store as it is after a restart; itself where it does not outlive one. */
  protected MvdsStore reopen(MvdsStore before) throws Exception {
    return before;
  }

  @BeforeEach
  final void createStore() throws Exception {
    store = create();
  }

  private static Message message(int number, Digest... parents) {
    return Message.of(GROUP, number, new byte[] {(byte) number}, Metadata.of(List.of(parents)));
  }

  private void hold(Message... messages) {
    store.apply(
        new StoreChange(
            List.of(), List.of(), List.of(messages), List.of(), List.of(), List.of(), List.of()));
  }

  @Test
  void isEmptyAtFirst() throws Exception {
    assertThat(NOTHING.isEmpty()).isTrue();
    store.apply(NOTHING);
    store = reopen(store);

    assertThat(store.memberships()).isEmpty();
    assertThat(store.records()).isEmpty();
    assertThat(store.undelivered()).isEmpty();
    assertThat(store.childless(GROUP)).isEmpty();
    assertThat(store.holds(GROUP)).isFalse();
    assertThat(store.message(GROUP)).isEmpty();
  }

  @Test
  void keepsMembershipsInTheOrderInWhichTheyCame() throws Exception {
    Membership first = new Membership(GROUP, 7, Mode.BATCH);
    Membership second = new Membership(digest(2), 3, Mode.INTERACTIVE);
    Membership third = new Membership(GROUP, 1, Mode.BATCH);
    store.apply(memberships(List.of(first, second, third), List.of()));
    store = reopen(store);
    assertThat(store.memberships()).containsExactly(first, second, third);

    Membership changed = new Membership(GROUP, 7, Mode.INTERACTIVE);
    store.apply(memberships(List.of(changed), List.of(second)));
    store = reopen(store);
    assertThat(store.memberships()).containsExactly(changed, third);
  }

  private static StoreChange memberships(List<Membership> joined, List<Membership> left) {
    return new StoreChange(joined, left, List.of(), List.of(), List.of(), List.of(), List.of());
  }

  @Test
  void keepsRecordsByTheirNumbers() throws Exception {
    StoredRecord first = new StoredRecord(4, RecordType.OFFER, 1, digest(3), 0, 9);
    StoredRecord second = new StoredRecord(5, RecordType.REQUEST, 2, digest(3), 0, -1);
    store.apply(records(List.of(first, second), List.of()));
    StoredRecord sent = new StoredRecord(4, RecordType.OFFER, 1, digest(3), 1, 11);
    store.apply(records(List.of(sent), List.of(5L, 77L)));
    store = reopen(store);

    assertThat(store.records()).containsExactly(sent);
  }

  private static StoreChange records(List<StoredRecord> records, List<Long> removed) {
    return new StoreChange(List.of(), List.of(), List.of(), List.of(), List.of(), records, removed);
  }

  @Test
  void givesBackMessages() throws Exception {
    Message message = message(1, digest(8));
    hold(message);
    store = reopen(store);

    assertThat(store.holds(message.id())).isTrue();
    assertThat(store.message(message.id())).contains(message);
  }

  @Test
  void knowsWhichMessagesHaveNoChildren() throws Exception {
    Message root = message(1);
    Message other = message(2);
    Message child = message(4, message(3).id(), root.id());
    Message ephemeral = Message.of(GROUP, 5, new byte[0], Metadata.EPHEMERAL);
    hold(root, other, ephemeral);
    assertThat(store.childless(GROUP)).containsExactly(root.id(), other.id());

    hold(child);
    // A parent that comes after its child.
    hold(message(3));
    store = reopen(store);
    assertThat(store.childless(GROUP)).containsExactly(other.id(), child.id());
    assertThat(store.childless(digest(2))).isEmpty();
  }

  @Test
  void knowsWhatWaitsForItsParents() throws Exception {
    Message first = message(1, digest(8));
    Message second = message(2, digest(9));
    Undelivered one = new Undelivered(second.id(), 3);
    Undelivered other = new Undelivered(first.id(), 4);
    store.apply(undelivered(List.of(second, first), List.of(one, other), List.of()));
    store = reopen(store);
    assertThat(store.undelivered()).containsExactly(one, other);

    store.apply(undelivered(List.of(), List.of(), List.of(second.id())));
    store = reopen(store);
    assertThat(store.undelivered()).containsExactly(other);
    assertThat(store.holds(second.id())).isTrue();
  }

  private static StoreChange undelivered(
      List<Message> held, List<Undelivered> waiting, List<Digest> delivered) {
    return new StoreChange(List.of(), List.of(), held, waiting, delivered, List.of(), List.of());
  }
}
