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
