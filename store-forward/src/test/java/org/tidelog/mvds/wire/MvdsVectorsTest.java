package org.tidelog.mvds.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The vectors of the specification hold for this implementation. After a change of format, run with
 * {@code -Dtidelog.vectors=DIR} to write them anew.
 */
final class MvdsVectorsTest {
  private static final String NAME = "mvds.json";

  @Test
  void areWhatThisImplementationMakesAndRefuses() throws IOException {
    String made = MvdsVectors.file();
    String directory = System.getProperty("tidelog.vectors");
    if (directory != null) Files.writeString(Path.of(directory, NAME), made);

    assertThat(made).isEqualTo(directory == null ? published() : made);
  }

  private static String published() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(MvdsVectorsTest.class.getResourceAsStream("/vectors/" + NAME))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
