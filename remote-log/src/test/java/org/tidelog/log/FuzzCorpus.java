package org.tidelog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What fuzzing found worth keeping, played back in the module that a test of this kind is in;
 * {@code config/fuzz/run.sh} looks for more.
 */
public abstract class FuzzCorpus {
  /** A folder a target, called as its class is. */
  private static final Path CORPUS = Path.of("src/test/fuzz");

  @TestFactory
  Stream<DynamicTest> survives() throws IOException {
    return files(CORPUS).stream()
        .map(
            input ->
                dynamicTest(CORPUS.relativize(input).toString(), () -> play(target(input), input)));
  }

  @Test
  void playsEveryTarget() throws IOException {
    List<String> targets =
        files(Path.of("src/test/java")).stream()
            .map(source -> Path.of("src/test/java").relativize(source).toString())
            .filter(source -> source.endsWith("Fuzz.java"))
            .map(source -> source.replace(".java", "").replace('/', '.'))
            .toList();
    assertThat(targets).isNotEmpty();
    assertThat(files(CORPUS).stream().map(FuzzCorpus::target).distinct())
        .containsExactlyInAnyOrderElementsOf(targets);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String target(Path input) {
    return input.getParent().getFileName().toString();
  }

  private static void play(String target, Path input) throws Exception {
    Class.forName(target)
        .getMethod("fuzzerTestOneInput", byte[].class)
        .invoke(null, (Object) Files.readAllBytes(input));
  }
}
