package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clocks that jump between one process and the next delete nothing unasked. */
final class ClockIT {
  private static final int WAIT_SECONDS_MAX = 60;
  private static final Instant TODAY = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final Instant NEXT_YEAR = TODAY.plus(Duration.ofDays(365));
  private static final Instant LAST_YEAR = TODAY.minus(Duration.ofDays(365));
  private static final String TEXT = "the code is 1234";

  @TempDir Path folder;

  @BeforeEach
  void makeAHome() throws Exception {
    run(TODAY, "home", "init", "--no-passphrase");
    run(TODAY, "home", "topic", "create", "trip", "--open");
    run(TODAY, "home", "append", "trip", TEXT, "--ttl", "7d");
    run(TODAY, "home", "publish");
  }

  @Test
  void aYearForwardAndBackDeletesNothingUntilItIsConfirmed() throws Exception {
    for (Instant wrong : List.of(NEXT_YEAR, LAST_YEAR, NEXT_YEAR)) {
      run(wrong, "home", "append", "trip", "with a wrong clock");
      run(wrong, "home", "publish");
      run(wrong, "home", "verify");
      assertThat(run(wrong, "home", "read", "trip")).contains(TEXT);
      assertThat(run(wrong, "home", "status")).contains("\"clock\":\"unconfirmed\"");
    }
    assertThat(run(TODAY, "home", "status")).contains("\"clock\":\"trusted\"");
    assertThat(run(TODAY, "home", "read", "trip")).contains(TEXT);

    run(NEXT_YEAR, "home", "clock", "confirm");
    run(NEXT_YEAR, "home", "publish");

    assertThat(run(NEXT_YEAR, "home", "clock", "status")).contains("trusted");
    assertThat(run(NEXT_YEAR, "home", "read", "trip")).contains("\"expired\"").doesNotContain(TEXT);
    assertThat(holding(folder)).isEmpty();
  }

  @Test
  void aReaderWhoseClockJumpsKeepsWhatHeHas() throws Exception {
    String name = run(TODAY, "home", "status").replaceAll("(?s).*?\"name\":\"(\\w+)\".*", "$1");
    run(TODAY, "reader", "init", "--no-passphrase");
    run(TODAY, "reader", "follow", name, "--as", "trip");
    run(TODAY, "reader", "fetch");

    run(NEXT_YEAR, "reader", "fetch");
    assertThat(run(NEXT_YEAR, "reader", "read", "trip")).contains(TEXT);
    run(LAST_YEAR, "reader", "fetch");
    assertThat(run(LAST_YEAR, "reader", "read", "trip")).contains(TEXT);
    run(NEXT_YEAR, "reader", "clock", "confirm");
    run(NEXT_YEAR, "reader", "fetch");

    assertThat(run(NEXT_YEAR, "reader", "read", "trip")).doesNotContain(TEXT);
    assertThat(holding(folder.resolve("reader"))).isEmpty();
  }

  private static List<Path> holding(Path below) throws Exception {
    List<Path> found = new ArrayList<>();
    try (var files = Files.walk(below)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(TEXT)) found.add(file);
      }
    }
    return found;
  }

  /** What a process prints, which has to succeed, at that time. */
  private String run(Instant time, String home, String... args) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--json",
                "--time=" + time,
                "--home=" + folder.resolve(home),
                "--mirror=" + folder.resolve("mirror")));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", args) + ": " + err).isZero();
    return out;
  }
}
