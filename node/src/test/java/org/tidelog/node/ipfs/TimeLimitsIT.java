package org.tidelog.node.ipfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsContent;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.TestLogs;
import org.tidelog.log.spi.NameSystem;

/** What is cut for taking too long, and what is not, before a real daemon. */
final class TimeLimitsIT {
  private static final Duration READ = Duration.ofSeconds(1);
  private static final Duration UPLOAD_IDLE = Duration.ofSeconds(2);
  private static final Duration LATE = Duration.ofSeconds(3);
  private static final TimeLimits LIMITS =
      new TimeLimits(READ, Duration.ofSeconds(20), UPLOAD_IDLE);

  private static KuboNode node;
  private HttpClient http;
  private FaultyProxy rpc;
  private FaultyProxy gateway;
  private Kubo kubo;
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
    http = HttpClient.create("tidelog-test", LIMITS);
    rpc = FaultyProxy.before(node.rpc());
    gateway = FaultyProxy.before(node.gateway());
    kubo = new Kubo(Place.parse("kubo:" + rpc.uri()), http, null, Duration.ofMillis(300));
    routing = new DelegatedRouting(Place.parse("delegated:" + gateway.uri()), http, null);
  }

  @AfterEach
  void goAway() throws Exception {
    http.close();
    rpc.close();
    gateway.close();
  }

  @Test
  void anUploadThatProgressesIsNotCut() throws Exception {
    Map<Cid, byte[]> blocks = blocks(2);
    rpc.takeBytesPerSecond(512 * 1024);
    long began = System.nanoTime();

    kubo.putAll(blocks);

    assertThat(since(began)).isGreaterThan(UPLOAD_IDLE.plusSeconds(1));
    rpc.takeBytesPerSecond(FaultyProxy.ALL);
    for (Cid cid : blocks.keySet()) assertThat(kubo.get(cid, 1 << 20)).isPresent();
  }

  @Test
  void blocksThatShareASlowLinkAllArrive() throws Exception {
    List<Cid> cids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      byte[] block = TestLogs.bytes(new Random(100 + i), 32 * 1024);
      cids.add(Cid.sha256(Codec.RAW, block));
      kubo.put(cids.get(i), block);
    }
    rpc.when("block/get", FaultyProxy.link(30 * 1024));
    long began = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(cids.size());
    try {
      List<Future<Optional<byte[]>>> read = new ArrayList<>();
      for (Cid cid : cids) read.add(threads.submit(() -> kubo.get(cid, 1 << 20)));
      for (Future<Optional<byte[]>> block : read) assertThat(block.get()).isPresent();
    } finally {
      threads.shutdownNow();
    }
    assertThat(since(began)).isGreaterThan(READ.multipliedBy(3));
  }

  @Test
  void aTrickleOfBytesIsCut() throws Exception {
    byte[] block = TestLogs.bytes(new Random(200), 16 * 1024);
    Cid cid = Cid.sha256(Codec.RAW, block);
    kubo.put(cid, block);
    rpc.when("block/get", FaultyProxy.slow(Duration.ofMillis(20)));
    long began = System.nanoTime();

    assertThatThrownBy(() -> kubo.get(cid, 1 << 20)).hasMessage("it took too long");

    assertThat(since(began)).isBetween(READ, LATE);
  }

  @Test
  void aSlowUploadThatProgressesIsNotCut() throws Exception {
    byte[] block = TestLogs.bytes(new Random(300), 120 * 1024);
    Cid cid = Cid.sha256(Codec.RAW, block);
    rpc.takeBytesPerSecond(20 * 1024);
    long began = System.nanoTime();

    kubo.put(cid, block);

    assertThat(since(began)).isGreaterThan(UPLOAD_IDLE.multipliedBy(2));
  }

  @Test
  void anUploadThatStandsStillIsCutLongBeforeItsBytesWouldHaveBeenSent() throws Exception {
    rpc.takeBytesPerSecond(0);
    long began = System.nanoTime();

    // More than systems keep of what nobody reads.
    assertThatThrownBy(() -> kubo.putAll(blocks(24)))
        .isInstanceOf(IOException.class)
        .hasMessage("it took too long");

    assertThat(since(began)).isBetween(UPLOAD_IDLE, UPLOAD_IDLE.plusSeconds(10));
  }

  @Test
  void anUploadThatIsHardlyOneIsCutWhenItsTimeIsOver() throws Exception {
    rpc.takeBytesPerSecond(1024);
    byte[] block = TestLogs.bytes(new Random(9), 16 * 1024);
    long began = System.nanoTime();

    assertThatThrownBy(() -> kubo.putAll(Map.of(Cid.sha256(Codec.RAW, block), block)))
        .isInstanceOf(IOException.class)
        .hasMessage("it took too long");

    assertThat(since(began)).isBetween(UPLOAD_IDLE.plusSeconds(2), UPLOAD_IDLE.plusSeconds(5));
  }

  @Test
  void aRecordMayTakeItsTimeToGetAroundAndIsNotWaitedForAsLong() throws Exception {
    rpc.when("name/put", FaultyProxy.late(LATE));
    gateway.when("PUT /routing", FaultyProxy.late(LATE));
    int seed = 20;
    for (NameSystem place : List.of(kubo, routing)) {
      Signer signer = TestLogs.signer(seed++);
      place.put(IpnsName.of(signer.publicKey()), record(signer));
    }
    rpc.when("name/get", FaultyProxy.late(LATE));
    gateway.when("GET /routing", FaultyProxy.late(LATE));
    for (NameSystem place : List.of(kubo, routing)) {
      long began = System.nanoTime();

      assertThatThrownBy(() -> place.get(TestLogs.name(20)))
          .isInstanceOf(IOException.class)
          .hasMessage("it took too long");

      assertThat(since(began)).isBetween(READ, LATE);
    }
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Of a megabyte each. */
  private static Map<Cid, byte[]> blocks(int count) {
    Map<Cid, byte[]> blocks = new LinkedHashMap<>();
    Random random = new Random(count);
    for (int i = 0; i < count; i++) {
      byte[] block = TestLogs.bytes(random, 1 << 20);
      blocks.put(Cid.sha256(Codec.RAW, block), block);
    }
    return blocks;
  }

  private static byte[] record(Signer signer) {
    IpnsContent content =
        new IpnsContent(
            "/ipfs/bafkqaaa".getBytes(),
            1,
            Instant.parse("2090-01-01T00:00:00Z"),
            Duration.ofSeconds(1),
            new TreeMap<>());
    return IpnsRecord.create(signer, content).bytes();
  }
}
