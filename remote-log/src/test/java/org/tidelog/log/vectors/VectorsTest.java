package org.tidelog.log.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vectors of the specification hold for this implementation. After a change of format, run with
 * {@code -Dtidelog.vectors=DIR} to write them anew.
 */
class VectorsTest {
  static Iterable<String> files() {
    return Vectors.FILES;
  }

  @ParameterizedTest
  @MethodSource("files")
  void areWhatThisImplementationMakes(String name) throws IOException {
    String made = Vectors.file(name);
    String directory = System.getProperty("tidelog.vectors");
    if (directory != null) Files.writeString(Path.of(directory, name), made);

    assertThat(made).isEqualTo(directory == null ? published(name) : made);
  }

  private static String published(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(VectorsTest.class.getResourceAsStream("/vectors/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
