package org.tidelog.node.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.node.PublishReport;

/**
 * A byte to be flipped in something that every reader of a log has to read: the block its record
 * names, or the record itself while everything fits into it.
 */
record Damage(Path file, String what) {
  /** The author with the longest log whose record names a block; anybody if all logs are short. */
  static DemoDevice author(Collection<DemoDevice> devices) {
    return devices.stream()
        .max(
            Comparator.<DemoDevice, Boolean>comparing(device -> root(device).isPresent())
                .thenComparingLong(Damage::size))
        .orElseThrow(() -> new AssertionError("no device"));
  }

  static Damage of(DemoDevice author, Path mirror) {
    Optional<Cid> root = root(author);
    if (!root.isPresent()) {
      String name = author.name().text();
      return new Damage(mirror.resolve("names").resolve(name), "the record of one log");
    }
    String cid = root.get().text();
    String shard = cid.substring(cid.length() - 3, cid.length() - 1);
    return new Damage(
        mirror.resolve("blocks").resolve(shard).resolve(cid),
        "the block that leads to the longest log");
  }

  void flip() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private static Optional<Cid> root(DemoDevice device) {
    return Optional.ofNullable(device.published()).flatMap(log -> log.figures().root());
  }

  private static long size(DemoDevice device) {
    PublishReport.Log published = device.published();
    return published == null ? 0 : published.figures().size();
  }
}
