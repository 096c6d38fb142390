package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** What tests of bad input share: ways of damaging files, and what every refusal looks like. */
final class BadInput {
  private static final long HUGE_BYTES = 1L << 30;

  private BadInput() {}

  /** Something done to a file. */
  enum Damage {
    GONE {
      @Override
      void doTo(Path file) {}
    },
    EMPTY {
      @Override
      void doTo(Path file) throws IOException {
        Files.createFile(file);
      }
    },
    JUNK {
      @Override
      void doTo(Path file) throws IOException {
        byte[] junk = new byte[500];
        new Random(7).nextBytes(junk);
        Files.write(file, junk);
      }
    },
    /** Takes a gigabyte to read and next to nothing to store. */
    HUGE {
      @Override
      void doTo(Path file) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
          sparse.setLength(HUGE_BYTES);
        }
      }
    },
    FOLDER {
      @Override
      void doTo(Path file) throws IOException {
        Files.createDirectory(file);
      }
    },
    PIPE {
      @Override
      void doTo(Path file) throws IOException {
        try {
          Process mkfifo = new ProcessBuilder("mkfifo", file.toString()).start();
          assertThat(mkfifo.waitFor()).isZero();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    },
    DEVICE {
      @Override
      void doTo(Path file) throws IOException {
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
      }
    },
    LOOP {
      @Override
      void doTo(Path file) throws IOException {
        Files.createSymbolicLink(file, file.getFileName());
      }
    };

    abstract void doTo(Path file) throws IOException;

    /** Puts the damage in place of {@code file}. */
    void replace(Path file) throws IOException {
      delete(file);
      doTo(file);
      if (Files.isSymbolicLink(file) || !Files.exists(file)) {
        return;
      }
      String mode = Files.isDirectory(file) ? "rwx------" : "rw-------";
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
  }

  static void truncate(Path file, long bytes) throws IOException {
    try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
      cut.setLength(bytes);
    }
  }

  static void flip(Path file, int position) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[position] ^= 0x10;
    Files.write(file, bytes);
  }

  static void delete(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.deleteIfExists(path);
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      all.sorted(Comparator.reverseOrder()).forEach(BadInput::deleteOne);
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A run with {@code --json} failed with one error, that says what and why to a person. */
  static Map<String, Object> oneError(Cli.Result result, int exitCode) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    assertThat(result.json()).isNotNull();
    List<Map<String, Object>> errors = result.errors();
    assertThat(errors).as(result.err()).hasSize(1);
    assertThat(String.valueOf(errors.get(0).get("message")))
        .matches("(?s).+: .+")
        .doesNotContainIgnoringCase(
            "exception", "internal error", "org.tidelog", "java.", "jackson", "sqlite_");
    return errors.get(0);
  }

  /** As {@link #oneError(Cli.Result, int)}, by its stable word. */
  static void oneError(Cli.Result result, int exitCode, String word) {
    assertThat(oneError(result, exitCode)).containsEntry("error", word);
  }
}
