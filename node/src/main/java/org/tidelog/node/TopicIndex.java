package org.tidelog.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;

/**
 * The entries of a topic index: lists of logs with the record each was last seen under. A hint like
 * any other; the records are checked like those of a name system.
 */
final class TopicIndex {
  /** Records of one entry: a payload holds about 200 of the usual size. */
  static final int BYTES_MAX = 200 * 1024;

  private TopicIndex() {}

  /** One log and its record. */
  record Line(IpnsName log, byte[] record) {}

  static byte[] encode(List<Line> lines) {
    List<Cbor> items = new ArrayList<>();
    for (Line line : lines) {
      items.add(
          new Cbor.Array(List.of(new Cbor.Bytes(line.log.key()), new Cbor.Bytes(line.record))));
    }
    return DagCbor.encode(new Cbor.Array(items));
  }

  /** What an entry lists; nothing where it is malformed or does not open: it is a hint. */
  static List<Line> read(Optional<byte[]> payload) {
    if (!payload.isPresent()) return List.of();
    try {
      List<Line> lines = new ArrayList<>();
      for (Cbor item : DagCbor.decode(payload.get()).asArray()) {
        List<Cbor> line = item.asArray();
        if (line.size() != 2) throw new MalformedException("line of " + line.size() + " fields");
        byte[] record = line.get(1).asBytes();
        if (record.length > IpnsRecord.BYTES_MAX) throw new MalformedException("record too large");
        lines.add(new Line(IpnsName.parse(line.get(0).asBytes()), record));
      }
      return lines;
    } catch (MalformedException e) {
      return List.of();
    }
  }
}
