package org.tidelog.node.ipfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;

/** Blocks that are to go from a real daemon, pinned or not, many or few, and what it says of it. */
final class KuboRemovalIT {
  /** Over what goes into one request. */
  private static final int MANY = 150;

  private static KuboNode node;
  private HttpClient http;
  private FaultyProxy proxy;
  private Kubo kubo;

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
    http = HttpClient.create("tidelog-test", TimeLimits.of(Duration.ofSeconds(20)));
    proxy = FaultyProxy.before(node.rpc());
    kubo = new Kubo(Place.parse("kubo:" + proxy.uri()), http, null, Duration.ofMillis(300));
  }

  @AfterEach
  void goAway() throws Exception {
    http.close();
    proxy.close();
  }

  private static Map<Cid, byte[]> blocks(String words, int count) {
    Map<Cid, byte[]> blocks = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      byte[] block = (words + " " + i).getBytes(StandardCharsets.UTF_8);
      blocks.put(Cid.sha256(Codec.RAW, block), block);
    }
    return blocks;
  }

  private static String[] words(String first, String second, Iterable<Cid> cids) {
    List<String> words = new ArrayList<>(List.of(first, second));
    cids.forEach(cid -> words.add(cid.text()));
    return words.toArray(new String[0]);
  }

  private static String kept() throws Exception {
    return node.ipfs("refs", "local");
  }

  @Test
  void manyBlocksGoThatArePinnedEach() throws Exception {
    Map<Cid, byte[]> blocks = blocks("each", MANY);
    kubo.putAll(blocks);
    node.ipfs(words("pin", "add", blocks.keySet()));

    assertThat(kubo.removeAll(blocks.keySet())).isEmpty();

    assertThat(kept()).doesNotContain(blocks.keySet().stream().map(Cid::text).toList());
    assertThat(proxy.requests())
        .filteredOn(request -> request.line().contains("block/rm"))
        .hasSize(6)
        .allSatisfy(request -> assertThat(request.line()).hasSizeLessThan(8_192));
  }

  @Test
  void manyBlocksGoThatARootKeeps() throws Exception {
    Map<Cid, byte[]> blocks = blocks("below", MANY);
    List<Cbor> links = new ArrayList<>();
    blocks.keySet().forEach(cid -> links.add(new Cbor.Link(cid)));
    byte[] root = DagCbor.encode(new Cbor.Array(links));
    blocks.put(Cid.sha256(Codec.DAG_CBOR, root), root);
    kubo.putAll(blocks);
    node.ipfs("pin", "add", Cid.sha256(Codec.DAG_CBOR, root).text());

    assertThat(kubo.removeAll(blocks.keySet())).isEmpty();

    assertThat(kept()).doesNotContain(blocks.keySet().stream().map(Cid::text).toList());
    assertThat(proxy.count("pin/rm")).as("of the root alone").isEqualTo(1);
  }

  @Test
  void thoseThatSomebodyElseKeepsAreNamed() throws Exception {
    Map<Cid, byte[]> blocks = blocks("others", 3);
    Cid one = blocks.keySet().iterator().next();
    byte[] root = DagCbor.encode(new Cbor.Array(List.of(new Cbor.Link(one))));
    kubo.putAll(blocks);
    kubo.put(Cid.sha256(Codec.DAG_CBOR, root), root);
    node.ipfs("pin", "add", Cid.sha256(Codec.DAG_CBOR, root).text());

    assertThat(kubo.removeAll(blocks.keySet())).containsExactly(one);

    assertThatThrownBy(() -> kubo.remove(one))
        .isInstanceOf(IOException.class)
        .hasMessage("it keeps the block " + one.text());
    assertThat(kubo.get(one, 1_024)).isPresent();
  }

  @Test
  void aLineThatSaysWhyNotIsHeard() throws Exception {
    Map<Cid, byte[]> blocks = blocks("lines", 3);
    List<Cid> cids = List.copyOf(blocks.keySet());
    String lines =
        line(cids.get(0).text(), "") + line(cids.get(1).text(), "pinned via x") + line("bafk", "?");
    proxy.when("block/rm", FaultyProxy.pretend("application/json", bytes(lines)));

    assertThat(kubo.removeAll(cids)).containsExactly(cids.get(1));
  }

  @Test
  void anErrorThatNamesNoBlockIsOneOfAll() {
    List<Cid> cids = List.copyOf(blocks("none", 2).keySet());
    proxy.when(
        "block/rm",
        FaultyProxy.pretend(
            "application/json", bytes(line(cids.get(0).text(), "") + line("", "disk on fire"))));
    assertThatThrownBy(() -> kubo.removeAll(cids))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("disk on fire");

    proxy.when("block/rm", FaultyProxy.trailer("the disk went away"));
    assertThatThrownBy(() -> kubo.removeAll(cids))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the disk went away");
  }

  private static String line(String hash, String error) {
    return "{\"Hash\":\"" + hash + "\",\"Error\":\"" + error + "\"}\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
