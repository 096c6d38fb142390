package org.tidelog.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.follow.FollowOutcome;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.page.IndexChild;
import org.tidelog.log.page.IndexNode;
import org.tidelog.log.page.IndexRoot;
import org.tidelog.log.page.Page;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.node.folder.FolderStore;

/**
 * What a reader reads who comes back: after one message, after ten thousand, and into the middle of
 * a large log in a mirror's folder.
 *
 * <p>Arguments: a folder, not used. The last figure is printed by {@link ScaleBenchmark}.
 */
public final class ComingBack {
  private static final int SHORT = 70;
  private static final int LONG = 256;

  /** More than may ride in a record: everything up to it is in pages. */
  private static final int CUT = 4096;

  private ComingBack() {}

  /** Prints a table. */
  public static void main(String[] words) {
    heading();
    afterOne();
    afterMany(10_000);
  }

  private static void heading() {
    System.out.printf(
        "%n| a reader who comes back | blocks | bytes | of the payload |%n|---|---|---|---|%n");
  }

  private static void afterOne() {
    MemoryMirror mirror = new MemoryMirror(1000, SHORT);
    mirror.append(1, CUT);
    mirror.publish();
    MemoryLogStore reader = new MemoryLogStore();
    mirror.follow(reader);
    mirror.append(1, SHORT);
    mirror.publish();
    print("after one message of 70 bytes, those before in pages", mirror.follow(reader), SHORT);
  }

  private static void afterMany(int messages) {
    MemoryMirror mirror = new MemoryMirror(1000, LONG);
    MemoryLogStore reader = new MemoryLogStore();
    mirror.follow(reader);
    mirror.append(messages, LONG);
    mirror.publish();
    String what = String.format(Locale.ROOT, "after %,d messages of 256 bytes", messages);
    print(what, mirror.follow(reader), (long) messages * LONG);
  }

  private static void print(String what, FollowOutcome outcome, long payload) {
    print(what, outcome.blocksRead(), outcome.bytesRead(), payload);
  }

  private static void print(String what, long blocks, long bytes, long payload) {
    System.out.printf(
        Locale.ROOT, "| %s | %d | %,d | %.3f |%n", what, blocks, bytes, bytes / (double) payload);
  }

  /** Goes from the record to the entry in the middle of the one log in a mirror's folder. */
  static void intoTheMiddle(Path mirror) throws IOException, MalformedException {
    FolderStore folder = new FolderStore(mirror);
    IpnsName name;
    try (var names = Files.list(mirror.resolve("names"))) {
      name = IpnsName.parse(names.findFirst().orElseThrow().getFileName().toString());
    }
    byte[] record = folder.get(name).orElseThrow();
    RemoteHead remote = RemoteHead.parse(name, IpnsRecord.parse(record));
    long position = remote.head().size() / 2;
    byte[] root = block(folder, remote.index().orElseThrow());
    long bytes = (long) record.length + root.length;
    long blocks = 1;
    List<IndexChild> children = IndexRoot.parse(root).children();
    while (true) {
      IndexChild child =
          children.stream().filter(c -> position < c.end()).findFirst().orElseThrow();
      byte[] block = block(folder, child.cid());
      blocks++;
      bytes += block.length;
      if (child.level() == 0) {
        Page.parse(block);
        break;
      }
      children = IndexNode.parse(block, child).children();
    }
    String what =
        String.format(
            Locale.ROOT, "into the middle of %,d messages, one of them", remote.head().size());
    heading();
    print(what, blocks, bytes, bytes);
  }

  private static byte[] block(FolderStore folder, Cid cid) throws IOException {
    return folder.get(cid, Limits.PAGE_BYTES_MAX).orElseThrow();
  }
}
