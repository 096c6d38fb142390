package org.tidelog.node.ipfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.TestLogs;

/**
 * Against the server by which the IPFS project tests its own clients, npm's {@code
 * mock-ipfs-pinning-service}. The environment variable {@value #VARIABLE} names its {@code cli.js};
 * without it this is skipped.
 */
final class PinningServiceIT {
  private static final String VARIABLE = "TIDELOG_PINNING";
  private static final String TOKEN = "a-token-of-ours";
  private static final int WAIT_SECONDS_MAX = 60;
  private static final IpnsName LOG = TestLogs.name(1);
  private static final IpnsName OTHER = TestLogs.name(2);

  private static Process server;
  private static URI uri;
  private FaultyProxy proxy;
  private HttpClient http;
  private PinningService service;

  @BeforeAll
  static void start() throws Exception {
    String program = System.getenv(VARIABLE);
    assumeTrue(program != null && !program.isEmpty(), "no pinning service: export " + VARIABLE);
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String[] command = {
      "node", program, "--port", "" + port, "--token", TOKEN, "--loglevel", "error"
    };
    server =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    uri = URI.create("http://127.0.0.1:" + port);
    long end = System.nanoTime() + Duration.ofSeconds(WAIT_SECONDS_MAX).toNanos();
    while (!answers()) {
      assertThat(System.nanoTime()).as("the service starts").isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static boolean answers() throws Exception {
    try {
      return Http.get(uri, "/pins").statusCode() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) server.destroyForcibly();
  }

  @BeforeEach
  void begin() throws Exception {
    proxy = FaultyProxy.before(uri);
    http = HttpClient.create("tidelog-test", TimeLimits.of(Duration.ofSeconds(5)));
    service = service(TOKEN);
  }

  private PinningService service(String secret) {
    return new PinningService(Place.parse("pin:" + proxy.uri()), http, secret);
  }

  @AfterEach
  void end() throws Exception {
    for (IpnsName log : List.of(LOG, OTHER)) {
      for (int i = 0; i < 3; i++) service.unpin(root(i), log);
    }
    http.close();
    proxy.close();
  }

  private static Cid root(int i) {
    return Cid.sha256(Codec.DAG_CBOR, new byte[] {(byte) i});
  }

  private String pins() throws Exception {
    byte[] body = Http.get(uri, "/pins", "Authorization", "Bearer " + TOKEN).body();
    return new String(body, StandardCharsets.UTF_8);
  }

  @Test
  void asksForTheNewestRootInPlaceOfTheOneBefore() throws Exception {
    service.pin(root(0), LOG);
    service.pin(root(2), OTHER);
    assertThat(pins()).contains(root(0).text(), "tidelog " + LOG.text(), "\"count\":2");

    service.pin(root(1), LOG);

    assertThat(pins())
        .contains(root(1).text(), root(2).text(), "\"count\":2")
        .doesNotContain(root(0).text());
  }

  @Test
  void asksOnceForWhatIsKeptOrOnTheWay() throws Exception {
    service.pin(root(0), LOG);
    proxy.forget();

    service.pin(root(0), LOG);

    assertThat(proxy.count("POST")).isZero();
    assertThat(pins()).contains("\"count\":1");
  }

  @Test
  void givesUpWhatIsNoLongerWanted() throws Exception {
    service.pin(root(0), LOG);

    service.unpin(root(0), LOG);
    service.unpin(root(1), LOG);

    assertThat(pins()).contains("\"count\":0");
  }

  @Test
  void saysThatTheTokenIsWrongAndNotWhichItWas() {
    assertThatThrownBy(() -> service("another").pin(root(0), LOG))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("401")
        .hasMessageContaining("access token is invalid")
        .hasMessageNotContaining("another");
  }

  @Test
  void whateverGoesWrongIsAnError() throws Exception {
    byte[] deep = "[".repeat(200_000).getBytes(StandardCharsets.UTF_8);
    for (FaultyProxy.Fault fault :
        List.of(
            FaultyProxy.half(),
            FaultyProxy.reset(),
            FaultyProxy.endless(),
            FaultyProxy.status(500, "out of order"),
            FaultyProxy.status(302, "", "Location", uri.toString()),
            FaultyProxy.pretend("text/html", "<html>welcome".getBytes(StandardCharsets.UTF_8)),
            FaultyProxy.pretend("application/json", deep))) {
      proxy.always(fault);

      assertThatThrownBy(() -> service.pin(root(0), LOG)).isInstanceOf(IOException.class);
    }
    proxy.always(FaultyProxy.status(429, "", "Retry-After", "9"));
    assertThatThrownBy(() -> service.pin(root(0), LOG))
        .isInstanceOfSatisfying(BusyException.class, e -> assertThat(e.seconds()).isEqualTo(9));
    proxy.heal();
    assertThat(pins()).contains("\"count\":0");
  }

  @Test
  void aPinThatFailedIsAskedForAnew() throws Exception {
    service.pin(root(0), LOG);
    String failed = pins().replace("queued", "failed");
    proxy.when("pinned&limit", FaultyProxy.pretend("application/json", none()));
    proxy.when("POST", FaultyProxy.pretend("application/json", result(failed)));

    assertThatThrownBy(() -> service.pin(root(0), LOG))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("failed to keep " + root(0).text());
    proxy.heal();
  }

  private static byte[] none() {
    return "{\"count\":0,\"results\":[]}".getBytes(StandardCharsets.UTF_8);
  }

  /** The only one of a list. */
  private static byte[] result(String list) {
    String one = list.substring(list.indexOf('[') + 1, list.lastIndexOf(']'));
    return one.getBytes(StandardCharsets.UTF_8);
  }
}
