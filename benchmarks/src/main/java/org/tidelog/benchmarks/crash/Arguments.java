package org.tidelog.benchmarks.crash;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The words after a program's name: a folder, then {@code --name number} as often as needed. */
record Arguments(Path folder, Map<String, Long> numbers) {
  static Arguments parse(String[] words) {
    if (words.length % 2 == 0) throw new IllegalArgumentException("usage: FOLDER [--NAME NUMBER]…");
    Map<String, Long> numbers = new HashMap<>();
    for (int i = 1; i < words.length; i += 2) {
      numbers.put(words[i].replaceFirst("^--", ""), Long.parseLong(words[i + 1]));
    }
    return new Arguments(Path.of(words[0]), numbers);
  }

  long number(String name, long otherwise) {
    return numbers.getOrDefault(name, otherwise);
  }
}
