package org.tidelog.node.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What surrounds the program.
 *
 * @param outTerminal standard output is shown to a person
 * @param errTerminal standard error is shown to a person
 * @param prompt somebody to ask, if there is a terminal
 */
record Host(
    InputStream in,
    OutputStream out,
    OutputStream err,
    Map<String, String> environment,
    boolean outTerminal,
    boolean errTerminal,
    Optional<Prompt> prompt) {

  /**
   * The process's own. Not {@code System.out}: it hides that a reader is gone, and guesses an
   * encoding.
   */
  static Host ofProcess() {
    return new Host(
        System.in,
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        System.getenv(),
        isTerminal(1),
        isTerminal(2),
        isTerminal(0) ? console().map(Host::prompt) : Optional.empty());
  }

  /** A variable of the environment, unless it is empty. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private static Optional<Console> console() {
    return Optional.ofNullable(System.console());
  }

  private static Prompt prompt(Console console) {
    return question -> console.readPassword("%s", question);
  }

  /** The JDK only knows whether both input and output are terminals; Linux tells them apart. */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return console().isPresent();
    }
  }
}
