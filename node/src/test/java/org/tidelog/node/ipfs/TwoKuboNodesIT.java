package org.tidelog.node.ipfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.node.cli.Cli;

/** A writer who talks to one Kubo node, and readers who talk to another one, or to its gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TwoKuboNodesIT {
  private static final int LINES = 3_000;

  @TempDir static Path folder;
  private KuboNode one;
  private KuboNode other;
  private Cli writer;
  private String name;
  private String root;

  @BeforeAll
  void publish() throws Exception {
    one = KuboNode.started();
    other = KuboNode.started();
    one.connect(other);
    writer = new Cli(folder.resolve("writer"), folder.resolve("unused"));
    writer.json("init", "--no-passphrase");
    name = writer.json("topic", "create", "trip", "--open").text("name");
    Path lines = folder.resolve("lines");
    Files.write(
        lines, IntStream.range(0, LINES).mapToObj(i -> "line " + i + " ".repeat(99)).toList());
    writer.json("import", "trip", lines.toString(), "--format", "lines");
    writer.json("append", "trip", "the last word");
    Cli.Result published = writer.at(kubo(one)).json("publish", "trip");
    root = published.text("root");
  }

  @AfterAll
  void end() throws Exception {
    if (one != null) one.close();
    if (other != null) other.close();
  }

  private static String kubo(KuboNode node) {
    return "kubo:" + node.rpc();
  }

  private Cli reader(String home) {
    Cli reader = new Cli(folder.resolve(home), folder.resolve("unused"));
    reader.json("init", "--no-passphrase", "--quiet");
    reader.json("follow", name, "--as", "news");
    return reader;
  }

  private static void readsAll(Cli reader, String... layers) {
    Map<String, Object> fetched = reader.at(layers).json("fetch").object();
    assertThat(fetched).containsEntry("complete", true).containsEntry("entries", LINES + 2L);
    assertThat(reader.json("read", "news", "--last", "1").text("text")).isEqualTo("the last word");
    verifies(reader);
  }

  private static void verifies(Cli reader) {
    assertThat(reader.json("verify", "news").object()).containsEntry("ok", true);
  }

  @Test
  void isReadFromAnotherNodeAndThenWithoutTheFirst() throws Exception {
    readsAll(reader("by-rpc"), kubo(other));
    one.kill();
    try {
      readsAll(reader("by-rpc-alone"), kubo(other));
      readsAll(reader("by-gateway-alone"), "gateway:" + other.gateway());
    } finally {
      one.start();
      one.connect(other);
    }
  }

  @Test
  void isReadFromTheFolderThatAnotherReaderHasFilledWhenNoNodeIsLeft() throws Exception {
    String near = Files.createDirectories(folder.resolve("near")).toString();
    readsAll(reader("fills-by-gateway"), near, "gateway:" + one.gateway());
    one.kill();
    try {
      readsAll(reader("without-a-node"), near);
    } finally {
      one.start();
      one.connect(other);
    }
  }

  @Test
  void isReadByNamesFromOneSideAndBlocksFromTheOther() {
    readsAll(reader("by-two"), "delegated:" + other.gateway(), "gateway:" + one.gateway());
  }

  @Test
  void isKeptByThePinOfItsNewestIndexAndNotByOlderOnes() throws Exception {
    String before = writer.at(kubo(one)).json("publish", "trip").text("root");
    Path lines = folder.resolve("more");
    Files.write(lines, IntStream.range(0, 50).mapToObj(i -> "more " + i + " ".repeat(99)).toList());
    writer.json("import", "trip", lines.toString(), "--format", "lines");

    String after = writer.at(kubo(one)).json("publish", "trip").text("root");

    assertThat(after).isNotEqualTo(before);
    assertThat(one.ipfs("pin", "ls", "--type=recursive")).contains(after).doesNotContain(before);
    one.ipfs("repo", "gc");
    assertThat(reader("after-gc").at(kubo(one)).json("fetch").object())
        .containsEntry("complete", true);
    assertThat(one.ipfs("name", "resolve", "--nocache", name)).isEqualTo("/ipfs/" + after);
  }

  @Test
  void isTakenFromWhatIpfsExports() throws Exception {
    Path car = folder.resolve("exported.car");
    Files.write(car, other.bytes("dag", "export", "--progress=false", root).out());
    Cli reader = new Cli(folder.resolve("by-file"), folder.resolve("unused"));
    reader.json("init", "--no-passphrase", "--quiet");

    Map<String, Object> imported =
        reader.json("import-car", car.toString(), "--topic", "news").object();

    assertThat((Long) imported.get("entries")).isBetween(LINES - 100L, LINES + 1L);
    verifies(reader);
    assertThat(reader.json("read", "news").json())
        .hasSize(((Long) imported.get("entries")).intValue() - 1);
    assertThat(reader.at("gateway:" + other.gateway()).json("fetch").object())
        .containsEntry("complete", true);
    verifies(reader);
  }

  @Test
  void isGivenWholeToALayerThatComesLaterThoughItKnowsTheRecord() throws Exception {
    String index = writer.at(kubo(one)).json("publish", "trip").text("root");
    assertThat(other.ipfs("name", "resolve", "--nocache", name)).isEqualTo("/ipfs/" + index);

    writer.at(kubo(one), kubo(other)).json("publish", "trip");

    assertThat(other.ipfs("pin", "ls", "--type=recursive")).contains(index);
  }
}
