package org.tidelog.mvds.spi;

import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.wire.Message;

/**
 * The state of one node. The machine reads all of it but the messages when it begins; of those it
 * asks for one at a time, so that bodies need not be in memory. Owned by the machine's thread.
 *
 * <p>An adapter may throw unchecked exceptions of its own where storage fails. The machine is then
 * of no more use, and a new one is made from what the store has.
 */
public interface MvdsStore {
  /** In the order in which they were joined. */
  List<Membership> memberships();

  /** In any order. */
  List<StoredRecord> records();

  /** In the order in which they came. */
  List<Undelivered> undelivered();

  Optional<Message> message(Digest id);

  boolean holds(Digest id);

  /**
   * Messages of the group that are held, not ephemeral, and that no held message names as a parent;
   * those that came first are first.
   */
  List<Digest> childless(Digest group);

  /**
   * Keeps the change. When it returns the change is as durable as the caller asks of this store.
   */
  void apply(StoreChange change);
}
