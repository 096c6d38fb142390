package org.tidelog.node.cli.output;

import java.util.Optional;

/**
 * Why a command did not do what was asked.
 *
 * @param word stable, for programs: {@code not-found}, {@code locked}, …
 * @param exitCode of the process if this is the gravest failure
 * @param message {@code WHAT: WHY}, for people
 * @param hint what to try
 */
public record Failure(String word, int exitCode, String message, Optional<String> hint) {
  public Failure(String word, int exitCode, String message) {
    this(word, exitCode, message, Optional.empty());
  }

  public Failure withHint(String other) {
    return new Failure(word, exitCode, message, Optional.of(other));
  }

  Fields fields() {
    return new Fields().with("error", word).with("message", message).with("hint", hint.orElse(""));
  }
}
