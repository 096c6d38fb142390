package org.tidelog.benchmarks.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A home as the first version made it, kept as a resource, and what is in it. */
final class OldHome {
  private static final String FOLDER = "tidelog/";

  private OldHome() {}

  /** Unpacks it to a folder that appears whole. */
  static void unpack(Path home) throws IOException {
    Path parent = home.toAbsolutePath().getParent();
    if (parent == null) throw new IllegalArgumentException("home: " + home);
    Path temporary = Files.createTempDirectory(parent, ".unpacking-");
    try (ZipInputStream zip = new ZipInputStream(resource("home-1.zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = temporary.resolve(entry.getName().substring(FOLDER.length()));
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, zip.readAllBytes());
        if (file.endsWith("keys")) {
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
      }
    }
    Files.move(temporary, home, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Makes a ledger know its entries. */
  static void tell(Ledger ledger) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(resource("home-1.txt"), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", 4);
        long seq = Long.parseLong(words[1]);
        if (words[3].equals("-")) {
          ledger.seen(words[0], seq, words[2]);
        } else {
          ledger.appended(words[0], seq, words[2], words[3]);
        }
      }
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream found = OldHome.class.getResourceAsStream(name);
    if (found == null) throw new IOException(name + ": it is not on the class path");
    return found;
  }
}
