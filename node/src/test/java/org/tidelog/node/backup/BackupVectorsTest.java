package org.tidelog.node.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.seal.BlockSealer;

/**
 * The vectors of the specification hold for this implementation. After a change of format, run with
 * {@code -Dtidelog.vectors=DIR} to write them anew.
 */
final class BackupVectorsTest {
  private static final String NAME = "backup.json";

  @Test
  void areWhatThisImplementationMakes() throws IOException {
    String made = file();
    String directory = System.getProperty("tidelog.vectors");
    if (directory != null) Files.writeString(Path.of(directory, NAME), made);

    assertThat(made).isEqualTo(directory == null ? published() : made);
  }

  private static String file() {
    StringBuilder text = new StringBuilder("[");
    String separator = "\n";
    for (BackupCases.Case one : BackupCases.all()) {
      text.append(separator).append("  {\n");
      field(text, "name", one.name());
      field(text, "passphrase", Sample.PASSPHRASE);
      items(one.backup()).ifPresent(items -> field(text, "items", Hex.encode(items)));
      if (!one.breaks().isEmpty()) {
        field(text, "refused", "yes");
        field(text, "breaks", one.breaks());
      }
      text.append("    \"backup\": \"").append(Hex.encode(one.backup())).append("\"\n  }");
      separator = ",\n";
    }
    return text.append("\n]\n").toString();
  }

  private static void field(StringBuilder text, String name, String value) {
    text.append("    \"").append(name).append("\": \"").append(value).append("\",\n");
  }

  /** What is sealed, as the specification says and not as the program does. */
  private static Optional<byte[]> items(byte[] backup) {
    BlockSealer sealer = new BlockSealer(Sample.HEADER.key());
    ByteWriter items = new ByteWriter();
    int at = 91;
    for (long i = 0; at < backup.length; i++) {
      int to = Math.min(backup.length, at + 65_552);
      Optional<byte[]> chunk =
          sealer.open(i, to == backup.length, Arrays.copyOfRange(backup, at, to));
      if (chunk.isEmpty()) return Optional.empty();
      items.bytes(chunk.get());
      at = to;
    }
    return items.size() == 0 ? Optional.empty() : Optional.of(items.toByteArray());
  }

  private static String published() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            BackupVectorsTest.class.getResourceAsStream("/vectors/" + NAME), NAME)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
