package org.tidelog.benchmarks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.InitOptions;
import org.tidelog.node.Tidelog;
import org.tidelog.node.TidelogOptions;

/** A folder on the file system that is to be measured, gone with all in it when closed. */
final class Scratch implements AutoCloseable {
  private final Path root;
  private int made;

  private Scratch(Path root) {
    this.root = root;
  }

  /** A new folder in that one, which is made where it is not there. */
  static Scratch in(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new Scratch(Files.createTempDirectory(folder, "tidelog-benchmark-"));
  }

  Path root() {
    return root;
  }

  /** A path in here that nothing uses. */
  Path fresh(String name) {
    return root.resolve(name + "-" + made++);
  }

  /** The home of a new device, with a mirror of its own. */
  Tidelog device() {
    Path home = fresh("device");
    return device(home, TidelogOptions.defaults(), home.resolve("mirror"));
  }

  /** The home of a new device, with that mirror. */
  static Tidelog device(Path home, TidelogOptions options, Path mirror) {
    Tidelog.init(home, InitOptions.defaults());
    return Tidelog.open(home, options.withMirrors(List.of(mirror.toString())));
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path done, @Nullable IOException failure)
              throws IOException {
            if (failure != null) throw failure;
            Files.delete(done);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() throws IOException {
    delete(root);
  }
}
