package org.tidelog.node.ipfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.car.CarReader;
import org.tidelog.node.cli.Cli;

/** What people do with {@code ipfs} to a log that was exported, or whose blocks a node has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CarFilesOnKuboIT {
  private static final int ENTRIES = 10_000;
  private static final int LINE_BYTES = 200;

  /** Over what an entry holds, so its content is blocks of its own. */
  private static final int LARGE_BYTES = 600_000;

  /** What a leaf of the index says of its block: level, first, end, bytes, CID and more. */
  private static final String OLDEST_CHILD = "/0/4";

  @TempDir static Path folder;
  private KuboNode node;
  private Cli kim;
  private String name;

  /** The CID of the index, and the last of the file's roots. */
  private String index;

  private String contents;
  private Path car;

  /** What the folder mirror holds of the log, index included; not the record. */
  private Set<String> published;

  @BeforeAll
  void exportALog() throws Exception {
    node = KuboNode.started();
    kim = new Cli(folder.resolve("kim"), folder.resolve("mirror"));
    kim.json("init", "--no-passphrase");
    kim.json("topic", "create", "trip");
    importLines("lines", IntStream.range(0, ENTRIES).mapToObj(CarFilesOnKuboIT::line).toList());
    Cli.Result result = kim.json("publish", "trip");
    name = result.text("name");
    index = result.text("root");
    published = blocks(folder.resolve("mirror"));
    car = folder.resolve("trip.car");
    kim.json("export", name, car.toString());
    contents = lastRoot(car);
  }

  @AfterAll
  void endTheNode() throws Exception {
    if (node != null) node.close();
  }

  @Test
  void pinsEveryRootOfAFileThatIsImported() throws Exception {
    try (KuboNode fresh = KuboNode.started()) {
      String said = fresh.ipfs("dag", "import", car.toString());

      assertThat(said).contains(index).contains(contents).doesNotContain("rror");
      assertThat(lines(fresh.ipfs("pin", "ls", "--type=recursive", "--quiet")))
          .contains(index, contents);
    }
  }

  @Test
  void reachesAnOldPageByAPath() throws Exception {
    node.ipfs("dag", "import", car.toString());

    String inner = index + "/children" + OLDEST_CHILD;
    String page = inner + OLDEST_CHILD;

    assertThat(node.ipfs("dag", "get", index + "/children/0/0")).isEqualTo("1");
    assertThat(node.ipfs("dag", "get", inner + "/0/0")).isEqualTo("0");
    assertThat(node.ipfs("dag", "get", inner + "/0/1")).isEqualTo("0");
    String cid = node.ipfs("dag", "resolve", page);
    assertThat(published).contains(cid);
    assertThat(node.bytes("block", "get", cid).out()).isEqualTo(mirrored(cid));
    assertThat(node.ipfs("dag", "get", page + "/1")).startsWith("{\"/\":{\"bytes\":");
  }

  @Test
  void keepsAllButTheRecordWhereTheIndexIsPinned() throws Exception {
    try (KuboNode fresh = KuboNode.started()) {
      fresh.ipfs("dag", "import", "--pin-roots=false", car.toString());
      fresh.ipfs("pin", "add", index);

      fresh.ipfs("repo", "gc");

      assertThat(published).allMatch(cid -> has(fresh, cid));
      assertThat(has(fresh, contents)).isFalse();
      Set<String> reached = new TreeSet<>(lines(fresh.ipfs("refs", "-r", "--unique", index)));
      reached.add(index);
      assertThat(reached).isEqualTo(published);
      assertThat(lines(fresh.ipfs("pin", "ls", "--type=all", "--quiet"))).containsAll(published);
    }
  }

  @Test
  void givesBackAFileThatCanBeImported() throws Exception {
    node.ipfs("dag", "import", car.toString());
    Path exported = folder.resolve("exported.car");
    Files.write(exported, node.bytes("dag", "export", "--progress=false", contents).out());
    Cli lee = new Cli(folder.resolve("lee"), folder.resolve("none"));
    lee.json("init", "--no-passphrase");

    Map<String, Object> taken = lee.json("import-car", exported.toString()).object();

    assertThat(taken)
        .containsEntry("name", name)
        .containsEntry("size", (long) ENTRIES + 1)
        .containsEntry("complete", true);
    assertThat(lee.json("verify", name).object()).containsEntry("ok", true);
  }

  @Test
  void takesLargePayloadsAlong() throws Exception {
    kim.json("topic", "create", "photos", "--open");
    Path large = Files.writeString(folder.resolve("large"), "x".repeat(LARGE_BYTES) + "\n");
    kim.json("import", "photos", large.toString(), "--format", "lines");
    Path first = folder.resolve("photos.car");
    kim.json("export", "photos", first.toString());
    Path second = folder.resolve("photos-exported.car");
    Cli lee = new Cli(folder.resolve("max"), folder.resolve("none"));
    lee.json("init", "--no-passphrase");

    try (KuboNode fresh = KuboNode.started()) {
      fresh.ipfs("dag", "import", first.toString());
      fresh.ipfs("repo", "gc");
      Files.write(second, fresh.bytes("dag", "export", "--progress=false", lastRoot(first)).out());
    }
    String photos = lee.json("import-car", second.toString()).text("name");

    assertThat(lee.json("read", photos).text("text")).hasSize(LARGE_BYTES);
  }

  private void importLines(String file, List<String> lines) throws IOException {
    Path path = Files.write(folder.resolve(file), lines);
    kim.json("import", "trip", path.toString(), "--format", "lines");
  }

  private static String line(int i) {
    String start = "line " + i + " ";
    return start + "x".repeat(LINE_BYTES - start.length());
  }

  private static boolean has(KuboNode node, String cid) {
    try {
      return node.run("block", "stat", "--offline", cid).exitCode() == 0;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> lines(String text) {
    return text.lines().toList();
  }

  private static Set<String> blocks(Path mirror) throws IOException {
    try (Stream<Path> files = Files.walk(mirror.resolve("blocks"))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private byte[] mirrored(String cid) throws IOException {
    String shard = cid.substring(cid.length() - 3, cid.length() - 1);
    return Files.readAllBytes(folder.resolve("mirror/blocks/" + shard + "/" + cid));
  }

  private static String lastRoot(Path car) throws Exception {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(car))) {
      List<Cid> roots = new CarReader(in).header().roots();
      return roots.get(roots.size() - 1).text();
    }
  }
}
