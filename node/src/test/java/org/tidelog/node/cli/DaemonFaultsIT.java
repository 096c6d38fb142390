package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.node.ipfs.FaultyProxy;
import org.tidelog.node.ipfs.KuboNode;

/** Daemons that are killed, stopped, full or away while a device publishes and another reads. */
final class DaemonFaultsIT {
  private static final int ENTRIES = 10_000;

  @TempDir Path folder;
  private Path lines;

  @BeforeEach
  void writeLines() throws Exception {
    List<String> all = IntStream.range(0, ENTRIES).mapToObj(DaemonFaultsIT::line).toList();
    lines = Files.write(folder.resolve("lines"), all);
  }

  private static String line(int i) {
    return "entry " + i + " says " + Integer.toHexString(i * 0x9e3779b1).repeat(20);
  }

  private LayeredCli writer(String... layers) {
    LayeredCli anna = LayeredCli.init(folder.resolve("anna"), layers);
    anna.done("topic", "create", "trip", "--open");
    anna.done("append", "trip", "the first");
    return anna;
  }

  private LayeredCli reader(String who, String name, String... layers) {
    LayeredCli reader = LayeredCli.init(folder.resolve(who), layers);
    reader.done("follow", name, "--as", "trip");
    return reader;
  }

  private void getsAll(String who, String name, int entries, String... layers) {
    LayeredCli fresh = reader(who, name, layers);
    assertThat(fresh.done("fetch").object()).containsEntry("complete", true);
    assertThat(fresh.done("read", "trip").json()).hasSize(entries);
    fresh.done("verify");
  }

  @Test
  void aDaemonThatIsKilledBetweenBlocksLosesNothing() throws Exception {
    try (KuboNode node = KuboNode.started();
        FaultyProxy proxy = FaultyProxy.before(node.rpc())) {
      LayeredCli anna = writer("kubo:" + proxy.uri());
      String name = anna.done("publish").text("name");
      anna.done("import", "trip", lines.toString(), "--format", "lines", "--quiet");
      // The first blocks are taken; the daemon dies over the next ones.
      FaultyProxy.Fault dies =
          (upstream, to) -> {
            upstream.answer();
            kill(node);
          };
      proxy.when("dag/import", FaultyProxy.after(1, FaultyProxy.none(), dies));

      Cli.Result killed = anna.ends(1, "publish");
      assertThat(killed.err()).contains("cannot publish to kubo:" + proxy.uri());
      assertThat(anna.ends(1, "publish").err()).contains("kubo:" + proxy.uri());
      proxy.heal();
      node.start();
      // What stood before still stands.
      LayeredCli early = reader("early", name, "kubo:" + proxy.uri());
      assertThat(early.done("fetch").object()).containsEntry("size", 2L);

      anna.done("publish");

      getsAll("ben", name, ENTRIES + 1, "gateway:" + node.gateway());
      assertThat(early.done("fetch").object()).containsEntry("complete", true);
    }
  }

