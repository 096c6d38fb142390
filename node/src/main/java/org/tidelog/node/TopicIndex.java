package org.tidelog.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.log.fork.ForkProof;

/**
 * The entries of a topic index: lists of logs with the record each was last seen under, and the
 * fork proof of one that is contested. A hint like any other; records and proofs are checked like
 * those of a name system.
 */
final class TopicIndex {
  /** Records of one entry: a payload holds about 200 of the usual size. */
  static final int BYTES_MAX = 200 * 1024;

  private TopicIndex() {}

  /**
   * One log, its record and its fork proof.
   *
   * @param record empty where the writer has none to give
   */
  record Line(IpnsName log, byte[] record, Optional<byte[]> proof) {
    /** Of what may come together. */
    int length() {
      return record.length + proof.map(bytes -> bytes.length).orElse(0);
    }

    /** What tells it from another of the same log. */
    Digest hash() {
      return Sha256.hash(TopicIndex.encode(List.of(this)));
    }
  }

  static byte[] encode(List<Line> lines) {
    List<Cbor> items = new ArrayList<>();
    for (Line line : lines) {
      List<Cbor> fields = new ArrayList<>();
      fields.add(new Cbor.Bytes(line.log.key()));
      fields.add(new Cbor.Bytes(line.record));
      line.proof.ifPresent(proof -> fields.add(new Cbor.Bytes(proof)));
      items.add(new Cbor.Array(fields));
    }
    return DagCbor.encode(new Cbor.Array(items));
  }

  /** What an entry lists; nothing where it is malformed or does not open: it is a hint. */
  static List<Line> read(Optional<byte[]> payload) {
    if (!payload.isPresent()) return List.of();
    try {
      List<Line> lines = new ArrayList<>();
      for (Cbor item : DagCbor.decode(payload.get()).asArray()) {
        lines.add(line(item.asArray()));
      }
      return lines;
    } catch (MalformedException e) {
      return List.of();
    }
  }

  private static Line line(List<Cbor> fields) throws MalformedException {
    if (fields.size() != 2 && fields.size() != 3) {
      throw new MalformedException("line of " + fields.size() + " fields");
    }
    byte[] record = fields.get(1).asBytes();
    if (record.length > IpnsRecord.BYTES_MAX) throw new MalformedException("record too large");
    Optional<byte[]> proof =
        fields.size() == 3 ? Optional.of(fields.get(2).asBytes()) : Optional.empty();
    if (proof.isPresent() && proof.get().length > ForkProof.BYTES_MAX) {
      throw new MalformedException("fork proof too large");
    }
    return new Line(IpnsName.parse(fields.get(0).asBytes()), record, proof);
  }
}
