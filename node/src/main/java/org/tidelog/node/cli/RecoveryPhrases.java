package org.tidelog.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.phrase.RecoveryPhrase;
import org.tidelog.node.ErrorKind;

/**
 * Where a recovery phrase comes from: a file, standard input, or the person at the terminal; never
 * the command line, which every process of the machine may read.
 */
final class RecoveryPhrases {
  private static final int BYTES_MAX = 4 * RecoveryPhrase.TEXT_CHARS_MAX;
  private static final int WORDS_PER_LINE = 6;
  private static final String STANDARD_INPUT = "-";

  private RecoveryPhrases() {}

  /**
   * Reads it.
   *
   * @param from a file, {@code -}, or empty: the terminal, without one standard input
   */
  static RecoveryPhrase read(String from, Optional<Prompt> prompt, InputStream standardInput) {
    if (from.isEmpty() && prompt.isPresent()) return asked(prompt.get());
    boolean typed = from.isEmpty() || from.equals(STANDARD_INPUT);
    String name = typed ? "standard input" : from;
    byte[] bytes = {};
    try (InputStream in = typed ? standardInput : Files.newInputStream(Path.of(from))) {
      bytes = in.readNBytes(BYTES_MAX);
      return parse(name, StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes)));
    } catch (IOException e) {
      throw Failures.io(name, e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static RecoveryPhrase asked(Prompt person) {
    char[] answer = person.askHidden("Recovery phrase, " + RecoveryPhrase.WORDS + " words: ");
    if (answer == null) {
      throw CommandFailure.of(ErrorKind.BAD_PHRASE, "recovery phrase: none was given");
    }
    try {
      return parse("recovery phrase", CharBuffer.wrap(answer));
    } finally {
      Arrays.fill(answer, '\0');
    }
  }

  private static RecoveryPhrase parse(String where, CharSequence text) {
    try {
      return RecoveryPhrase.parse(text);
    } catch (MalformedException e) {
      throw CommandFailure.of(
          ErrorKind.BAD_PHRASE,
          where + ": no recovery phrase: " + e.getMessage(),
          "the words as 'tidelog init' showed them, in that order");
    }
  }

  /** The words as a person copies them: a few lines of six. */
  static String lines(RecoveryPhrase phrase) {
    List<String> words = phrase.words();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words.size(); i += WORDS_PER_LINE) {
      text.append("\n  ").append(String.join(" ", words.subList(i, i + WORDS_PER_LINE)));
    }
    return text.substring(1);
  }
}
