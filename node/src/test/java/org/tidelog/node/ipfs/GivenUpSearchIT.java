package org.tidelog.node.ipfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.TestLogs;
import org.tidelog.log.spi.NameSystem;
import org.tidelog.node.cli.Cli;

/** A daemon that did not find something in the time it had: for a record, that is no answer. */
final class GivenUpSearchIT {
  private static final String KUBO =
      "{\"Message\":\"context deadline exceeded\",\"Code\":0,\"Type\":\"error\"}";

  @TempDir Path folder;
  private KuboNode node;
  private FaultyProxy rpc;
  private FaultyProxy gateway;
  private HttpClient http;

  @BeforeEach
  void standBetween() throws Exception {
    node = KuboNode.started();
    http = HttpClient.create("tidelog-test", TimeLimits.defaults());
    rpc = FaultyProxy.before(node.rpc());
    gateway = FaultyProxy.before(node.gateway());
  }

  @AfterEach
  void goAway() throws Exception {
    if (node == null) return;
    http.close();
    rpc.close();
    gateway.close();
    node.close();
  }

  private void gaveUp(NameSystem place) {
    assertThatThrownBy(() -> place.get(TestLogs.name(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gave up");
  }

  @Test
  void aRecordIsNotTakenForAbsent() throws Exception {
    Kubo kubo = new Kubo(Place.parse("kubo:" + rpc.uri()), http, null, Duration.ofMillis(300));
    Place routing = Place.parse("delegated:" + gateway.uri());
    Gateway reading = new Gateway(Place.parse("gateway:" + gateway.uri()), http, null);
    assertThat(kubo.get(TestLogs.name(1))).isEmpty();

    for (String words : List.of(KUBO, KUBO.replace("context", "routing: not found, context"))) {
      rpc.when("name/get", FaultyProxy.status(500, words));
      gaveUp(kubo);
    }
    for (int status : new int[] {200, 500, 504}) {
      gateway.always(
          FaultyProxy.status(
              status, "delegate error: context deadline exceeded", "Content-Type", "text/plain"));
      gaveUp(new DelegatedRouting(routing, http, null));
      if (status != 200) gaveUp(reading);
    }

    Cid nowhere = Cid.sha256(Codec.RAW, new byte[] {1, 2, 3});
    assertThat(kubo.get(nowhere, 100)).as("of blocks it looked for long enough").isEmpty();
    assertThat(reading.get(nowhere, 100)).isEmpty();
  }

  @Test
  void nothingIsPublishedWhereOnesOwnHeadCouldNotBeAskedFor() {
    Cli kim = new Cli(folder.resolve("kim"), folder.resolve("mirror"));
    kim.json("init", "--no-passphrase");
    kim.json("topic", "create", "trip", "--open");
    rpc.when("name/get", FaultyProxy.status(500, KUBO));

    Cli.Result alone = kim.at("kubo:" + rpc.uri()).fails(1, "publish");
    Cli.Result beside =
        kim.at("kubo:" + rpc.uri(), folder.resolve("mirror").toString()).fails(4, "publish");

    assertThat(alone.err()).contains("it looked for too long, and gave up");
    assertThat(beside.err()).contains("kubo:" + rpc.uri());
    assertThat(rpc.count("name/put")).isZero();
  }
}
