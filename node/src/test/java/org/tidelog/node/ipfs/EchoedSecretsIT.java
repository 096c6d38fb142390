package org.tidelog.node.ipfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.TestLogs;

/** Servers that repeat what they were sent: no message repeats the secret in it. */
final class EchoedSecretsIT {
  private static final String WORD = "a-word/that+nobody=may.see";
  private static final String ENCODED =
      Base64.getEncoder().encodeToString(("kim:" + WORD).getBytes(StandardCharsets.UTF_8));
  private static final int BYTES_MAX = 4_096;

  private static KuboNode node;
  private HttpClient http;
  private FaultyProxy rpc;
  private FaultyProxy gateway;

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
    http = HttpClient.create("tidelog-test", TimeLimits.of(Duration.ofSeconds(10)));
    rpc = FaultyProxy.before(node.rpc());
    gateway = FaultyProxy.before(node.gateway());
  }

  @AfterEach
  void goAway() throws Exception {
    http.close();
    rpc.close();
    gateway.close();
  }

  /** What a place is asked, and what is told of its answer. */
  private interface Question {
    Object ask() throws IOException;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Message\":\"cannot take %s\",\"Type\":\"error\"}",
        "cannot take %s",
        "{\"error\":{\"reason\":\"cannot take %s\"}}",
        "\u0007 %s\n\n"
      })
  void anErrorIsToldWithoutIt(String words) {
    for (FaultyProxy.Fault fault :
        List.of(FaultyProxy.echo(500, words), FaultyProxy.echo(400, words))) {
      rpc.always(fault);
      gateway.always(fault);
      assertThat(told()).contains("(secret)");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Key\":\"%s\",\"Stats\":{\"BlockCount\":\"%s\"},\"Version\":\"%s\"}",
        "{\"Hash\":\"\",\"Error\":\"%s\"}",
        "{\"count\":\"%s\",\"status\":\"%s\"}"
      })
  void anAnswerIsToldWithoutIt(String words) {
    rpc.always(FaultyProxy.echo(200, words));
    gateway.always(FaultyProxy.echo(200, words));
    rpc.when("block/stat", FaultyProxy.status(500, "not found"));

    assertThat(told()).contains("(secret)");
  }

  @Test
  void aFailureBehindTheAnswerIsToldWithoutIt() {
    for (String secret : List.of("bearer:" + WORD, "basic:kim:" + WORD)) {
      rpc.always(FaultyProxy.trailer("cannot take " + WORD + " in Basic " + ENCODED));

      String told = told(kubo(secret)::probe);

      assertThat(told).contains("(secret)").doesNotContain(WORD);
      if (secret.startsWith("basic")) assertThat(told).doesNotContain(ENCODED);
    }
  }

  /** All that is told of whatever is asked, with each way to write the secret down. */
  private String told() {
    StringBuilder all = new StringBuilder();
    for (String secret : List.of(WORD, "bearer:" + WORD, "basic:kim:" + WORD, "basic:" + ENCODED)) {
      for (Question question : questions(secret)) {
        all.append(told(question)).append('\n');
      }
    }
    assertThat(all).doesNotContain(WORD).doesNotContain(ENCODED);
    return all.toString();
  }

  private static String told(Question question) {
    try {
      return String.valueOf(question.ask());
    } catch (IOException e) {
      StringBuilder told = new StringBuilder();
      for (Throwable cause = e; cause != null; cause = cause.getCause()) told.append(cause);
      return told.toString();
    }
  }

  private Kubo kubo(String secret) {
    return new Kubo(Place.parse("kubo:" + rpc.uri()), http, secret, Duration.ofMillis(300));
  }

  private List<Question> questions(String secret) {
    Kubo kubo = kubo(secret);
    Gateway reading = new Gateway(Place.parse("gateway:" + gateway.uri()), http, secret);
    DelegatedRouting routing =
        new DelegatedRouting(Place.parse("delegated:" + gateway.uri()), http, secret);
    PinningService pins = new PinningService(Place.parse("pin:" + rpc.uri()), http, secret);
    byte[] block = {1, 2, 3};
    Cid cid = Cid.sha256(Codec.RAW, block);
    IpnsName name = TestLogs.name(1);
    return List.of(
        () -> kubo.get(cid, BYTES_MAX).isPresent(),
        () -> kubo.get(name).isPresent(),
        () -> kubo.put(cid, block),
        () -> kubo.putAll(java.util.Map.of(cid, block)),
        () -> kubo.removeAll(List.of(cid)),
        () -> kubo.branch(cid, BYTES_MAX).keySet(),
        () -> done(() -> kubo.pin(cid, name)),
        () -> done(() -> kubo.unpin(cid, name)),
        () -> done(() -> kubo.put(name, new byte[8])),
        kubo::probe,
        () -> reading.get(cid, BYTES_MAX).isPresent(),
        () -> reading.get(name).isPresent(),
        () -> reading.branch(cid, BYTES_MAX).keySet(),
        reading::probe,
        () -> routing.get(name).isPresent(),
        () -> done(() -> routing.put(name, new byte[8])),
        routing::probe,
        () -> done(() -> pins.pin(cid, name)),
        () -> done(() -> pins.unpin(cid, name)),
        pins::probe);
  }

  private interface Act {
    void run() throws IOException;
  }

  private static String done(Act act) throws IOException {
    act.run();
    return "done";
  }
}
