package org.tidelog.benchmarks.crash;

import static org.tidelog.benchmarks.crash.Ledger.require;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.entry.Head;
import org.tidelog.log.page.IndexChild;
import org.tidelog.log.page.IndexNode;
import org.tidelog.log.page.IndexRoot;
import org.tidelog.log.page.Page;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.node.FetchOptions;
import org.tidelog.node.FetchReport;
import org.tidelog.node.InitOptions;
import org.tidelog.node.Invitation;
import org.tidelog.node.Progress;
import org.tidelog.node.PublishOptions;
import org.tidelog.node.Receipt;
import org.tidelog.node.Tidelog;
import org.tidelog.node.TidelogOptions;
import org.tidelog.node.VerifyReport;
import org.tidelog.node.folder.FolderStore;

/**
 * What has to hold of a scene after anything: everything acknowledged is there and verifies, the
 * mirror is whole for a reader as it is, and after the next publication it leads to all of its
 * pages and holds no text that was deleted.
 */
final class Check {
  private static final int BLOCK_BYTES_MAX = 2 << 20;

  private final Scene scene;
  private final Ledger ledger;

  Check(Scene scene, Ledger ledger) {
    this.scene = scene;
    this.ledger = ledger;
  }

  /** Both devices and the mirror. */
  void all() throws IOException {
    reader(false);
    writer();
    mirror();
    reader(true);
  }

  /** The writing device opens, verifies, has everything, and publishes. */
  void writer() throws IOException {
    try (Tidelog home = scene.open(scene.writer())) {
      verified(home, true);
      ledger.compare(home, true);
      heads();
      home.publish(null, new PublishOptions(true, false), Progress.none());
    }
  }

  /** The reading device gets whatever the mirror's records promise. */
  private void reader(boolean whole) {
    try (Tidelog home = scene.open(scene.reader())) {
      fetched(home, Files.isDirectory(scene.mirror().resolve("names")));
      ledger.compare(home, whole);
      verified(home, whole);
    }
  }

  /** A home that may have been killed at any point of its making and filling. */
  void other(Path folder, String name, String invitation) {
    if (!Files.exists(folder)) Tidelog.init(folder, InitOptions.defaults());
    try (Tidelog home = scene.open(folder)) {
      home.follow(Words.name(name), "trip");
      if (!home.topic("den").isPresent()) home.join(Invitation.parse(invitation), "den");
      fetched(home, true);
      ledger.compare(home, true);
      verified(home, true);
    }
  }

  /**
   * A copy that may have been killed at any point of its becoming a new device: it has other logs
   * than the one it was copied from, goes on in them, and loses nothing.
   */
  void renewed(Ledger original) throws IOException {
    try (Tidelog home = scene.open(scene.writer());
        Tidelog reader = scene.open(scene.reader())) {
      verified(home, true);
      ledger.compare(home, true);
      for (String label : Scene.TOPICS) {
        Receipt receipt = home.topic(label).orElseThrow().append("and goes on");
        require(!original.knows(receipt.log().text()), "a copy goes on in the log of its original");
        reader.follow(receipt.log(), label);
      }
    }
    require(!ledger.addsTo(original), "a copy was told of entries in the log of its original");
    all();
  }

  /** A CAR file that may have been written over, taken into a home that may have been killed. */
  void carried(Path folder, Path file, long entries) {
    if (!Files.exists(file)) {
      require(entries == 0, "a file that was acknowledged is not there");
      return;
    }
    if (!Files.exists(folder)) Tidelog.init(folder, InitOptions.defaults());
    try (Tidelog home = scene.open(folder)) {
      List<FetchReport> reports = home.importCar(file, "trip", Progress.none());
      whole(reports, true);
      require(
          reports.stream().anyMatch(report -> report.size() >= entries),
          "a file that was acknowledged has less than " + entries + " entries");
      ledger.compare(home, false);
      verified(home, true);
    }
  }

