package org.tidelog.replicator;

import java.util.Optional;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.replicator.values.Values;

/** What was sent and received today, UTC, kept under {@code spent}. */
final class Spending {
  private static final String KEY = "spent";
  private static final long DAY_MILLIS = 86_400_000;

  private final Values values;
  private final long bytesPerDay;
  private long day = -1;
  private long spent;

  Spending(Values values, long bytesPerDay) {
    this.values = values;
    this.bytesPerDay = bytesPerDay;
  }

  void spend(long bytes, long nowMillis) {
    turnTo(nowMillis);
    spent += bytes;
  }

  boolean isLeft(long nowMillis) {
    turnTo(nowMillis);
    return spent < bytesPerDay;
  }

  /** Puts what was counted since the last call into the values. */
  void keep() {
    if (day < 0 || bytesPerDay == Long.MAX_VALUE) return;
    values.put(KEY, new ByteWriter().varint(day).varint(spent).toByteArray());
  }

  private void turnTo(long nowMillis) {
    long today = nowMillis / DAY_MILLIS;
    if (day < 0) read();
    if (today == day) return;
    day = today;
    spent = 0;
  }

  private void read() {
    Optional<byte[]> kept = values.get(KEY);
    if (!kept.isPresent()) return;
    Values.decode(
        KEY,
        kept.get(),
        bytes -> {
          ByteReader in = new ByteReader(bytes);
          day = in.varint();
          spent = in.varint();
          return spent;
        });
  }
}
