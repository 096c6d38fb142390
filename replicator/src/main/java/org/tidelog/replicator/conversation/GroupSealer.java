package org.tidelog.replicator.conversation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.seal.EpochKey;
import org.tidelog.crypto.seal.LogSealer;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.NewEntry;

/**
 * Seals the entries of a group, on all processors where there are many: sealing is most of what
 * importing into a private topic costs. Owned by whoever holds the home's lock.
 */
final class GroupSealer {
  private static final int EPOCH = 0;

  /** Entries that are worth another thread: about two milliseconds of sealing. */
  private static final int PART_ENTRIES = 512;

  private final EpochKey key;
  private final IpnsName log;
  private final LogSealer sealer;

  GroupSealer(EpochKey key, IpnsName log) {
    this.key = key;
    this.log = log;
    this.sealer = new LogSealer(key, log);
  }

  /** The same entries with sealed payloads, the first of them at position {@code first}. */
  List<NewEntry> seal(List<NewEntry> open, long first) {
    if (open.size() < 2 * PART_ENTRIES) return seal(open, first, sealer);
    int parts = (open.size() + PART_ENTRIES - 1) / PART_ENTRIES;
    List<List<NewEntry>> sealed = new ArrayList<>(Collections.nCopies(parts, List.of()));
    IntStream.range(0, parts)
        .parallel()
        .forEach(
            part -> {
              int from = part * PART_ENTRIES;
              List<NewEntry> slice = open.subList(from, Math.min(from + PART_ENTRIES, open.size()));
              // A sealer is one thread's.
              sealed.set(part, seal(slice, first + from, new LogSealer(key, log)));
            });
    List<NewEntry> all = new ArrayList<>(open.size());
    sealed.forEach(all::addAll);
    return all;
  }

  private static List<NewEntry> seal(List<NewEntry> open, long first, LogSealer sealer) {
    List<NewEntry> sealed = new ArrayList<>(open.size());
    long seq = first;
    for (NewEntry entry : open) {
      byte[] stored = sealer.seal(seq++, EPOCH, entry.stored());
      sealed.add(
          new NewEntry(
              entry.kind(),
              entry.timeMillis(),
              entry.flags() | Flags.SEALED,
              entry.expiryMillis(),
              entry.parents(),
              stored));
    }
    return sealed;
  }
}
