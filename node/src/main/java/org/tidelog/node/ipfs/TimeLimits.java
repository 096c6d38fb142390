package org.tidelog.node.ipfs;

import java.io.IOException;
import java.time.Duration;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * How long a request may take, from connecting to the last byte, by what it is for.
 *
 * @param read of a block or a record, and of whatever else is small
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

  /** What a phone sends where there is hardly a network. */
  private static final long UPLOAD_BYTES_PER_SECOND_MIN = 64 * 1024;

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

  /** Of the whole request. */
  Duration of(Request request) throws IOException {
    if (request.tag(PutsRecord.class) != null) return recordPut;
    @Nullable RequestBody body = request.body();
    long bytes = body == null ? 0 : body.contentLength();
    if (bytes <= 0) return read;
    return uploadIdle.plusMillis(bytes * 1_000 / UPLOAD_BYTES_PER_SECOND_MIN);
  }
}
