package org.tidelog.node;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.replicator.conversation.Pending;

/**
 * Appends many entries in groups: large enough that the disk is not waited for, small enough to
 * hold in memory.
 */
final class Importing {
  private static final int GROUP_ENTRIES_MAX = 8192;
  private static final long GROUP_BYTES_MAX = 4 * 1024 * 1024;

  private final Core core;
  private final Appending appending;
  private final Function<Draft, Pending> preparing;
  private final String label;
  private long entries;
  private long bytes;
  private long firstSeq = -1;
  private long lastSeq = -1;

  Importing(Core core, Appending appending, Function<Draft, Pending> preparing, String label) {
    this.core = core;
    this.appending = appending;
    this.preparing = preparing;
    this.label = label;
  }

  ImportReport run(Iterator<Draft> drafts, Progress progress) {
    IpnsName name = core.locked(() -> core.ownLog(label).name());
    List<Pending> group = new ArrayList<>();
    long groupBytes = 0;
    while (drafts.hasNext()) {
      Draft next = drafts.next();
      group.add(preparing.apply(next));
      groupBytes += next.payload().length;
      if (group.size() == GROUP_ENTRIES_MAX || groupBytes >= GROUP_BYTES_MAX) {
        commit(group, groupBytes, progress);
        group.clear();
        groupBytes = 0;
      }
    }
    commit(group, groupBytes, progress);
    return new ImportReport(name, entries, bytes, firstSeq, lastSeq);
  }

  private void commit(List<Pending> group, long groupBytes, Progress progress) {
    if (group.isEmpty()) return;
    List<Receipt> receipts = appending.append(label, List.copyOf(group));
    if (firstSeq < 0) firstSeq = receipts.get(0).seq();
    lastSeq = receipts.get(receipts.size() - 1).seq();
    entries += group.size();
    bytes += groupBytes;
    progress.at("importing", entries, -1);
  }
}
