package org.tidelog.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.read.Entries;
import org.tidelog.replicator.conversation.LogKeys;

/**
 * What this device's index of a topic says now, and which of its entries have had their day. A line
 * that a later one replaced may carry text that was deleted since, and makes the index grow for
 * nothing. Runs with the home's lock held.
 */
final class IndexListing {
  private final Core core;
  private final IpnsName index;
  private final Map<IpnsName, Place> newest = new LinkedHashMap<>();
  private final NavigableMap<Long, Page> pages = new TreeMap<>();
  private final NavigableMap<Long, Boolean> controls = new TreeMap<>();

  /** Where a log was listed last, and the hash of its line there. */
  private record Place(long seq, Digest line) {}

  /** An entry: whose lines it holds, and whether one of them carries what was deleted. */
  private static final class Page {
    final List<IpnsName> logs = new ArrayList<>();
    boolean spoilt;
  }

  IndexListing(Core core, IpnsName index, LogKeys keys, long size) {
    this.core = core;
    this.index = index;
    Entries entries = new Entries(index, core.store, 0, size);
    while (entries.hasNext()) {
      Entry entry = entries.next();
      if (entry.kind() != EntryKind.DATA) {
        controls.put(entry.seq(), true);
      } else if (entry.payload().isPresent()) {
        read(entry.seq(), TopicIndex.read(keys.open(entry)));
      }
    }
  }

  private void read(long seq, List<TopicIndex.Line> lines) {
    Page page = new Page();
    pages.put(seq, page);
    for (TopicIndex.Line line : lines) {
      page.logs.add(line.log());
      page.spoilt |= isSpoilt(line);
      newest.put(line.log(), new Place(seq, line.hash()));
    }
  }

  private boolean isSpoilt(TopicIndex.Line line) {
    if (line.record().length == 0) return false;
    SeqRanges deleted = core.book.facts(line.log()).deleted();
    try {
      RemoteHead head = RemoteHead.parse(line.log(), IpnsRecord.parse(line.record()));
      return head.tail()
          .map(tail -> !tail.unwanted(deleted, core.trustedMillis()).isEmpty())
          .orElse(false);
    } catch (MalformedException e) {
      return true; // Nobody can use it.
    }
  }

  /**
   * What is to change.
   *
   * @param lines to be listed anew
   * @param gone entries nobody needs once that is done
   */
  record Change(List<TopicIndex.Line> lines, SeqRanges gone) {}

  /** What makes the index say these lines, and of no log what has been replaced. */
  Change to(Map<IpnsName, TopicIndex.Line> wanted) {
    Map<IpnsName, TopicIndex.Line> fresh = new LinkedHashMap<>();
    wanted.forEach(
        (name, line) -> {
          @Nullable Place place = newest.get(name);
          if (place == null || !place.line.equals(line.hash())) fresh.put(name, line);
        });
    List<SeqRange> gone = new ArrayList<>();
    pages.forEach(
        (seq, page) -> {
          List<IpnsName> live = new ArrayList<>();
          for (IpnsName log : page.logs) {
            @Nullable Place place = newest.get(log);
            boolean here = place != null && place.seq == seq;
            if (here && wanted.containsKey(log) && !fresh.containsKey(log)) live.add(log);
          }
          boolean replaced = live.size() < page.logs.size();
          // Half of an entry is worth listing the rest anew, and so is text that has to go.
          if (!replaced || (live.size() * 2 > page.logs.size() && !page.spoilt)) return;
          live.forEach(
              log -> Optional.ofNullable(wanted.get(log)).ifPresent(l -> fresh.put(log, l)));
          gone.add(new SeqRange(seq, withControlsBehind(seq)));
        });
    return new Change(new ArrayList<>(fresh.values()), SeqRanges.of(gone));
  }

  /**
   * Names the control entries behind as well, which stay: so that what is deleted is one run and
   * not as many as there were publications.
   */
  private long withControlsBehind(long seq) {
    long end = seq + 1;
    while (controls.containsKey(end)) end++;
    return end;
  }

  @Override
  public String toString() {
    return "listing of " + index.shortText();
  }
}
