package org.tidelog.node.ipfs;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * How one request moves, which says when it is to be given up. Whoever reads from a slow link gets
 * time for each byte that has come, so that a trickle of bytes is none; what stands still is cut.
 * Requests that are under way together share a link. Safe for several threads.
 */
final class Pace {
  private final AtomicInteger underWay;
  private final long uploaded;
  private final boolean isRead;
  private final long wholeNanos;
  private final long answerNanos;
  private final long readIdleNanos;
  private final long began = System.nanoTime();
  private boolean sent;
  private boolean answered;
  private long moved = began;
  private long received;

  /**
   * @param underWay how many requests there are
   */
  Pace(Request request, TimeLimits limits, AtomicInteger underWay) throws IOException {
    this.underWay = underWay;
    this.uploaded = TimeLimits.uploaded(request);
    this.isRead = uploaded == 0 && !TimeLimits.isRecordPut(request);
    this.wholeNanos = limits.whole(request).toNanos();
    this.answerNanos = limits.answer(uploaded).toNanos();
    this.readIdleNanos = limits.readIdle().toNanos();
  }

  private synchronized void onSent() {
    sent = true;
    moved = System.nanoTime();
  }

  private synchronized void onReceived(long bytes) {
    answered = true;
    moved = System.nanoTime();
    received += bytes;
  }

  /** How long it may still be waited for unless something moves; 0 or less: no more. */
  synchronized long nanosLeft() {
    long now = System.nanoTime();
    long left = began + wholeNanos - now;
    if (isRead && answered) {
      long forBytes =
          received
              * Math.max(1, underWay.get())
              * (1_000_000_000L / TimeLimits.READ_BYTES_PER_SECOND_MIN);
      return Math.min(left + forBytes, moved + readIdleNanos - now);
    }
    return uploaded > 0 && sent ? Math.min(left, moved + answerNanos - now) : left;
  }

  /** Sees requests go. */
  static final class Sending extends EventListener {
    @Override
    public void requestBodyEnd(Call call, long byteCount) {
      @Nullable Pace pace = call.request().tag(Pace.class);
      if (pace != null) pace.onSent();
    }
  }

  /** Sees answers come, as an interceptor next to the network. */
  static Response watch(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    @Nullable Pace pace = chain.request().tag(Pace.class);
    if (pace == null) return response;
    pace.onReceived(0);
    ResponseBody body = response.body();
    Source watched = new Watched(body.source(), pace);
    return response
        .newBuilder()
        .body(ResponseBody.create(Okio.buffer(watched), body.contentType(), body.contentLength()))
        .build();
  }

  private static final class Watched extends ForwardingSource {
    private final Pace pace;

    Watched(Source source, Pace pace) {
      super(source);
      this.pace = pace;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long count = super.read(sink, byteCount);
      if (count > 0) pace.onReceived(count);
      return count;
    }
  }
}
