package org.tidelog.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.sim.network.Layer;
import org.tidelog.sim.scenario.StrategyKind;
import org.tidelog.sim.scenario.Suite;

final class SweepTest {
  private static final List<String> FILES =
      List.of("results.json", "results.csv", "manifest.json", "samples.jsonl");

  @TempDir Path folder;

  @Test
  void theSameSeedGivesTheSameBytesOnAnyNumberOfThreads() throws Exception {
    sweep(11, "a").run(1, (done, total) -> {});
    sweep(11, "b").run(4, (done, total) -> {});
    sweep(12, "c").run(4, (done, total) -> {});

    for (String file : FILES) {
      assertThat(text("a", file)).as(file).isEqualTo(text("b", file));
    }
    assertThat(text("a", "results.csv")).isNotEqualTo(text("c", "results.csv"));
  }

  @Test
  void aSweepGoesOnWhereItWasInterrupted() throws Exception {
    sweep(11, "whole").run(2, (done, total) -> {});
    String samples = text("whole", "samples.jsonl");
    int half = samples.indexOf('\n', samples.length() / 2) + 20;
    Files.createDirectories(folder.resolve("cut"));
    Files.writeString(folder.resolve("cut/samples.jsonl"), samples.substring(0, half));
    List<Integer> done = new ArrayList<>();

    sweep(11, "cut").run(2, (finished, total) -> done.add(finished));

    assertThat(done.get(0)).isPositive();
    for (String file : FILES) {
      assertThat(text("cut", file)).as(file).isEqualTo(text("whole", file));
    }
  }

  @Test
  void layersAddUpToTheTotalAndEverythingArrives() throws Exception {
    List<Row> rows = sweep(11, "sums").run(2, (done, total) -> {});

    assertThat(rows).hasSize(2 * StrategyKind.values().length);
    for (Row row : rows) {
      Sample pooled = row.pooled();
      long layers = pooled.layers().values().stream().mapToLong(Long::longValue).sum();
      assertThat(layers).isEqualTo(pooled.count(Count.BYTES_TOTAL));
      assertThat(pooled.count(Count.BYTES_DEVICE_UP) + pooled.count(Count.BYTES_HELPER))
          .isEqualTo(layers);
      assertThat(pooled.count(Count.DELIVERIES))
          .isEqualTo(pooled.count(Count.DELIVERIES_EXPECTED))
          .isPositive();
      assertThat(pooled.bytes(Layer.IP)).isPositive();
    }
  }

  @Test
  void theTableHasTheColumnsOfTheContract() throws Exception {
    Map<String, Object> columns = sweep(11, "columns").run(2, (d, t) -> {}).get(0).columns();

    assertThat(columns.keySet())
        .containsSubsequence(
            "scenario",
            "strategy",
            "seed",
            "uptime",
            "profile",
            "devices",
            "recipients",
            "payload_bytes",
            "messages",
            "deliveries_expected",
            "deliveries",
            "bytes_total",
            "bytes_device_up",
            "bytes_device_down",
            "bytes_helper",
            "payload_bytes_delivered",
            "amplification",
            "latency_s_p50",
            "latency_s_p95",
            "latency_s_mean",
            "sends_per_message",
            "acks_per_message",
            "wakeups_per_device_day",
            "radio_s_per_device_day",
            "bytes_per_device_day",
            "bytes_payload",
            "bytes_ip")
        .contains("amplification_ci95");
    assertThat((Double) columns.get("amplification_ci95")).isPositive();
  }

  @Test
  void oneMessagesWayIsWrittenDown() throws Exception {
    Sweep sweep = sweep(11, "traced");
    sweep.run(1, (done, total) -> {});

    sweep.trace(1);

    assertThat(text("traced", "trace.csv"))
        .startsWith("scenario,strategy,time_s,event,message,from,to,bytes\n")
        .contains(
            "smoke,mvds-batch,", ",written,1,0,0,0\n", ",sent,1,0,1,", ",delivered,1,1,1,0\n");
  }

  private Sweep sweep(long seed, String out) throws Exception {
    Suite suite =
        Suite.load("smoke")
            .with("availability={profile: uniform, uptime: 40 %}")
            .with("network.loss=1 %")
            .with("replicates=3")
            .withSweep("groups.recipients=1,3");
    return Sweep.of(List.of(suite), OptionalLong.of(seed), folder.resolve(out));
  }

  private String text(String out, String file) throws IOException {
    return Files.readString(folder.resolve(out).resolve(file));
  }
}
