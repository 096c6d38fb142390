package org.tidelog.benchmarks.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders with all that is in them. */
final class Trees {
  private Trees() {}

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return;
    for (Path path : paths(folder).sorted(Comparator.reverseOrder()).toList()) {
      Files.deleteIfExists(path);
    }
  }

  static void copy(Path from, Path to) throws IOException {
    for (Path path : paths(from).sorted().toList()) {
      Path target = to.resolve(from.relativize(path).toString());
      Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private static Stream<Path> paths(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return List.copyOf(paths.toList()).stream();
    }
  }
}
