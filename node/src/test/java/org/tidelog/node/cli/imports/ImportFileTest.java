package org.tidelog.node.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportFileTest {
  private static final String TRANSCRIPT =
      "[22:08] <kim> one\n=== lee has joined\n[22:09] <lee> two\n[22:10]  * kim waves\n";

  @TempDir Path folder;

  @Test
  void countsFirstAndGivesTheEntriesThen() throws Exception {
    try (ImportFile file = open(TRANSCRIPT, options("kim", false))) {
      ImportTally tally = file.check(bytes -> {});

      assertThat(tally).isEqualTo(new ImportTally(TRANSCRIPT.length(), 2, 1));
      assertThat(texts(file.items())).containsExactly("one", "/me waves");
    }
  }

  @Test
  void stopsAtTheLineThatFitsNothing() throws Exception {
    try (ImportFile file = open(TRANSCRIPT + "junk\n", options("kim", false))) {
      assertThatThrownBy(() -> file.check(bytes -> {}))
          .isInstanceOf(MalformedLineException.class)
          .hasMessage("line 5: not a line of an IRC transcript: \"junk\"");
    }
  }

  @Test
  void countsWhatFitsNothingWhenLenient() throws Exception {
    try (ImportFile file = open("\u0000\u0001\n" + TRANSCRIPT + "junk\n", options("kim", true))) {
      assertThat(file.check(bytes -> {}).skipped()).isEqualTo(3);
      assertThat(texts(file.items())).containsExactly("one", "/me waves");
    }
  }

  @Test
  void importsAGrowingFileAsFarAsItWasChecked() throws Exception {
    Path path = write("a\nb\n");
    try (ImportFile file = ImportFile.open(path, folder, ImportOptions.of(ImportFormat.LINES))) {
      file.check(bytes -> {});
      Files.writeString(path, "c\n", StandardOpenOption.APPEND);

      assertThat(texts(file.items())).containsExactly("a", "b");
    }
  }

  @Test
  void readsAStreamTwiceAndLeavesNothingBehind() throws Exception {
    ByteArrayInputStream in = new ByteArrayInputStream("a\nb".getBytes(StandardCharsets.UTF_8));
    try (ImportFile file = ImportFile.spool(in, folder, ImportOptions.of(ImportFormat.LINES))) {
      assertThat(file.check(bytes -> {}).entries()).isEqualTo(2);
      assertThat(texts(file.items())).containsExactly("a", "b");
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void takesAnEmptyFileForNoEntries() throws Exception {
    try (ImportFile file = open("", ImportOptions.of(ImportFormat.JSONL))) {
      assertThat(file.check(bytes -> {})).isEqualTo(new ImportTally(0, 0, 0));
      assertThat(file.items().hasNext()).isFalse();
    }
  }

  @Test
  void refusesAFolderAndAMissingFile() {
    ImportOptions options = ImportOptions.of(ImportFormat.LINES);

    assertThatThrownBy(() -> ImportFile.open(folder, folder, options))
        .isInstanceOf(IOException.class)
        .hasMessage("it is a directory");
    assertThatThrownBy(() -> ImportFile.open(folder.resolve("none"), folder, options))
        .isInstanceOf(IOException.class)
        .hasMessage("there is no such file");
  }

  private ImportFile open(String text, ImportOptions options) throws IOException {
    return ImportFile.open(write(text), folder, options);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("chat.txt"), text);
  }

  private static ImportOptions options(String author, boolean lenient) {
    return new ImportOptions(
        ImportFormat.IRC, Optional.of(author), LocalDate.of(2015, 8, 10), lenient);
  }

  private static List<String> texts(Iterator<ImportItem> items) {
    List<String> texts = new ArrayList<>();
    items.forEachRemaining(item -> texts.add(new String(item.payload(), StandardCharsets.UTF_8)));
    return texts;
  }
}