  /** It answers never, so whoever asks sees the connection end. */
  private static void kill(KuboNode node) throws IOException {
    try {
      node.kill();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Of a later publication the daemon has the record before, and none of its blocks. */
  @Test
  void blocksThatWereNotTakenAreNotBelievedToBeThereTheNextTime() throws Exception {
    try (KuboNode node = KuboNode.started();
        FaultyProxy proxy = FaultyProxy.before(node.rpc())) {
      LayeredCli anna = writer("kubo:" + proxy.uri());
      anna.done("import", "trip", lines.toString(), "--format", "lines", "--quiet");
      String name = anna.done("publish").text("name");
      anna.done("import", "trip", lines.toString(), "--format", "lines", "--quiet");
      proxy.when("dag/import", FaultyProxy.status(500, "{\"Message\":\"out of order\"}"));
      anna.ends(1, "publish");

      proxy.heal();
      anna.done("publish");

      getsAll("ben", name, 2 * ENTRIES + 1, "kubo:" + node.rpc());
    }
  }

  @Test
  void aDaemonThatIsKilledWhileItTakesBlocksLosesNothing() throws Exception {
    try (KuboNode node = KuboNode.started()) {
      LayeredCli anna = writer("kubo:" + node.rpc());
      String name = anna.done("publish").text("name");
      for (int round = 1; round <= 3; round++) {
        anna.done("import", "trip", lines.toString(), "--format", "lines", "--quiet");
        CompletableFuture<Cli.Result> publish =
            CompletableFuture.supplyAsync(() -> anna.run("publish"));
        Thread.sleep(60L * round);
        node.kill();
        Cli.Result result = publish.get();
        assertThat(result.exitCode()).as(result.err()).isIn(0, 1);
        node.start();
        anna.done("publish");

        getsAll("ben" + round, name, round * ENTRIES + 1, "gateway:" + node.gateway());
      }
    }
  }

  @Test
  void aDaemonThatIsStoppedCostsOneTimeOutAndIsNamed() throws Exception {
    try (KuboNode node = KuboNode.started();
        KuboNode other = KuboNode.started()) {
      String stopped = "kubo:" + node.rpc();
      String good = "kubo:" + other.rpc();
      LayeredCli anna = writer(stopped, good);
      for (String topic : List.of("sea", "hill")) {
        anna.done("topic", "create", topic, "--open");
        anna.done("import", topic, lines.toString(), "--format", "lines", "--quiet");
      }
      LayeredCli eve = reader("eve", name(anna, "trip"), stopped);
      node.pause();
      long began = System.nanoTime();
      CompletableFuture<Cli.Result> publish =
          CompletableFuture.supplyAsync(() -> anna.run("publish"));
      Cli.Result fetch = eve.ends(4, "fetch");
      Cli.Result published = publish.get();

      assertThat(seconds(began)).isBetween(20L, 45L);
      assertThat(fetch.err()).contains(stopped + ": it took too long");
      assertThat(published.exitCode()).as(published.err()).isEqualTo(4);
      assertThat(published.json()).hasSize(3);
      assertThat(published.err()).contains(stopped).doesNotContain(good);
      node.resume();
      anna.done("publish");
      getsAll("ben", name(anna, "sea"), ENTRIES, "gateway:" + node.gateway());
    }
  }

  private static String name(LayeredCli cli, String topic) {
    return String.valueOf(
        cli.done("topic", "list").json().stream()
            .filter(line -> topic.equals(line.get("topic")))
            .findFirst()
            .orElseThrow()
            .get("name"));
  }

  private static long seconds(long began) {
    return Duration.ofNanos(System.nanoTime() - began).toSeconds();
  }

  @Test
  void aLayerThatWasAwayGetsAllOfItWhenItIsBack() throws Exception {
    try (KuboNode near = KuboNode.started();
        KuboNode far = KuboNode.started()) {
      String[] both = {"kubo:" + far.rpc(), "kubo:" + near.rpc()};
      LayeredCli anna = writer(both);
      String name = anna.done("publish").text("name");
      far.kill();
      anna.done("import", "trip", lines.toString(), "--format", "lines", "--quiet");

      Cli.Result publish = anna.ends(4, "publish");
      assertThat(publish.err()).contains(both[0] + ": not published there").doesNotContain(both[1]);
      assertThat(publish.object().get("layers")).asString().contains(both[1]);
      LayeredCli ben = reader("ben", name, both);
      Cli.Result fetch = ben.ends(4, "fetch");
      assertThat(fetch.object()).containsEntry("entries", ENTRIES + 2L);
      assertThat(fetch.errors()).hasSize(1);
      assertThat(fetch.err()).contains(both[0]).doesNotContain(both[1]);

      far.start();
      anna.done("publish");
      near.kill();
      getsAll("eve", name, ENTRIES + 1, both[0]);
    }
  }

  @Test
  void anOlderHomeNeverPutsItsRecordOverTheNewerOne() throws Exception {
    try (KuboNode node = KuboNode.started()) {
      String kubo = "kubo:" + node.rpc();
      LayeredCli anna = writer(kubo);
      String name = anna.done("publish").text("name");
      Path copy = folder.resolve("copy");
      copy(anna.home(), copy);
      anna.done("import", "trip", lines.toString(), "--format", "lines", "--quiet");
      anna.done("publish");
      delete(anna.home());
      copy(copy, anna.home());

      anna.run("append", "trip", "from the past");
      anna.run("publish");

      LayeredCli ben = reader("ben", name, kubo);
      assertThat(ben.done("fetch").json().get(0)).containsEntry("size", ENTRIES + 2L);
    }
  }

  private static void copy(Path from, Path to) throws Exception {
    assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start().waitFor())
        .isZero();
  }

  private static void delete(Path home) throws Exception {
    assertThat(new ProcessBuilder("rm", "-r", home.toString()).start().waitFor()).isZero();
  }

  @Test
  void aFullRepositoryIsToldAndWhatStoodBeforeStillStands() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    int mounted = shell("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", disk.toString());
    assumeTrue(mounted == 0, "only root can mount a small disk");
    try (KuboNode node = KuboNode.createBelow(disk)) {
      node.start();
      String kubo = "kubo:" + node.rpc();
      LayeredCli anna = writer(kubo);
      String name = anna.done("publish").text("name");
      anna.done("import", "trip", lines.toString(), "--format", "lines", "--quiet");
      Path filler = disk.resolve("filler");
      shell("sh", "-c", "dd if=/dev/zero of=" + filler + " bs=64k 2>/dev/null; true");

      Cli.Result full = anna.run("publish");

      assertThat(full.exitCode()).as(full.err()).isEqualTo(6);
      assertThat(full.err()).contains("cannot publish to " + kubo + ": no space left");
      LayeredCli ben = reader("ben", name, kubo);
      assertThat(ben.done("fetch").object()).containsEntry("size", 2L);
      Files.delete(filler);
      anna.done("publish");
      assertThat(ben.done("fetch").object()).containsEntry("complete", true);
    } finally {
      shell("umount", disk.toString());
    }
  }

  private static int shell(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
