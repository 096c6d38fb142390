package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelog.node.ipfs.FaultyProxy;
import org.tidelog.node.ipfs.FaultyProxy.Fault;
import org.tidelog.node.ipfs.KuboNode;

/**
 * What a reader comes to when a layer of its mirror answers wrongly: nothing wrong is taken, the
 * layer is named, another layer serves, and nothing is asked for over and over.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FaultsIT {
  private static final int ENTRIES = 10_000;
  private static final String RECORD = "format=ipns-record";
  private static final String RECORD_TYPE = "application/vnd.ipfs.ipns-record";
  private static final String BLOCKS = "/ipfs/";

  @TempDir static Path folder;
  private KuboNode node;
  private LayeredCli anna;
  private String name;
  private byte[] olderRecord;
  private byte[] otherRecord;
  private FaultyProxy proxy;
  private LayeredCli ben;
  private int readers;

  @BeforeAll
  void publishALog() throws Exception {
    node = KuboNode.started();
    String mirror = folder.resolve("mirror").toString();
    anna = LayeredCli.init(folder.resolve("anna"), "kubo:" + node.rpc(), mirror);
    anna.done("topic", "create", "trip", "--open");
    anna.done("append", "trip", "before all others");
    name = anna.done("publish").text("name");
    olderRecord = record(mirror, name);
    List<String> lines = IntStream.range(0, ENTRIES).mapToObj(FaultsIT::line).toList();
    Files.write(lines(), lines);
    anna.done("import", "trip", lines().toString(), "--format", "lines", "--quiet");
    anna.done("publish");
    anna.done("topic", "create", "other", "--open");
    otherRecord = record(mirror, anna.done("publish", "other").text("name"));
  }

  private static Path lines() {
    return folder.resolve("lines");
  }

  private static byte[] record(String mirror, String name) throws Exception {
    return Files.readAllBytes(Path.of(mirror, "names", name));
  }

  private static String line(int i) {
    return "entry " + i + " says " + Integer.toHexString(i * 0x9e3779b1).repeat(10);
  }

  @AfterAll
  void endTheNode() throws Exception {
    if (node != null) node.close();
  }

  @BeforeEach
  void makeAReader() throws Exception {
    proxy = FaultyProxy.before(node.gateway());
    ben = LayeredCli.init(folder.resolve("reader" + readers++), faulty());
    ben.done("follow", name, "--as", "trip");
  }

  @AfterEach
  void endTheProxy() throws Exception {
    proxy.close();
  }

  private String faulty() {
    return "gateway:" + proxy.uri();
  }

  private String good() {
    return "gateway:" + node.gateway();
  }

  private LayeredCli withAGoodOne() {
    return ben.with(faulty(), good());
  }

  private static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("wrong bytes", FaultyProxy.wrongBytes(), 3),
        Arguments.of("half as whole", FaultyProxy.halfAsWhole(), 3),
        Arguments.of("says less", FaultyProxy.saysLess(), 3),
        Arguments.of("endless", FaultyProxy.endless(), 3),
        Arguments.of("half", FaultyProxy.half(), 4),
        Arguments.of("reset", FaultyProxy.reset(), 4),
        Arguments.of("500", FaultyProxy.status(500, "out of order"), 4),
        Arguments.of("504", FaultyProxy.status(504, "Gateway Time-out"), 4),
        Arguments.of("429", FaultyProxy.status(429, "", "Retry-After", "60"), 4),
        Arguments.of("302", FaultyProxy.status(302, "", "Location", "http://127.0.0.1:9/"), 4),
        Arguments.of("a page", FaultyProxy.pretend("text/html", bytes("<html>welcome")), 4));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void anotherLayerServesAndTheFaultyOneIsNamedOnce(String what, Fault fault, int exitCode) {
    proxy.always(fault);

    Cli.Result fetch = withAGoodOne().ends(exitCode, "fetch");

    assertThat(fetch.object()).containsEntry("entries", ENTRIES + 2L);
    assertThat(fetch.errors())
        .isNotEmpty()
        .allSatisfy(error -> assertThat(String.valueOf(error.get("message"))).contains(faulty()));
    // A wrong record is the reader's to find out; what is wrong with blocks, the layer's failure.
    int underWay = exitCode == 3 ? 10 : 1;
    assertThat(fetch.errors()).hasSizeLessThanOrEqualTo(underWay);
    assertThat(proxy.requests()).hasSizeLessThanOrEqualTo(underWay);
    ben.done("verify");
    assertThat(ben.done("read", "trip").json()).hasSize(ENTRIES + 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aloneItGivesNothingAndGivesAllOnceItIsWell(String what, Fault fault, int exitCode) {
    proxy.always(fault);
    Cli.Result fetch = ben.run("fetch");
    assertThat(fetch.exitCode()).as(fetch.err()).isIn(exitCode, 4);
    assertThat(fetch.object()).containsEntry("entries", 0L).containsEntry("complete", false);
    assertThat(fetch.err()).contains(faulty());

    proxy.heal().when(BLOCKS, fault);
    Cli.Result half = later(120, "fetch");
    // What rides in the record came without a block. Half a CAR is as good as its blocks.
    assertThat(half.exitCode()).as(half.err()).isIn(3, 4);
    assertThat(half.object()).containsEntry("complete", false);
    ben.ends(4, "verify");

    proxy.heal();
    Cli.Result whole = later(7_200, "fetch");
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    assertThat(whole.object()).containsEntry("complete", true);
    assertThat(ben.done("read", "trip").json()).hasSize(ENTRIES + 1);
  }

  private Cli.Result later(int seconds, String... args) {
    String time = Instant.now().plusSeconds(seconds).toString();
    String[] all = Stream.concat(Stream.of("--time", time), Stream.of(args)).toArray(String[]::new);
    return ben.run(all);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void ofBlocksTheWrongOnesAreNamedAndTheRightOnesTaken(String what, Fault fault, int exitCode) {
    proxy.when(BLOCKS, fault);

    Cli.Result fetch = withAGoodOne().run("fetch");

    assertThat(fetch.object()).containsEntry("entries", ENTRIES + 2L);
    // A page in place of a CAR file is half of one, and the rest comes from the other layer.
    boolean passes = what.equals("a page");
    assertThat(fetch.exitCode()).as(fetch.err()).isEqualTo(passes ? 0 : exitCode);
    if (!passes) assertThat(fetch.err()).contains(faulty());
    ben.done("verify");
  }

  // Records.

  @Test
  void anOlderRecordNeverReplacesANewerOne() {
    proxy.when(RECORD, FaultyProxy.pretend(RECORD_TYPE, olderRecord));
    assertThat(ben.done("fetch").object()).containsEntry("size", 2L);
    assertThat(withAGoodOne().done("fetch").object()).containsEntry("size", ENTRIES + 2L);

    Cli.Result again = ben.done("fetch");

    assertThat(again.object()).containsEntry("size", ENTRIES + 2L).containsEntry("entries", 0L);
    assertThat(ben.done("read", "trip").json()).hasSize(ENTRIES + 1);
  }

  @Test
  void aRecordOfAnotherNameIsRefused() {
    proxy.when(RECORD, FaultyProxy.pretend(RECORD_TYPE, otherRecord));

    Cli.Result alone = ben.ends(3, "fetch");
    Cli.Result both = withAGoodOne().ends(3, "fetch");

    assertThat(alone.err()).contains("bad-record").contains(faulty());
    assertThat(alone.object()).containsEntry("entries", 0L);
    assertThat(both.err()).contains("bad-record").contains(faulty());
    assertThat(both.object()).containsEntry("entries", ENTRIES + 2L);
  }

  // Time.

  @Test
  void whoAsksToBeLeftAloneIsAlsoByLaterCommands() {
    proxy.always(FaultyProxy.status(429, "", "Retry-After", "60"));
    ben.ends(4, "fetch");
    assertThat(proxy.requests()).hasSize(1);

    for (int i = 0; i < 3; i++) {
      Cli.Result fetch = ben.ends(4, "fetch");
      assertThat(fetch.errors()).hasSize(1);
      assertThat(fetch.err()).contains(faulty()).contains("left alone");
    }
    assertThat(proxy.requests()).hasSize(1);
    proxy.heal();
    assertThat(later(59, "fetch").exitCode()).isEqualTo(4);
    assertThat(proxy.requests()).hasSize(1);
    assertThat(later(62, "fetch").exitCode()).isZero();
  }

  @Test
  void aLayerThatHangsOnBlocksCostsAMomentAndIsAskedLastByTheNextCommand() {
    anna.done("topic", "create", "sea", "--open");
    anna.done("import", "sea", lines().toString(), "--format", "lines", "--quiet");
    String sea = anna.done("publish", "sea").text("name");
    LayeredCli eve = LayeredCli.init(folder.resolve("reader" + readers++), faulty(), good());
    eve.done("follow", sea);
    proxy.when(BLOCKS, FaultyProxy.hang());
    long began = System.nanoTime();

    Cli.Result first = eve.done("fetch");

    assertThat(first.object()).containsEntry("entries", ENTRIES + 1L);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    int asked = proxy.count(BLOCKS);
    assertThat(asked).isPositive();
    anna.done("append", "sea", "x".repeat(5_000));
    anna.done("publish", "sea");
    eve.done("fetch");
    // One more, if this machine took a nap.
    assertThat(proxy.count(BLOCKS)).isLessThanOrEqualTo(asked + 1);
  }

  @Test
  void closingLeavesNoThreadOfRequestsThatHang() throws Exception {
    proxy.when(BLOCKS, FaultyProxy.hang());

    withAGoodOne().done("fetch");

    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (!threads().isEmpty() && System.nanoTime() < end) Thread.sleep(20);
    assertThat(threads()).isEmpty();
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("tidelog-"))
        .toList();
  }

  @Test
  void aPublicationOfSeveralLogsAsksALayerThatFailsOnce() throws Exception {
    try (FaultyProxy rpc = FaultyProxy.before(node.rpc())) {
      rpc.always(FaultyProxy.status(500, "out of order"));
      String mirror = folder.resolve("mirror" + readers).toString();
      LayeredCli kim =
          LayeredCli.init(folder.resolve("reader" + readers++), "kubo:" + rpc.uri(), mirror);
      for (String topic : List.of("one", "two", "three")) {
        kim.done("topic", "create", topic);
      }

      Cli.Result publish = kim.ends(4, "publish", "--index");

      assertThat(publish.json()).hasSize(6);
      assertThat(publish.err()).contains("kubo:" + rpc.uri());
      assertThat(rpc.requests()).hasSize(1);
      rpc.heal();
      kim.done("publish", "--index");
    }
  }

  @Test
  void aPublicationAlsoLeavesAloneWhoAsksForThat() throws Exception {
    try (FaultyProxy rpc = FaultyProxy.before(node.rpc())) {
      rpc.always(FaultyProxy.status(503, "", "Retry-After", "60"));
      LayeredCli kim = ben.with("kubo:" + rpc.uri());
      kim.done("topic", "create", "mine");
      kim.ends(1, "publish");

      assertThat(kim.ends(1, "publish").err()).contains("left alone");
      assertThat(rpc.requests()).hasSize(1);
      rpc.heal();
      String time = Instant.now().plusSeconds(62).toString();
      kim.done("publish", "--time", time);
    }
  }

  @Test
  void aRecordThatHasExpiredStillYieldsWhatItLedTo() {
    Cli.Result fetch = later((int) Duration.ofDays(800).toSeconds(), "fetch");
    assertThat(fetch.exitCode()).as(fetch.err()).isZero();
    assertThat(fetch.object()).containsEntry("complete", true);

    ben.done("verify");
    LayeredCli past = LayeredCli.init(folder.resolve("reader" + readers++), faulty());
    past.done("follow", name, "--as", "trip");
    Cli.Result early = past.done("--time", "2001-01-01T00:00:00Z", "fetch");
    assertThat(early.object()).containsEntry("complete", true);
    assertThat(past.done("read", "trip").json()).hasSameSizeAs(ben.done("read", "trip").json());
  }

  // Bytes.

  @Test
  void aBoundedFetchReadsNoMoreThanItsBoundAndAPage() {
    Cli.Result fetch = ben.done("fetch", "--max-bytes", "20000");
    assertThat(fetch.object()).containsEntry("complete", false);

    assertThat(proxy.count("format=car")).isZero();
    assertThat((Long) fetch.object().get("bytesRead")).isLessThanOrEqualTo(20_000L + (1 << 20));
  }

  @Test
  void memoryIsBoundedWhateverComes() throws Exception {
    proxy.always(FaultyProxy.endless());
    assertThat(ben.small("fetch").exitCode()).isEqualTo(3);
    proxy.heal().when(BLOCKS, FaultyProxy.endless());
    assertThat(ben.small("fetch").exitCode()).isEqualTo(3);

    try (FaultyProxy rpc = FaultyProxy.before(node.rpc())) {
      LayeredCli kim = ben.with("kubo:" + rpc.uri());
      String deep = "{\"a\":".repeat(40_000) + "[" + "1,".repeat(20_000);
      String wide = "{\"" + "n".repeat(40_000) + "\":[" + "1,".repeat(100_000);
      kim.done("topic", "create", "mine");
      kim.done("import", "mine", lines().toString(), "--format", "lines");
      for (Map.Entry<String, String> answer :
          Map.of("deep", deep, "wide", wide, "megabyte", "x".repeat(1 << 20)).entrySet()) {
        rpc.heal()
            .when("dag/import", FaultyProxy.pretend("application/json", bytes(answer.getValue())));
        assertThat(kim.small("publish").exitCode()).as(answer.getKey()).isEqualTo(1);
        rpc.heal().when("name/", FaultyProxy.status(500, answer.getValue()));
        assertThat(kim.small("publish").exitCode()).as(answer.getKey()).isEqualTo(1);
      }
      rpc.heal();
      assertThat(kim.small("publish").exitCode()).isZero();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
