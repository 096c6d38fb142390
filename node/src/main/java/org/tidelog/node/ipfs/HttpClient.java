package org.tidelog.node.ipfs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client that all places of one home share. A request takes no longer than it may, brings
 * no more bytes than asked for, follows no redirect, carries no cookie and no {@code Origin}, and
 * is sent once. Safe for several threads.
 */
public final class HttpClient implements AutoCloseable {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final int ERROR_BYTES_MAX = 4_096;
  private static final int STATUS_OK = 200;
  private static final int STATUS_REDIRECT = 300;
  private static final int STATUS_CLIENT_ERROR = 400;

  /** Not found, gone, and not here when only that was asked. */
  private static final Set<Integer> ABSENT = Set.of(404, 410, 412);

  private static final int IDLE_SECONDS = 5;

  private final OkHttpClient client;
  private final String agent;
  private final TimeLimits limits;
  private final AtomicInteger underWay = new AtomicInteger();

  private HttpClient(OkHttpClient client, String agent, TimeLimits limits) {
    this.client = client;
    this.agent = agent;
    this.limits = limits;
  }

  /**
   * A client.
   *
   * @param agent what to tell servers that we are, such as {@code tidelog/1.0}
   */
  public static HttpClient create(String agent, TimeLimits limits) {
    Duration connect = limits.read().compareTo(CONNECT_MAX) < 0 ? limits.read() : CONNECT_MAX;
    OkHttpClient client =
        new OkHttpClient.Builder()
            .socketFactory(new PromptSockets())
            .connectTimeout(connect)
            // Each call has a pace of its own.
            .readTimeout(Duration.ZERO)
            .writeTimeout(limits.uploadIdle())
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool())
            .dispatcher(dispatcher())
            .addNetworkInterceptor(HttpClient::asTagged)
            .addNetworkInterceptor(Pace::watch)
            .eventListener(new Pace.Sending())
            .build();
    return new HttpClient(client, agent, limits);
  }

  /** Tags a request that a server is to answer from what it has at hand, or not at all. */
  static final class OnlyIfCached {
    static Request.Builder tag(Request.Builder request) {
      return request.tag(OnlyIfCached.class, new OnlyIfCached());
    }
  }

  /** Behind the client's own look at that header: without a cache it would send nothing. */
  private static Response asTagged(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    if (request.tag(OnlyIfCached.class) == null) return chain.proceed(request);
    return chain.proceed(request.newBuilder().header("Cache-Control", "only-if-cached").build());
  }

  private static Dispatcher dispatcher() {
    ExecutorService threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              Thread thread = new Thread(work, "tidelog-http");
              thread.setDaemon(true);
              return thread;
            });
    Dispatcher dispatcher = new Dispatcher(threads);
    // Whoever asks has bounds of their own; none waits behind a server that hangs.
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
    return dispatcher;
  }

  /**
   * An answer with its whole body.
   *
   * @param failure what the server said when it failed after it had begun to answer
   */
  record Answer(
      int status, Headers headers, byte[] body, Optional<String> failure, Credentials credentials) {
    static Answer of(Response response, byte[] body, @Nullable String failure) {
      Credentials credentials = Credentials.of(response.request());
      return new Answer(
          response.code(),
          response.headers(),
          body,
          Optional.ofNullable(failure).map(credentials::removedFrom),
          credentials);
    }

    boolean isOk() {
      return status == STATUS_OK && !failure.isPresent();
    }

    String type() {
      String type = headers.get("Content-Type");
      return type == null ? "" : type;
    }

    /** The body as text that may be shown. */
    String text() {
      return credentials.removedFrom(new String(body, StandardCharsets.UTF_8));
    }

    /** A field of JSON that may be shown, as {@link RpcJson#field} finds it. */
    Optional<String> field(String pointer) {
      return RpcJson.field(body, pointer).map(credentials::removedFrom);
    }
  }

  /**
   * Sends a request and reads the answer.
   *
   * @param bytesMax of the body of an answer that is no error; one byte more is a {@link
   *     TooLargeException}
   * @throws BusyException if the server wants to be left alone for a while
   */
  Answer send(Request.Builder request, int bytesMax) throws IOException {
    return await(
        request,
        response -> {
          refuse(response);
          if (response.code() >= STATUS_CLIENT_ERROR) return error(response);
          byte[] body = read(response.body().source(), bytesMax);
          @Nullable String failure = response.trailers().get("X-Stream-Error");
          return Answer.of(response, body, failure);
        });
  }

  /** An error with the beginning of what is said about it, if that can be read. */
  private static Answer error(Response response) {
    byte[] words = {};
    try {
      BufferedSource source = response.body().source();
      source.request(ERROR_BYTES_MAX);
      words = source.readByteArray(Math.min(ERROR_BYTES_MAX, source.getBuffer().size()));
    } catch (IOException e) {
      // The status says enough.
    }
    return Answer.of(response, words, null);
  }

  /** Takes the body of an answer as it comes. */
  interface Body<T> {
    T read(InputStream body) throws IOException;
  }

  /** Sends a request and hands over the body of an answer; empty where nothing is found. */
  <T> Optional<T> stream(Request.Builder request, Body<T> body) throws IOException {
    return await(
        request,
        response -> {
          refuse(response);
          if (response.code() == STATUS_OK) {
            return Optional.of(body.read(response.body().byteStream()));
          }
          if (ABSENT.contains(response.code())) return Optional.empty();
          RpcError error = RpcError.of(error(response));
          if (error.isNotFound() || error.isOutOfTime()) return Optional.empty();
          throw error.exception();
        });
  }

  /** What is made of an answer while it comes. */
  private interface Reading<T> {
    T of(Response response) throws IOException;
  }

  /**
   * Sends a request from a thread of the client's and waits: a thread that waits can be interrupted
   * at once, one that reads from a server that hangs cannot.
   */
  private <T> T await(Request.Builder request, Reading<T> reading) throws IOException {
    Request plain = request.header("User-Agent", agent).build();
    Pace pace = new Pace(plain, limits, underWay);
    Call call = client.newCall(plain.newBuilder().tag(Pace.class, pace).build());
    CompletableFuture<T> answer = new CompletableFuture<>();
    underWay.incrementAndGet();
    call.enqueue(new Reader<>(reading, answer));
    try {
      return await(answer, pace);
    } catch (TimeoutException e) {
      call.cancel();
      throw new IOException("it took too long", e);
    } catch (InterruptedException e) {
      call.cancel();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("it was given up");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) throw told(failure);
      if (e.getCause() instanceof RuntimeException failure) throw failure;
      throw new IllegalStateException(e.getCause());
    } finally {
      underWay.decrementAndGet();
    }
  }

  /** Waits as long as something moves. */
  private static <T> T await(CompletableFuture<T> answer, Pace pace)
      throws InterruptedException, ExecutionException, TimeoutException {
    for (long left = pace.nanosLeft(); left > 0; left = pace.nanosLeft()) {
      try {
        return answer.get(left, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        // Perhaps bytes have come meanwhile.
      }
    }
    throw new TimeoutException();
  }

  private record Reader<T>(Reading<T> reading, CompletableFuture<T> answer) implements Callback {
    @Override
    public void onResponse(Call call, Response response) {
      try (response) {
        answer.complete(reading.of(response));
      } catch (Throwable e) { // Whoever waits has to learn of it, whatever it is.
        answer.completeExceptionally(e);
      }
    }

    @Override
    public void onFailure(Call call, IOException e) {
      answer.completeExceptionally(e);
    }
  }

  private static byte[] read(BufferedSource source, int max) throws IOException {
    boolean more = source.request((long) max + 1);
    if (more) throw new TooLargeException("its answer is over " + max + " bytes");
    return source.readByteArray();
  }

  private static void refuse(Response response) throws IOException {
    int status = response.code();
    if (status >= STATUS_REDIRECT && status < STATUS_CLIENT_ERROR) {
      throw new IOException("it points to another place (HTTP " + status + ")");
    }
    if (status == BusyException.TOO_MANY || status == BusyException.UNAVAILABLE) {
      throw BusyException.of(status, response.header("Retry-After"));
    }
  }

  /** In words for people; without the client's own, which may show what a place has sent. */
  private static IOException told(IOException e) {
    if (e instanceof UnknownHostException) return new IOException("its host is not known");
    if (e instanceof ConnectException) return new IOException("nothing answers there");
    if (e instanceof InterruptedIOException) return new IOException("it took too long");
    if (isCutShort(e)) return new IOException("its answer broke off");
    if (e instanceof ProtocolException) return new IOException("its answer makes no sense");
    return e;
  }

  /** The client's words for it name bytes and URLs. */
  private static boolean isCutShort(IOException e) {
    String words = String.valueOf(e.getMessage());
    return e instanceof EOFException
        || e.getCause() instanceof EOFException
        || e instanceof SocketException
        || words.startsWith("unexpected end of stream");
  }

  /** Ends idle connections; requests under way fail. */
  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
