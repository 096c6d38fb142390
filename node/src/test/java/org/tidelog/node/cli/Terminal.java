package org.tidelog.node.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs the real program in this process as a person does: words, a home, and nothing else. */
final class Terminal {
  private final Path home;
  private final Map<String, String> variables = new HashMap<>();

  Terminal(Path home) {
    this.home = home;
    variables.put("TIDELOG_HOME", home.toString());
  }

  Path home() {
    return home;
  }

  Terminal with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  Cli.Result run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = Main.run(words, host(out, err));
    return new Cli.Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Everything that is printed, in the order in which a person sees it. */
  String shown(String... words) {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    Main.run(words, host(screen, screen));
    return screen.toString(StandardCharsets.UTF_8);
  }

  private Host host(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Host(
        InputStream.nullInputStream(), out, err, variables, false, false, Optional.empty());
  }
}
