package org.tidelog.node.ipfs;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
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

  private final OkHttpClient client;
  private final String agent;

  private HttpClient(OkHttpClient client, String agent) {
    this.client = client;
    this.agent = agent;
  }

  /**
   * A client.
   *
   * @param agent what to tell servers that we are, such as {@code tidelog/1.0}
   * @param requestMax how long one request may take, from connecting to the last byte
   */
  public static HttpClient create(String agent, Duration requestMax) {
    Duration connect = requestMax.compareTo(CONNECT_MAX) < 0 ? requestMax : CONNECT_MAX;
    OkHttpClient client =
        new OkHttpClient.Builder()
            .socketFactory(new PromptSockets())
            .connectTimeout(connect)
            .readTimeout(requestMax)
            .writeTimeout(requestMax)
            .callTimeout(requestMax)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool())
            .build();
    return new HttpClient(client, agent);
  }

  /**
   * An answer with its whole body.
   *
   * @param failure what the server said when it failed after it had begun to answer
   */
  record Answer(int status, Headers headers, byte[] body, Optional<String> failure) {
    boolean isOk() {
      return status == STATUS_OK && !failure.isPresent();
    }

    String type() {
      String type = headers.get("Content-Type");
      return type == null ? "" : type;
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
    try (Response response = call(request).execute()) {
      boolean error = response.code() >= STATUS_CLIENT_ERROR;
      BufferedSource source = response.body().source();
      int max = error ? ERROR_BYTES_MAX : bytesMax;
      byte[] body = read(source, max, error);
      refuse(response);
      @Nullable String failure = error ? null : response.trailers().get("X-Stream-Error");
      return new Answer(response.code(), response.headers(), body, Optional.ofNullable(failure));
    } catch (IOException e) {
      throw told(e);
    }
  }

  /** Takes the body of an answer as it comes. */
  interface Body<T> {
    T read(InputStream body) throws IOException;
  }

  /** Sends a request and hands over the body of an answer of status 200. */
  <T> Optional<T> stream(Request.Builder request, Body<T> body) throws IOException {
    try (Response response = call(request).execute()) {
      if (response.code() >= STATUS_CLIENT_ERROR) {
        read(response.body().source(), ERROR_BYTES_MAX, true);
      }
      refuse(response);
      if (response.code() != STATUS_OK) return Optional.empty();
      return Optional.of(body.read(response.body().byteStream()));
    } catch (IOException e) {
      throw told(e);
    }
  }

  private Call call(Request.Builder request) {
    return client.newCall(request.header("User-Agent", agent).build());
  }

  /** The whole body; of an error only the beginning is of interest. */
  private static byte[] read(BufferedSource source, int max, boolean cut) throws IOException {
    boolean more = source.request((long) max + 1);
    if (!more) return source.readByteArray();
    if (cut) return source.readByteArray(max);
    throw new TooLargeException("its answer is over " + max + " bytes");
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

  /** In words for people. */
  private static IOException told(IOException e) {
    if (e instanceof UnknownHostException) return new IOException("its host is not known", e);
    if (e instanceof ConnectException) return new IOException("nothing answers there", e);
    if (e instanceof InterruptedIOException) return new IOException("it took too long", e);
    return e;
  }

  /** Ends idle connections; requests under way fail. */
  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
