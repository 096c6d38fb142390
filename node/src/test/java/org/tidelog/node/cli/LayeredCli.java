package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The real program with {@code --json} on one home, whose mirror is any layers; each call is to the
 * program as if it had just been started.
 */
final class LayeredCli {
  private static final int SECONDS_MAX = 120;

  private final Path home;
  private final List<String> layers;

  private LayeredCli(Path home, List<String> layers) {
    this.home = home;
    this.layers = layers;
  }

  /** On a home that is made now. */
  static LayeredCli init(Path home, String... layers) {
    LayeredCli cli = new LayeredCli(home, List.of(layers));
    cli.done("init", "--no-passphrase", "--quiet");
    return cli;
  }

  /** The same home with other layers. */
  LayeredCli with(String... others) {
    return new LayeredCli(home, List.of(others));
  }

  Path home() {
    return home;
  }

  /** It has to succeed. */
  Cli.Result done(String... args) {
    return ends(ExitCodes.DONE, args);
  }

  /** It has to end with {@code exitCode}. */
  Cli.Result ends(int exitCode, String... args) {
    Cli.Result result = run(args);
    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
    assertThat(result.err()).doesNotContain("internal error");
    return result;
  }

  Cli.Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Host host =
        new Host(InputStream.nullInputStream(), out, err, Map.of(), false, false, Optional.empty());
    int exitCode = Main.run(words(args).toArray(new String[0]), host);
    return new Cli.Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** In a process of 64 MiB. */
  Cli.Result small(String... args) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(words(args));
    Path out = Files.createTempFile(home, "out", "");
    Path err = Files.createTempFile(home, "err", "");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    Cli.Result result =
        new Cli.Result(process.exitValue(), Files.readString(out), Files.readString(err));
    assertThat(result.err()).doesNotContainIgnoringCase("memory").doesNotContain("internal");
    return result;
  }

  private List<String> words(String... args) {
    List<String> words = new ArrayList<>(List.of("--json", "--home=" + home));
    layers.forEach(layer -> words.add("--mirror=" + layer));
    words.addAll(List.of(args));
    return words;
  }
}
