package org.tidelog.node.ipfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.ipns.IpnsContent;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.spi.NameSystem;

/** Each adapter against a real daemon, through a proxy that answers wrongly. */
final class AdapterFaultsIT {
  private static final Duration REQUEST_MAX = Duration.ofSeconds(1);
  private static final int BYTES_MAX = 64 * 1024;
  private static final String TOKEN = "bearer:never-to-be-seen";

  private static KuboNode node;
  private FaultyProxy rpc;
  private FaultyProxy gateway;
  private HttpClient http;
  private Kubo kubo;
  private Gateway reading;
  private DelegatedRouting routing;

  @BeforeAll
  static void start() throws Exception {
    node = KuboNode.started();
  }

  @AfterAll
  static void stop() throws Exception {
    if (node != null) node.close();
  }

  @BeforeEach
  void standBetween() throws Exception {
    http = HttpClient.create("tidelog-test", TimeLimits.of(REQUEST_MAX));
    rpc = FaultyProxy.before(node.rpc());
    gateway = FaultyProxy.before(node.gateway());
    kubo = new Kubo(Place.parse("kubo:" + rpc.uri()), http, null, Duration.ofMillis(300));
    reading = new Gateway(Place.parse("gateway:" + gateway.uri()), http, null);
    routing = new DelegatedRouting(Place.parse("delegated:" + gateway.uri()), http, null);
  }

  @AfterEach
  void goAway() throws Exception {
    http.close();
    rpc.close();
    gateway.close();
  }

  /** A request to some adapter. */
  private interface Request {
    Object send() throws IOException;
  }

