package org.tidelog.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.local.LocalLog;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.page.PageLimits;
import org.tidelog.log.publish.Publisher;
import org.tidelog.log.read.Entries;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.StoredSlice;

/** A device with one log and its publisher. */
public final class TestHome {
  public final Signer signer;
  public final MemoryLogStore store = new MemoryLogStore();
  public LocalLog log;
  public Publisher publisher;

  public TestHome(int seed) {
    this.signer = TestLogs.signer(seed);
    this.log = LocalLog.open(signer, store);
    this.publisher = publisher();
  }

  private Publisher publisher() {
    return new Publisher(log, signer, TestLogs.VERIFIER, store, PageLimits.DEFAULT);
  }

  public IpnsName name() {
    return log.name();
  }

  /** As after a restart: only what is stored is known. */
  public void reopen() {
    log = LocalLog.open(signer, store);
    publisher = publisher();
  }

  public void append(List<NewEntry> entries, long nowMillis) {
    LocalLog.Group group = log.prepare(entries, nowMillis);
    store.commit(List.of(group.change()));
    log.committed(group);
  }

  public void appendAny(Random random, int count, int payloadBytesMax, long nowMillis) {
    append(TestLogs.anyEntries(random, log.size(), count, payloadBytesMax), nowMillis);
  }

  /** Drops payloads here, as a deletion does. */
  public void drop(SeqRange range) {
    LogChange change = new LogChange(name());
    for (StoredSlice stored : store.slices(name(), range.from(), range.to(), Long.MAX_VALUE)) {
      change.put(
          new StoredSlice(
              stored.outline(),
              stored
                  .slice()
                  .withoutPayloads(name(), seq -> range.from() <= seq && seq < range.to())));
    }
    store.commit(List.of(change));
    publisher.onDropped(SeqRanges.none().with(range));
  }

  /** What is stored of a log: ids and payloads, in order. */
  public static List<String> contents(IpnsName name, LogStore store) {
    List<String> contents = new ArrayList<>();
    Entries entries = new Entries(name, store, 0, Long.MAX_VALUE);
    while (entries.hasNext()) {
      Entry entry = entries.next();
      String payload = entry.payload().map(TestHome::hash).orElse("gone");
      contents.add(entry.seq() + " " + entry.id().hex() + " " + payload);
    }
    return contents;
  }

  private static String hash(byte[] payload) {
    return Sha256.hash(payload).hex();
  }

  public List<String> contents() {
    return contents(name(), store);
  }
}
