package org.tidelog.benchmarks.crash;

import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;

/** Reads back the words that this program has written. */
final class Words {
  private Words() {}

  static IpnsName name(String text) {
    try {
      return IpnsName.parse(text);
    } catch (MalformedException e) {
      throw new IllegalArgumentException("name: " + text, e);
    }
  }

  /** What was said until the last line that begins so; nothing where there is none. */
  static List<String> until(List<String> lines, String beginning) {
    int end = lines.size();
    while (end > 0 && !lines.get(end - 1).startsWith(beginning)) end--;
    return lines.subList(0, end);
  }

  /** The entries that a file has at least, which was acknowledged last; 0 where none was. */
  static long exported(List<String> lines) {
    Optional<String> entry = last(until(lines, "ack exported "), "ack appended ");
    return entry.map(words -> Long.parseLong(words.split(" ", 3)[1]) + 1).orElse(0L);
  }

  /** Which of some words comes last of those that begin with another, without that. */
  static Optional<String> last(List<String> lines, String beginning) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).startsWith(beginning)) {
        return Optional.of(lines.get(i).substring(beginning.length()));
      }
    }
    return Optional.empty();
  }
}
