package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.node.ipfs.FaultyProxy;
import org.tidelog.node.ipfs.KuboNode;

/** What one more entry costs a program that runs: requests to a real daemon, counted on the way. */
final class WarmRequestsIT {
  @TempDir Path folder;
  private KuboNode node;
  private FaultyProxy rpc;
  private FaultyProxy gateway;

  @BeforeEach
  void standBefore() throws Exception {
    node = KuboNode.started();
    rpc = FaultyProxy.before(node.rpc());
    gateway = FaultyProxy.before(node.gateway());
  }

  @AfterEach
  void goAway() throws Exception {
    if (node == null) return;
    rpc.close();
    gateway.close();
    node.close();
  }

  private Tidelog device(String name, String mirror) {
    Path home = folder.resolve(name);
    Tidelog.init(home, InitOptions.defaults().withDisplayName(name));
    return Tidelog.open(home, TidelogOptions.defaults().withMirrors(List.of(mirror)));
  }

  @ParameterizedTest(name = "after {0} entries")
  @ValueSource(ints = {1, 3_000})
  void anEntryIsPublishedWithThreeRequestsAndFetchedWithOne(int before) {
    try (Tidelog writer = device("writer", "kubo:" + rpc.uri());
        Tidelog byRpc = device("by-rpc", "kubo:" + rpc.uri());
        Tidelog byGateway = device("by-gateway", "gateway:" + gateway.uri())) {
      Topic topic = writer.createTopic("news", true);
      topic.appendAll(IntStream.range(0, before).mapToObj(WarmRequestsIT::draft).toList());
      PublishReport.Figures first = published(writer);
      assertThat(first.root().isPresent()).isEqualTo(before > 1);
      List<Topic> readers =
          List.of(
              byRpc.follow(topic.name().orElseThrow(), "news"),
              byGateway.follow(topic.name().orElseThrow(), "news"));
      Devices.fetch(byRpc);
      Devices.fetch(byGateway);

      LayerStatus asked = layer(writer);
      topic.append("one more");
      rpc.forget();
      PublishReport.Figures second = published(writer);

      assertThat(second.root()).as("no page was filled").isEqualTo(first.root());
      assertThat(calls(rpc)).containsExactly("name/get", "name/put", "name/get");
      assertThat(layer(writer).requests()).isEqualTo(asked.requests() + 2);
      assertThat(layer(writer).bytesRead()).isEqualTo(asked.bytesRead() + first.recordBytes());
      assertThat(layer(writer).bytesWritten())
          .isEqualTo(asked.bytesWritten() + second.recordBytes());

      rpc.forget();
      gateway.forget();
      Devices.fetch(byRpc);
      Devices.fetch(byGateway);

      assertThat(calls(rpc)).containsExactly("name/get");
      assertThat(gateway.requests()).hasSize(1);
      assertThat(readers)
          .allSatisfy(
              reader ->
                  assertThat(Devices.texts(reader, ReadQuery.all().withLast(1)))
                      .containsExactly("writer: one more"));
    }
  }

  private static Draft draft(int i) {
    return Draft.of(("entry " + i + " ".repeat(99)).getBytes(StandardCharsets.UTF_8));
  }

  private static PublishReport.Figures published(Tidelog writer) {
    PublishReport.Figures figures = Devices.publish(writer).get(0).figures();
    assertThat(figures.problems()).isEmpty();
    return figures;
  }

  private static LayerStatus layer(Tidelog tidelog) {
    return tidelog.status().device().layers().get(0);
  }

  /** Such as {@code name/get}, in order. */
  private static List<String> calls(FaultyProxy proxy) {
    return proxy.requests().stream()
        .map(request -> request.line().replaceAll(".*/api/v0/([a-z/]+).*", "$1"))
        .collect(Collectors.toList());
  }
}
