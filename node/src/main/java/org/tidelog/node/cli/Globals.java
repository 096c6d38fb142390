package org.tidelog.node.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.TimeSource;
import org.tidelog.node.cli.output.OutputMode;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The options that every command has, before or after its name. */
final class Globals {
  private static final String MIRROR = "--mirror";

  /** When to use colours. */
  enum Colour {
    AUTO,
    ALWAYS,
    NEVER
  }

  /** For completion in a shell. */
  static final class ColourWords extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    ColourWords() {
      super(new Choice<>(Colour.values()).words());
    }
  }

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "Where this device keeps its keys and logs (default: $$TIDELOG_HOME, else ~/.tidelog).")
  @Nullable Path home;

  @Option(
      names = MIRROR,
      paramLabel = "LAYER",
      scope = ScopeType.INHERIT,
      description = {
        "Where logs are published to and fetched from: a folder, kubo:URL, gateway:URL,",
        "delegated:URL or pin:URL; may be given several times.",
        "Default: what 'config set mirror' remembered, else 'mirror' in the home."
      })
  List<String> mirrors = new ArrayList<>();

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON object a line, and nothing else.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "No notes and no progress bars.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Say where in the program an error came from.")
  boolean verbose;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      completionCandidates = ColourWords.class,
      description = "auto (on a terminal), always or never.")
  Colour colour = Colour.AUTO;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Read the passphrase from FILE instead of asking for it.")
  @Nullable Path passphraseFile;

  @Option(
      names = "--no-passphrase",
      scope = ScopeType.INHERIT,
      description = "At init and restore: keep the keys unprotected; the home remembers it.")
  boolean noPassphrase;

  @Option(
      names = "--time",
      paramLabel = "RFC3339",
      scope = ScopeType.INHERIT,
      description = "Take this for the current time, such as 2026-01-31T12:00:00Z.")
  @Nullable Instant time;

  Path home(Host host) {
    if (home != null && home.toString().isEmpty()) {
      throw CommandFailure.of(ErrorKind.USAGE, "--home: the name is empty", "--home DIR");
    }
    if (home != null) {
      return home.toAbsolutePath().normalize();
    }
    // Not the property user.home: a shell's ~ is $HOME.
    String userHome = host.variable("HOME").orElse(System.getProperty("user.home", "."));
    return host.variable("TIDELOG_HOME")
        .map(Path::of)
        .orElse(Path.of(userHome, ".tidelog"))
        .toAbsolutePath()
        .normalize();
  }

  TimeSource timeSource() {
    return time == null ? TimeSource.system() : TimeSource.fixed(time);
  }

  Optional<Path> passphraseFile() {
    return Optional.ofNullable(passphraseFile);
  }

  /**
   * Takes layers and flags from all places they may stand in. The parser alone would keep the
   * layers after the last command word only, and take a flag said twice for the opposite.
   */
  void gather(ParseResult parsed) {
    List<String> layers = new ArrayList<>();
    Set<String> said = new HashSet<>();
    for (ParseResult level = parsed; level != null; level = level.subcommand()) {
      for (OptionSpec option : level.matchedOptions()) {
        said.add(option.longestName());
      }
      if (level.hasMatchedOption(MIRROR)) {
        layers.addAll(level.matchedOption(MIRROR).stringValues());
      }
    }
    mirrors = layers;
    json = said.contains("--json");
    quiet = said.contains("--quiet");
    verbose = said.contains("--verbose");
    noPassphrase = said.contains("--no-passphrase");
  }

  OutputMode outputMode(Host host) {
    return new OutputMode(
        json,
        quiet,
        colour(host, host.outTerminal()),
        colour(host, host.errTerminal()),
        host.errTerminal());
  }

  private boolean colour(Host host, boolean terminal) {
    return switch (colour) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          terminal
              && host.variable("NO_COLOR").isEmpty()
              && !host.variable("TERM").equals(Optional.of("dumb"));
    };
  }
}
