package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the real program in this process, on a home of its own and a mirror that several may share.
 */
public final class Cli {
  private final Path home;
  private final Path mirror;
  private final List<String> layers;
  private final Optional<Prompt> prompt;

  /** What a run came to. */
  public record Result(int exitCode, String out, String err) {
    public List<Map<String, Object>> json() {
      return JsonLines.parse(out);
    }

    /** The only line. */
    public Map<String, Object> object() {
      assertThat(json()).hasSize(1);
      return json().get(0);
    }

    /** A field of the only line. */
    public String text(String field) {
      return String.valueOf(object().get(field));
    }

    public List<Map<String, Object>> errors() {
      return JsonLines.parse(err);
    }
  }

  public Cli(Path home, Path mirror) {
    this(home, mirror, Optional.empty());
  }

  Cli(Path home, Path mirror, Optional<Prompt> prompt) {
    this(home, mirror, List.of(mirror.toString()), prompt);
  }

  private Cli(Path home, Path mirror, List<String> layers, Optional<Prompt> prompt) {
    this.home = home;
    this.mirror = mirror;
    this.layers = layers;
    this.prompt = prompt;
  }

  /** The same home with other layers of the mirror. */
  public Cli at(String... words) {
    return new Cli(home, mirror, List.of(words), prompt);
  }

  public Path home() {
    return home;
  }

  public Path mirror() {
    return mirror;
  }

  /** Runs with {@code --json}; it has to succeed. */
  public Result json(String... args) {
    Result result = run(with("--json", args));
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  /** Runs with {@code --json}; it has to end with {@code exitCode}. */
  public Result fails(int exitCode, String... args) {
    Result result = run(with("--json", args));
    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
    return result;
  }

  public Result run(String... args) {
    return run(InputStream.nullInputStream(), args);
  }

  Result run(String input, String[] args) {
    return run(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), args);
  }

  Result run(InputStream in, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Map<String, String> environment = Map.of("TIDELOG_HOME", home.toString());
    Host host = new Host(in, out, err, environment, false, false, prompt);
    List<String> all = new ArrayList<>(List.of(args));
    layers.forEach(layer -> all.add(0, "--mirror=" + layer));
    int exitCode = Main.run(all.toArray(new String[0]), host);
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static String[] with(String option, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add(0, option);
    return all.toArray(new String[0]);
  }
}
