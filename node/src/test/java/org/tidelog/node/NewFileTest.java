package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that somebody asked for by name. */
class NewFileTest {
  @TempDir Path root;
  private Path file;

  @BeforeEach
  void name() {
    file = root.resolve("chat.html");
  }

  private static void write(Path to, String text) {
    try (NewFile out = NewFile.at(to)) {
      out.line(text);
      assertThat(out.finish()).isEqualTo(text.length() + 1);
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void areReadableAsTheUsersSettingsSay() throws IOException {
    Path other = Files.write(root.resolve("other"), new byte[0]);

    write(file, "hello");

    assertThat(mode(file)).isEqualTo(mode(other));
    assertThat(file).hasContent("hello\n");
  }

  @Test
  void haveTheModeOfWhatTheyReplace() throws IOException {
    for (String mode : List.of("rw-------", "r--r-----", "rw-rw-rw-", "rwxr-x--x")) {
      Files.deleteIfExists(file);
      Files.write(file, new byte[9]);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

      write(file, "hello");

      assertThat(mode(file)).isEqualTo(mode);
      assertThat(file).hasContent("hello\n");
    }
    assertThat(left()).containsExactly("chat.html");
  }

  @Test
  void areNeverMoreReadableThanWhatTheyReplaceNotEvenUnfinished() throws IOException {
    Files.write(file, new byte[9]);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    try (NewFile out = NewFile.at(file)) {
      out.line("not for all");
      assertThat(left()).hasSize(2).anyMatch(name -> name.startsWith(".tmp-chat.html-"));
      for (String name : left()) assertThat(mode(root.resolve(name))).isEqualTo("rw-------");
    }
    assertThat(left()).containsExactly("chat.html");
  }

  @Test
  void removeWhatAKilledWriterOfTheSameFileHasLeft() throws IOException {
    Files.write(root.resolve(".tmp-chat.html-3k9x-1"), new byte[1_000]);
    Files.write(root.resolve(".tmp-other-3k9x-1"), new byte[1_000]);
    Files.write(root.resolve(".tmp-chat.html-notes"), new byte[1_000]);

    write(file, "hello");

    assertThat(left()).containsExactly(".tmp-chat.html-notes", ".tmp-other-3k9x-1", "chat.html");
  }

  @Test
  void leaveAloneWhatAnotherIsWriting() throws IOException {
    try (NewFile slow = NewFile.at(file)) {
      slow.line("the last one counts");
      write(file, "hello");
      assertThat(file).hasContent("hello\n");
      slow.finish();
    }

    assertThat(file).hasContent("the last one counts\n");
    assertThat(left()).containsExactly("chat.html");
  }

  @Test
  void leaveAloneWhatAnotherProcessIsWriting() throws Exception {
    Path theirs = root.resolve(".tmp-chat.html-3k9x-1");
    Files.write(theirs, new byte[1]);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path source = Files.writeString(root.resolve("Hold.java"), HOLD);
    Process other =
        new ProcessBuilder(java, source.toString(), theirs.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(other.getInputStream().read()).isEqualTo('!');

      write(file, "hello");
      assertThat(theirs).exists();
    } finally {
      other.destroyForcibly().waitFor();
    }
    write(file, "hello");
    assertThat(theirs).doesNotExist();
  }

  private static final String HOLD =
      """
      class Hold {
        public static void main(String[] words) throws Exception {
          var file = new java.io.RandomAccessFile(words[0], "rw");
          file.getChannel().lock();
          System.out.write('!');
          System.out.flush();
          Thread.sleep(600_000);
        }
      }
      """;

  @Test
  void takeNoPlaceThatIsTakenWhereTheyAreToBeFresh() throws IOException {
    try (NewFile out = NewFile.fresh(file)) {
      out.line("late");
      Files.writeString(file, "first");
      assertThatThrownBy(out::finish)
          .isInstanceOfSatisfying(
              TidelogException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.EXISTS))
          .hasMessageEndingWith("it exists already");
    }

    assertThatThrownBy(() -> NewFile.fresh(file)).isInstanceOf(TidelogException.class);
    assertThat(file).hasContent("first");
    assertThat(left()).containsExactly("chat.html");
  }
}
