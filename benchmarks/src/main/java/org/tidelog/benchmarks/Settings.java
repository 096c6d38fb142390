package org.tidelog.benchmarks;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The words after a program's name: a folder, then {@code --name number} as often as needed. */
final class Settings {
  private final Path folder;
  private final Map<String, Integer> numbers = new HashMap<>();

  private Settings(Path folder) {
    this.folder = folder;
  }

  /**
   * @throws IllegalArgumentException if there is no folder, or a name has no number
   */
  static Settings parse(String[] words) {
    if (words.length == 0) throw new IllegalArgumentException("usage: FOLDER [--NAME NUMBER]…");
    Settings settings = new Settings(Path.of(words[0]));
    for (int i = 1; i < words.length; i += 2) {
      if (!words[i].startsWith("--") || i + 1 == words.length) {
        throw new IllegalArgumentException("expected --NAME NUMBER: " + words[i]);
      }
      settings.numbers.put(words[i].substring(2), Integer.parseInt(words[i + 1]));
    }
    return settings;
  }

  /** Where to measure. */
  Path folder() {
    return folder;
  }

  int number(String name, int otherwise) {
    return numbers.getOrDefault(name, otherwise);
  }
}
