package org.tidelog.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Test
  void runsAScenarioIntoAFolder() {
    int exitCode = run("--quiet", "sim", "run", "smoke", "--out", folder.toString());

    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(exitCode).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("mvds-interactive", "3 of 3");
    assertThat(Files.exists(folder.resolve("results.csv"))).isTrue();
    assertThat(folder.resolve("report.html")).content().contains("mvds-interactive", "<svg");
  }

  @Test
  void comparesFoldersAndHoldsThemToABudget() {
    Path other = folder.resolve("other");
    run("sim", "run", "smoke", "--out", folder.toString());
    run("sim", "run", "smoke", "--out", other.toString(), "--set", "workload.payload=100 B");

    assertThat(run("sim", "compare", folder.toString(), folder.toString())).isZero();
    assertThat(run("sim", "compare", folder.toString(), other.toString())).isZero();
    assertThat(run("sim", "budget", "smoke", folder.toString())).isZero();
    assertThat(run("sim", "budget", "smoke", other.toString())).isEqualTo(1);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("6 of 6 rows are unchanged", "bytes_payload", "all 15 bounds are kept");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("sim budget: smoke, mvds-batch: amplification is ", "at most 3.2 (smoke:11)");
  }

  @Test
  void printsOneObjectARowWithJson() {
    run("sim", "run", "smoke", "--out", folder.toString(), "--json", "--replicates", "2");

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(6)
        .allMatch(line -> line.startsWith("{\"scenario\":\"smoke\"") && line.contains("_ci95"));
  }

  @Test
  void listsAndShowsWhatIsShipped() {
    assertThat(run("sim", "list")).isZero();
    assertThat(run("sim", "show", "vac-2019")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("headline ", "profile: vac-iid");
  }

  @Test
  void saysInTwoLinesWhatIsWrong() {
    assertThat(run("sim", "run", "smoke", "--out", folder.toString(), "--set", "mvds.epok=1 s"))
        .isEqualTo(2);
    assertThat(run("sim", "run", "smok", "--out", folder.toString())).isEqualTo(3);
    assertThat(run("sim", "run", "smoke")).isEqualTo(2);

    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(6)
        .contains(
            "tidelog: sim run: --set mvds.epok: there is no 'mvds.epok'; is 'mvds.epoch' meant?");
  }

  private int run(String... args) {
    return Main.run(args, out, err, false);
  }
}
