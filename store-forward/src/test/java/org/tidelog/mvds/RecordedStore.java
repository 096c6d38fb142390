package org.tidelog.mvds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.memory.MemoryMvdsStore;
import org.tidelog.mvds.spi.Membership;
import org.tidelog.mvds.spi.MvdsStore;
import org.tidelog.mvds.spi.StoreChange;
import org.tidelog.mvds.spi.StoredRecord;
import org.tidelog.mvds.spi.Undelivered;
import org.tidelog.mvds.wire.Message;

/** A store that remembers how it came about, and so can be made again. */
final class RecordedStore implements MvdsStore {
  private final MvdsStore store = new MemoryMvdsStore();
  private final List<StoreChange> changes = new ArrayList<>();

  /** Another store with the same in it. */
  RecordedStore copy() {
    RecordedStore copy = new RecordedStore();
    changes.forEach(copy::apply);
    return copy;
  }

  @Override
  public void apply(StoreChange change) {
    changes.add(change);
    store.apply(change);
  }

  @Override
  public List<Membership> memberships() {
    return store.memberships();
  }

  @Override
  public List<StoredRecord> records() {
    return store.records();
  }

  @Override
  public List<Undelivered> undelivered() {
    return store.undelivered();
  }

  @Override
  public Optional<Message> message(Digest id) {
    return store.message(id);
  }

  @Override
  public boolean holds(Digest id) {
    return store.holds(id);
  }

  @Override
  public List<Digest> childless(Digest group) {
    return store.childless(group);
  }
}
