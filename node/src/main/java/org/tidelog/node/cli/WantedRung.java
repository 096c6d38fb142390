package org.tidelog.node.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidelog.replicator.Rung;
import picocli.CommandLine.TypeConversionException;

/**
 * How safe an entry is to be before a command ends, as it is typed.
 *
 * @param copies in how many places, where the rung counts them; 1 or more
 */
record WantedRung(Rung rung, int copies) {
  private static final Pattern TYPED = Pattern.compile("([a-z]+)(?::([0-9]{1,4}))?");

  /** For completion in a shell. */
  static final class RungWords extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    RungWords() {
      super(new Choice<>(Rung.values()).words());
    }
  }

  /** {@code local}, {@code mirrored}, {@code read}; {@code mailbox} or {@code replicated:2}. */
  static WantedRung parse(String text) {
    Matcher typed = TYPED.matcher(text);
    if (!typed.matches()) {
      throw new TypeConversionException("'" + text + "' is none of " + words());
    }
    Rung rung = new Choice<>(Rung.values()).convert(typed.group(1));
    if (typed.group(2) == null) {
      return new WantedRung(rung, 1);
    }
    int copies = Integer.parseInt(typed.group(2));
    boolean counts = rung == Rung.MAILBOX || rung == Rung.REPLICATED;
    if (!counts || copies < 1) {
      throw new TypeConversionException(
          "'" + text + "' has a number where there is none, or none that is at least 1");
    }
    return new WantedRung(rung, copies);
  }

  private static String words() {
    List<String> words = new RungWords();
    return String.join(", ", words);
  }
}
