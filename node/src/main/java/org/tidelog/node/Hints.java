package org.tidelog.node;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * Logs that entries lead to, with the records that came along, in the order in which they came.
 * Authors name as many as they like; so many are kept and the rest is passed over.
 */
final class Hints {
  /** More logs of one topic are not followed. */
  static final int LOGS_MAX = 10_000;

  /** All records and proofs together: the records of 10,000 logs are usually of 13 MB. */
  static final int RECORD_BYTES_MAX = 16 << 20;

  private final Map<IpnsName, Optional<byte[]>> records = new LinkedHashMap<>();
  private final Map<IpnsName, byte[]> proofs = new HashMap<>();
  private long recordBytes;

  /** An entry names this log. */
  void named(IpnsName log) {
    if (records.size() < LOGS_MAX) records.putIfAbsent(log, Optional.empty());
  }

  /** An entry lists this log with a record, which replaces one that was listed before. */
  void listed(IpnsName log, byte[] record) {
    named(log);
    if (record.length == 0) return; // Whoever listed it had none to give.
    Optional<byte[]> before = records.get(log);
    if (before == null) return;
    long bytes = recordBytes + record.length - before.map(old -> old.length).orElse(0);
    if (bytes > RECORD_BYTES_MAX) return;
    records.put(log, Optional.of(record));
    recordBytes = bytes;
  }

  /** An entry lists this log with what may prove that it is contested; the first one counts. */
  void proved(IpnsName log, byte[] proof) {
    named(log);
    boolean wanted = records.containsKey(log) && !proofs.containsKey(log);
    if (!wanted || recordBytes + proof.length > RECORD_BYTES_MAX) return;
    proofs.put(log, proof);
    recordBytes += proof.length;
  }

  /** Not checked yet. */
  Optional<byte[]> proof(IpnsName log) {
    return Optional.ofNullable(proofs.get(log));
  }

  Set<IpnsName> logs() {
    return records.keySet();
  }

  Optional<byte[]> record(IpnsName log) {
    return records.getOrDefault(log, Optional.empty());
  }
}
