package org.tidelog.replicator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.replicator.values.Values;

/**
 * How far each log of this device has got: which device has it up to what size, and what is in the
 * remote log. Kept under {@code has/LOG/PEER} and {@code mirrored/LOG}. A size never shrinks: what
 * a device has lost since, it will ask for again.
 */
final class Ladder {
  private final Values values;
  private final Map<IpnsName, SortedMap<String, Long>> holders = new TreeMap<>();

  Ladder(Values values) {
    this.values = values;
  }

  /** By peer, in hexadecimal digits. */
  private SortedMap<String, Long> holders(IpnsName log) {
    return holders.computeIfAbsent(
        log,
        name -> {
          String prefix = "has/" + log.text() + "/";
          SortedMap<String, Long> read = new TreeMap<>();
          values
              .withPrefix(prefix)
              .forEach((key, value) -> read.put(key.substring(prefix.length()), size(key, value)));
          return read;
        });
  }

  private static long size(String key, byte[] value) {
    return Values.decode(key, value, bytes -> new ByteReader(bytes).varint());
  }

  /**
   * A device has the log up to a size.
   *
   * @return whether that is news
   */
  boolean onHeld(PeerId peer, IpnsName log, long size) {
    SortedMap<String, Long> known = holders(log);
    String who = peer.hex();
    if (known.getOrDefault(who, 0L) >= size) return false;
    known.put(who, size);
    String key = "has/" + log.text() + "/" + who;
    values.put(key, new ByteWriter().varint(size).toByteArray());
    return true;
  }

  /**
   * The remote log has the log up to a size.
   *
   * @return whether that is news
   */
  boolean onMirrored(IpnsName log, long size) {
    if (mirrored(log) >= size) return false;
    values.put("mirrored/" + log.text(), new ByteWriter().varint(size).toByteArray());
    return true;
  }

  /** Up to where the remote log has it. */
  long mirrored(IpnsName log) {
    String key = "mirrored/" + log.text();
    return values.get(key).map(bytes -> size(key, bytes)).orElse(0L);
  }

  long held(PeerId peer, IpnsName log) {
    return holders(log).getOrDefault(peer.hex(), 0L);
  }

  /** Devices that have the log up to {@code size}. */
  int copies(IpnsName log, long size) {
    return (int) holders(log).values().stream().filter(held -> held >= size).count();
  }

  /** The size that {@code copies} devices have; 0 where so many do not have anything. */
  long replicated(IpnsName log, int copies) {
    List<Long> sizes = new ArrayList<>(holders(log).values());
    if (sizes.size() < copies) return 0;
    sizes.sort(Collections.reverseOrder());
    return sizes.get(copies - 1);
  }
}