  private static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("half", FaultyProxy.half()),
        Arguments.of("reset", FaultyProxy.reset()),
        Arguments.of("endless", FaultyProxy.endless()),
        Arguments.of("slow", FaultyProxy.slow(Duration.ofMillis(50))),
        Arguments.of("hang", FaultyProxy.hang()),
        Arguments.of("500", FaultyProxy.status(500, "{\"Message\":\"disk on fire\"}")),
        Arguments.of("504", FaultyProxy.status(504, "Gateway Time-out")),
        Arguments.of("429", FaultyProxy.status(429, "", "Retry-After", "7")),
        Arguments.of("503", FaultyProxy.status(503, "", "Retry-After", "7")),
        Arguments.of("no status", FaultyProxy.raw("nonsense\r\n\r\n")),
        Arguments.of("endless headers", FaultyProxy.raw("HTTP/1.1 200 OK\r\n", "X: y\r\n")),
        Arguments.of("no more", FaultyProxy.raw("")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void whateverIsAskedFailsInTime(String what, FaultyProxy.Fault fault) throws Exception {
    byte[] block = block(what);
    IpnsName name = name(what);
    kubo.put(cid(block), block);
    kubo.put(name, record(what, 1));
    rpc.always(fault).forget();
    gateway.always(fault);

    failsInTime(() -> kubo.get(cid(block), BYTES_MAX));
    failsInTime(() -> kubo.get(name));
    failsInTime(() -> reading.get(cid(block), BYTES_MAX));
    failsInTime(() -> reading.get(name));
    failsInTime(() -> routing.get(name));
    failsInTime(() -> putAll(block(what + " again")));
    failsInTime(() -> put(kubo, name, record(what, 2)));
    failsInTime(() -> put(routing, name, record(what, 2)));
    // An answer of no bytes cannot be halved, so that what was put is read back.
    assertThat(rpc.requests()).as("none is sent again").hasSizeBetween(4, 5);
    assertThat(gateway.requests()).hasSizeBetween(4, 5);
  }

  private static void failsInTime(Request request) {
    long began = System.nanoTime();
    assertThatThrownBy(request::send)
        .isInstanceOf(IOException.class)
        .hasMessageMatching("(it|its|nothing) [^\\n]*")
        .hasMessageNotContaining("127.0.0.1");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(REQUEST_MAX.plusSeconds(2));
  }

  private Object putAll(byte[] block) throws IOException {
    return kubo.putAll(Map.of(cid(block), block));
  }

  private static Object put(NameSystem names, IpnsName name, byte[] record) throws IOException {
    names.put(name, record);
    return name;
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void nobodyIsFollowedElsewhereAndNoSecretGoesThere(int status) throws Exception {
    byte[] block = block("elsewhere");
    kubo.put(cid(block), block);
    try (FaultyProxy elsewhere = FaultyProxy.before(node.rpc())) {
      FaultyProxy.Fault redirect =
          FaultyProxy.status(status, "", "Location", elsewhere.uri() + "/api/v0/version");
      rpc.always(redirect);
      gateway.always(redirect);
      Place place = Place.parse("kubo:" + rpc.uri());
      Kubo secret = new Kubo(place, http, TOKEN, Duration.ofMillis(300));

      failsInTime(() -> secret.get(cid(block), BYTES_MAX));
      failsInTime(() -> secret.branch(cid(block), BYTES_MAX));
      failsInTime(() -> put(secret, name("elsewhere"), record("elsewhere", 1)));
      failsInTime(() -> reading.get(cid(block), BYTES_MAX));
      failsInTime(() -> routing.get(name("elsewhere")));

      assertThat(elsewhere.requests()).isEmpty();
      assertThat(rpc.requests().get(rpc.requests().size() - 1).headers())
          .containsEntry("authorization", "Bearer never-to-be-seen")
          .doesNotContainKeys("origin", "referer", "cookie");
    }
  }

  @Test
  void wrongBytesNeverPassForTheBlock() throws Exception {
    byte[] block = block("wrong");
    Cid cid = cid(block);
    kubo.put(cid, block);
    for (FaultyProxy.Fault fault :
        List.of(
            FaultyProxy.wrongBytes(),
            FaultyProxy.halfAsWhole(),
            FaultyProxy.saysLess(),
            FaultyProxy.instead(new byte[0]))) {
      rpc.always(fault);
      gateway.always(fault);

      // Stores need not check what they give; whoever asks does.
      assertThat(kubo.get(cid, BYTES_MAX))
          .hasValueSatisfying(b -> assertThat(cid.matches(b)).isFalse());
      assertThat(reading.get(cid, BYTES_MAX))
          .hasValueSatisfying(b -> assertThat(cid.matches(b)).isFalse());
      emptyOrWrong(() -> kubo.branch(cid, BYTES_MAX));
      emptyOrWrong(() -> reading.branch(cid, BYTES_MAX));
    }
  }

  private static void emptyOrWrong(Request request) {
    try {
      assertThat(request.send()).isEqualTo(Map.of());
    } catch (IOException e) {
      assertThat(e).isInstanceOf(WrongBytesException.class);
    }
  }

  @Test
  void ofHalfACarTheBlocksThatCameAreTaken() throws Exception {
    Map<Cid, byte[]> tree = tree(20);
    Cid root = tree.keySet().iterator().next();
    kubo.putAll(tree);
    assertThat(kubo.branch(root, 1 << 20)).hasSameSizeAs(tree);
    for (FaultyProxy.Fault fault :
        List.of(FaultyProxy.half(), FaultyProxy.halfAsWhole(), FaultyProxy.reset())) {
      rpc.always(fault);
      gateway.always(fault);

      for (Branches place : List.of(kubo, reading)) {
        Map<Cid, byte[]> came = place.branch(root, 1 << 20);
        assertThat(came.size()).isBetween(1, tree.size() - 1);
        came.forEach((cid, block) -> assertThat(cid.matches(block)).isTrue());
      }
    }
  }

  @Test
  void noMoreOfACarIsReadThanAskedFor() throws Exception {
    Map<Cid, byte[]> tree = tree(200);
    Cid root = tree.keySet().iterator().next();
    kubo.putAll(tree);

    for (Branches place : List.of(kubo, reading)) {
      long bytes = place.branch(root, 50_000).values().stream().mapToLong(b -> b.length).sum();

      assertThat(bytes).isBetween(10_000L, 50_000L);
    }
  }

  @Test
  void anImportThatBreaksOffOrTookLessThanAllIsNone() throws Exception {
    byte[] block = block("import");
    Map<Cid, byte[]> blocks = Map.of(cid(block), block);
    for (String answer :
        List.of(
            "",
            "{}",
            "{\"Stats\":{\"BlockCount\":0}}",
            "{\"Stats\":{\"Block",
            "{\"Stats\":{\"BlockCount\":\"one\"}}",
            "<html>welcome</html>")) {
      rpc.always(FaultyProxy.pretend("application/json", bytes(answer)));

      assertThatThrownBy(() -> kubo.putAll(blocks))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("of 1 blocks");
    }
    rpc.always(FaultyProxy.pretend("application/json", bytes("{\"Key\":\"bafkqaaa\"}")));
    rpc.when("block/stat", FaultyProxy.status(500, "{\"Message\":\"not found\"}"));
    assertThatThrownBy(() -> kubo.put(cid(block), block))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("for bafkqaaa");
  }

  @Test
  void whatFailsBehindTheBodyFails() throws Exception {
    byte[] block = block("trailer");
    kubo.put(cid(block), block);
    kubo.put(name("trailer"), record("trailer", 1));
    rpc.always(FaultyProxy.trailer("the disk went away"));

    for (Request request :
        List.<Request>of(
            () -> kubo.get(cid(block), BYTES_MAX),
            () -> kubo.get(name("trailer")),
            () -> putAll(block))) {
      assertThatThrownBy(request::send)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the disk went away");
    }
  }

  @Test
  void aBusyServerSaysForHowLong() {
    for (Map.Entry<String, Long> wish :
        Map.of("7", 7L, "999999999", 3_600L, "Fri, 31 Dec 1999 23:59:59 GMT", 30L, "-1", 30L)
            .entrySet()) {
      rpc.always(FaultyProxy.status(429, "", "Retry-After", wish.getKey()));

      assertThatThrownBy(() -> kubo.get(name("busy")))
          .isInstanceOfSatisfying(
              BusyException.class, e -> assertThat(e.seconds()).isEqualTo(wish.getValue()));
    }
    rpc.always(FaultyProxy.raw("HTTP/1.1 429 No\r\nRetry-After: 5\r\nContent-Length: 9\r\n\r\n"));
    assertThatThrownBy(() -> kubo.get(name("busy"))).isInstanceOf(BusyException.class);
  }

  @Test
  void aRecordThatIsNotTakenIsNoticed() throws Exception {
    IpnsName name = name("kept");
    kubo.put(name, record("kept", 5));
    // This is what the daemon itself says and does.
    for (NameSystem place : List.of(routing, kubo)) {
      assertThatThrownBy(() -> place.put(name, record("kept", 4))).isInstanceOf(IOException.class);
    }
    rpc.when("name/put", FaultyProxy.pretend("text/plain", new byte[0]));
    gateway.when("PUT", FaultyProxy.pretend("text/plain", new byte[0]));
    for (NameSystem place : List.of(routing, kubo)) {
      assertThatThrownBy(() -> place.put(name, record("kept", 6)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("keeps another");
    }
    assertThat(kubo.get(name))
        .hasValueSatisfying(record -> assertThat(record).isEqualTo(record("kept", 5)));
  }

  @Test
  void answersOfAMegabyteAreNotRead() throws Exception {
    byte[] megabyte = bytes("[\"" + "x".repeat(1 << 20) + "\"]");
    rpc.always(FaultyProxy.pretend("application/json", megabyte));
    gateway.always(FaultyProxy.pretend(Http.RECORD_TYPE, megabyte));
    byte[] block = block("megabyte");

    for (Request request :
        List.<Request>of(
            () -> putAll(block),
            () -> kubo.get(name("megabyte")),
            () -> reading.get(name("megabyte")),
            () -> routing.get(name("megabyte")),
            () -> reading.get(cid(block), BYTES_MAX))) {
      assertThatThrownBy(request::send).isInstanceOf(TooLargeException.class);
    }
  }

  @Test
  void errorsAreToldInOneLineThatIsSafeToPrint() {
    String words = "\\ud800 \\u009b31m \\u001b[31m \\n" + "\\ud83d\\ude00".repeat(200);
    rpc.always(FaultyProxy.status(500, "{\"Message\":\"" + words + "\"}"));

    assertThatThrownBy(() -> kubo.get(name("words")))
        .isInstanceOf(IOException.class)
        .satisfies(
            e -> {
              String told = String.valueOf(e.getMessage());
              assertThat(told).hasSizeLessThan(300).startsWith("it failed (HTTP 500): 31m [31m 😀");
              assertThat(new String(told.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                  .isEqualTo(told);
            });
  }

  @Test
  void whoeverIsInterruptedStopsWaitingAtOnce() throws Exception {
    rpc.always(FaultyProxy.hang());
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread asking =
        new Thread(
            () -> {
              try {
                kubo.get(name("hang"));
              } catch (Throwable e) {
                thrown.set(e);
              }
            });
    asking.start();
    while (rpc.requests().isEmpty()) Thread.sleep(5);
    long began = System.nanoTime();

    asking.interrupt();
    asking.join();

    assertThat(thrown.get()).isInstanceOf(IOException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
  }

  // What is stored.

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] block(String words) {
    return bytes((words + " ").repeat(100));
  }

  private static Cid cid(byte[] block) {
    return Cid.sha256(Codec.RAW, block);
  }

  /** A root, first, and blocks of a kilobyte that it links to. */
  private static Map<Cid, byte[]> tree(int leaves) {
    Map<Cid, byte[]> blocks = new LinkedHashMap<>();
    List<Cbor> links = new ArrayList<>();
    for (int i = 0; i < leaves; i++) {
      byte[] leaf = bytes(("leaf " + leaves + " " + i + " ").repeat(100));
      blocks.put(cid(leaf), leaf);
      links.add(new Cbor.Link(cid(leaf)));
    }
    byte[] root = DagCbor.encode(new Cbor.Array(links));
    Map<Cid, byte[]> tree = new LinkedHashMap<>();
    tree.put(Cid.sha256(Codec.DAG_CBOR, root), root);
    tree.putAll(blocks);
    return tree;
  }

  private static Signer signer(String words) {
    return Ed25519.signer(Sha256.hash(bytes(words)).bytes());
  }

  private static IpnsName name(String words) {
    return IpnsName.of(signer(words).publicKey());
  }

  private static byte[] record(String words, long sequence) {
    IpnsContent content =
        new IpnsContent(
            bytes("/ipfs/bafkqaaa"),
            sequence,
            Instant.parse("2090-01-01T00:00:00Z"),
            Duration.ofSeconds(1),
            new TreeMap<>());
    return IpnsRecord.create(signer(words), content).bytes();
  }
}
