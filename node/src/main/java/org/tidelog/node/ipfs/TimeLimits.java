package org.tidelog.node.ipfs;

import java.io.IOException;
import java.time.Duration;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * How long a request may take, from connecting to the last byte, by what it is for. A {@link Pace}
 * keeps them.
 *
 * @param read of a block or a record, and of whatever else is small, beside the time for its bytes
 * @param recordPut until a record is where others find it
 * @param uploadIdle how long an upload may stand still, and take beside the time for its bytes
 */
public record TimeLimits(Duration read, Duration recordPut, Duration uploadIdle) {
  /** Kubo is asked to look for a block or a record for 20 seconds at most. */
  private static final Duration READ = Duration.ofSeconds(25);

  /**
   * A DHT looks for twenty nodes and hands the record to each; those that are gone cost ten seconds
   * each, some at a time.
   */
  private static final Duration RECORD_PUT = Duration.ofMinutes(2);

  /** A node that takes blocks may wait for its disk for a while. */
  private static final Duration UPLOAD_IDLE = Duration.ofSeconds(30);

  /** How long an answer that has begun may stand still. */
  private static final Duration READ_IDLE_MAX = Duration.ofSeconds(15);

  /** What all answers together bring at least; a modem of the nineties did. */
  static final long READ_BYTES_PER_SECOND_MIN = 8 * 1024;

  /** Slower than any link that is of use: that an upload stands still decides before. */
  private static final long UPLOAD_BYTES_PER_SECOND_MIN = 4 * 1024;

  /** What the system keeps of an upload that is on its way: nobody sees it move. */
  static final int SEND_BUFFER_BYTES = 256 * 1024;

  public static TimeLimits defaults() {
    return new TimeLimits(READ, RECORD_PUT, UPLOAD_IDLE);
  }

  /** The same for everything; uploads get the time for their bytes as well. */
  public static TimeLimits of(Duration each) {
    return new TimeLimits(each, each, each);
  }

  private static final class PutsRecord {}

  /** Marks a request that puts a record. */
  static Request.Builder markRecordPut(Request.Builder request) {
    return request.tag(PutsRecord.class, new PutsRecord());
  }

  static boolean isRecordPut(Request request) {
    return request.tag(PutsRecord.class) != null;
  }

  /** Bytes of a request that is an upload; else 0. */
  static long uploaded(Request request) throws IOException {
    @Nullable RequestBody body = request.body();
    return body == null || isRecordPut(request) ? 0 : Math.max(0, body.contentLength());
  }

  /** Until the answer begins, and of an upload until all has been answered. */
  Duration whole(Request request) throws IOException {
    if (isRecordPut(request)) return recordPut;
    long bytes = uploaded(request);
    return bytes == 0 ? read : upload(bytes);
  }

  /** Until the answer to an upload begins, from when all of it was handed to the system. */
  Duration answer(long uploaded) {
    return upload(Math.min(uploaded, SEND_BUFFER_BYTES));
  }

  private Duration upload(long bytes) {
    return uploadIdle.plusMillis(bytes * 1_000 / UPLOAD_BYTES_PER_SECOND_MIN);
  }

  /** How long an answer to a read that has begun may stand still. */
  Duration readIdle() {
    return read.compareTo(READ_IDLE_MAX) < 0 ? read : READ_IDLE_MAX;
  }
}