  /** A home that is made of a backup, or was when the process was killed. */
  void restored(Path folder, Path file) {
    if (!Files.exists(folder)) Scene.restore(file, folder);
    try (Tidelog home = Tidelog.open(folder, TidelogOptions.defaults())) {
      ledger.compare(home, true);
      verified(home, true);
      for (String label : Scene.TOPICS) {
        Receipt receipt = home.topic(label).orElseThrow().append("and goes on");
        require(
            !ledger.knows(receipt.log().text()), "a restored home goes on in a log of the old one");
      }
      verified(home, true);
    }
  }

  private static void fetched(Tidelog home, boolean published) {
    whole(home.fetch(null, FetchOptions.defaults(), Progress.none()), published);
  }

  private static void whole(List<FetchReport> reports, boolean published) {
    for (FetchReport report : reports) {
      boolean nothingYet = !published || report.size() == 0;
      require(
          nothingYet || report.problems().isEmpty(),
          "a reader is told of problems: " + report.problems());
      require(nothingYet || report.complete(), "a reader misses entries: " + report);
    }
  }

  static void verified(Tidelog home, boolean whole) {
    for (VerifyReport report : home.verify(null, Progress.none())) {
      require(report.ok(), "verification finds problems: " + report.problems());
      require(!whole || report.missing().isEmpty(), "entries are missing: " + report);
    }
  }

  /** No record promises what the writing device does not have. */
  private void heads() throws IOException {
    for (Path record : files(scene.mirror().resolve("names"))) {
      String name = record.getFileName().toString();
      if (name.startsWith(".tmp-")) continue;
      Head head = remote(record).head();
      String last = ledger.lastOf(name, head.size());
      // Of an index nobody is told the ids; its own publication compares them.
      require(
          last == null || last.equals(head.last().hex()),
          "the mirror's head of " + name + " at " + head.size() + " ends in another entry");
    }
  }

  private static RemoteHead remote(Path record) throws IOException {
    IpnsName name = Words.name(record.getFileName().toString());
    try {
      return RemoteHead.parse(name, IpnsRecord.parse(Files.readAllBytes(record)));
    } catch (MalformedException e) {
      throw new Ledger.Contradiction("a record is damaged: " + e.getMessage());
    }
  }

  private void mirror() throws IOException {
    Set<Cid> named = new HashSet<>();
    for (Path record : files(scene.mirror().resolve("names"))) {
      if (!record.getFileName().toString().startsWith(".tmp-")) collect(remote(record), named);
    }
    for (Path file : files(scene.mirror().resolve("blocks"))) {
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      for (String gone : ledger.gone()) {
        require(!text.contains(gone), "deleted and still in the mirror: " + gone);
      }
      String name = file.getFileName().toString();
      boolean finished = !name.startsWith(".tmp-");
      require(
          !finished || !isPage(bytes) || named.contains(cid(name)),
          "a page that nothing names is in the mirror: " + name);
    }
  }

  private void collect(RemoteHead remote, Set<Cid> named) {
    if (!remote.index().isPresent()) return;
    FolderStore store = new FolderStore(scene.mirror());
    try {
      byte[] root = store.get(remote.index().get(), BLOCK_BYTES_MAX).orElseThrow();
      named.add(remote.index().get());
      for (IndexChild child : IndexRoot.parse(root).children()) {
        collect(store, child, named);
      }
    } catch (IOException | MalformedException e) {
      throw new Ledger.Contradiction("the mirror's index is damaged: " + e.getMessage());
    }
  }

  private static void collect(FolderStore store, IndexChild child, Set<Cid> named)
      throws IOException, MalformedException {
    named.add(child.cid());
    if (child.level() == 0) return;
    byte[] node = store.get(child.cid(), BLOCK_BYTES_MAX).orElseThrow();
    for (IndexChild below : IndexNode.parse(node, child).children()) {
      collect(store, below, named);
    }
  }

  private static boolean isPage(byte[] block) {
    try {
      Page.parse(block);
      return true;
    } catch (MalformedException e) {
      return false;
    }
  }

  private static Cid cid(String name) {
    try {
      return Cid.parse(name);
    } catch (MalformedException e) {
      throw new Ledger.Contradiction("a file of no name for a block: " + name);
    }
  }

  static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) return List.of();
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
