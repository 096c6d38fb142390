package org.tidelog.mvds.spi;

import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.wire.Message;

/**
 * What one input of the machine changes: kept whole or not at all. Within each list the order is
 * that of the events; memberships and records that leave do so before others come, except that a
 * record may come and leave in one change, and is then in {@code removed} alone.
 *
 * @param joined memberships that are new, or have another mode
 * @param left memberships that end
 * @param held messages that are new here
 * @param undelivered those of {@code held} that wait for their parents
 * @param delivered messages that waited and do so no more
 * @param records records that are new or were sent, as they are now
 * @param removed numbers of records that are done
 */
public record StoreChange(
    List<Membership> joined,
    List<Membership> left,
    List<Message> held,
    List<Undelivered> undelivered,
    List<Digest> delivered,
    List<StoredRecord> records,
    List<Long> removed) {

  public boolean isEmpty() {
    return joined.isEmpty()
        && left.isEmpty()
        && held.isEmpty()
        && undelivered.isEmpty()
        && delivered.isEmpty()
        && records.isEmpty()
        && removed.isEmpty();
  }
}
