package org.tidelog.node.ipfs;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands before a real server and answers some requests wrongly. A connection carries one request.
 * Rules may change at any time; requests are counted by the line they begin with, such as {@code
 * POST /api/v0/block/get?arg=bafy…}.
 */
public final class FaultyProxy implements AutoCloseable {
  private static final Set<String> OURS =
      Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "expect");

  private static final Duration WAIT_MAX = Duration.ofSeconds(60);

  /** No bound to {@link #takeBytesPerSecond}. */
  public static final int ALL = Integer.MAX_VALUE;

  private static final int TAKEN_EACH_SECOND = 10;

  private final URI target;
  private final ServerSocket server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Fault> rules = new LinkedHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile int takenEachSecond = ALL;

  private FaultyProxy(URI target, ServerSocket server) {
    this.target = target;
    this.server = server;
  }

  /** A request as it came; names of headers in lower case. */
  public record Request(String line, Map<String, String> headers, byte[] body, long nanos) {}

  /** What the real server says, or would. */
  public interface Upstream {
    Answer answer() throws IOException;

    /** What it was asked. */
    Request request();
  }

  /** A whole answer. */
  public record Answer(int status, Map<String, String> headers, byte[] body) {
    Answer with(byte[] other) {
      return new Answer(status, headers, other);
    }
  }

  /** A way to answer. */
  public interface Fault {
    void answer(Upstream upstream, Socket to) throws IOException;
  }

  /** Stands before a server at a port that the system chooses. */
  public static FaultyProxy before(URI target) throws IOException {
    FaultyProxy proxy =
        new FaultyProxy(target, new ServerSocket(0, 64, InetAddress.getLoopbackAddress()));
    daemon(proxy::accept);
    return proxy;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Requests whose line contains the words are answered so from now on; the newest rule counts. */
  public FaultyProxy when(String words, Fault fault) {
    synchronized (rules) {
      rules.remove(words);
      rules.put(words, fault);
    }
    return this;
  }

  /** Everything is answered so from now on. */
  public FaultyProxy always(Fault fault) {
    return when("", fault);
  }

  /** Everything goes through from now on. */
  public FaultyProxy heal() {
    synchronized (rules) {
      rules.clear();
    }
    return this;
  }

  /** All requests so far, or since they were forgotten. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** How many of them contain the words in their line. */
  public int count(String words) {
    return (int) requests.stream().filter(request -> request.line.contains(words)).count();
  }

  /** Bodies of requests are read no faster from now on; 0: not at all. */
  public void takeBytesPerSecond(int bytes) {
    takenEachSecond = bytes;
  }

  public void forget() {
    requests.clear();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) socket.close();
  }

  // Faults.

  /** The real answer. */
  public static Fault none() {
    return (upstream, to) -> send(to, upstream.answer(), 0);
  }

  /** A status and words, without asking the real server. {@code headers}: names and values. */
  public static Fault status(int status, String words, String... headers) {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return (upstream, to) ->
        send(to, new Answer(status, all, words.getBytes(StandardCharsets.UTF_8)), 0);
  }

  /** Other bytes under the real answer's status and headers. */
  public static Fault instead(byte[] body) {
    return (upstream, to) -> send(to, upstream.answer().with(body), 0);
  }

  /** The real answer with one byte changed, in the middle. */
  public static Fault wrongBytes() {
    return (upstream, to) -> {
      Answer answer = upstream.answer();
      byte[] body = answer.body.clone();
      if (body.length > 0) body[body.length / 2] ^= 1;
      send(to, answer.with(body), 0);
    };
  }

  /** Only half of what it says is coming, and then the connection ends. */
  public static Fault half() {
    return lying(0.5, 1);
  }

  /** The real answer, after a while. */
  public static Fault late(Duration wait) {
    return (upstream, to) -> {
      pause(wait.toMillis());
      none().answer(upstream, to);
    };
  }

  /** A status, and words with the credentials that came for each {@code %s}. */
  public static Fault echo(int status, String words) {
    return (upstream, to) -> {
      String sent = upstream.request().headers.getOrDefault("authorization", "");
      byte[] body = words.replace("%s", sent).getBytes(StandardCharsets.UTF_8);
      send(to, new Answer(status, Map.of("Content-Type", "application/json"), body), 0);
    };
  }

  /** Half of the real answer, as if that were all. */
  public static Fault halfAsWhole() {
    return lying(0.5, 0.5);
  }

  /** The real answer's body, with a length that says less: the rest follows all the same. */
  public static Fault saysLess() {
    return lying(1, 0.5);
  }

  private static Fault lying(double sent, double said) {
    return (upstream, to) -> {
      Answer answer = upstream.answer();
      long length = answer.body.length;
      head(to, answer, "Content-Length: " + (long) (length * said));
      to.getOutputStream().write(Arrays.copyOf(answer.body, (int) (length * sent)));
    };
  }

  /** The real status and headers, and bytes that never end. */
  public static Fault endless() {
    return (upstream, to) -> {
      head(to, upstream.answer(), "Connection: close");
      byte[] some = new byte[64 * 1024];
      Arrays.fill(some, (byte) '[');
      while (true) {
        to.getOutputStream().write(some);
      }
    };
  }

  /** The real answer, a byte after the other. */
  public static Fault slow(Duration forEach) {
    return (upstream, to) -> send(to, upstream.answer(), forEach.toMillis());
  }

  /** Real answers, which share a link that carries so much. */
  public static Fault link(int bytesPerSecond) {
    ReentrantLock turn = new ReentrantLock(true);
    int each = bytesPerSecond / TAKEN_EACH_SECOND;
    return (upstream, to) -> {
      Answer answer = upstream.answer();
      head(to, answer, "Content-Length: " + answer.body.length);
      for (int at = 0; at < answer.body.length; at += each) {
        turn.lock();
        try {
          pause(1_000 / TAKEN_EACH_SECOND);
          to.getOutputStream().write(answer.body, at, Math.min(each, answer.body.length - at));
        } finally {
          turn.unlock();
        }
      }
    };
  }

  /** The request is taken and never answered. */
  public static Fault hang() {
    return (upstream, to) -> pause(WAIT_MAX.toMillis());
  }

  /** The connection is reset in the middle of the body. */
  public static Fault reset() {
    return (upstream, to) -> {
      Answer answer = upstream.answer();
      head(to, answer, "Content-Length: " + (answer.body.length + 1));
      to.getOutputStream().write(Arrays.copyOf(answer.body, answer.body.length / 2));
      to.getOutputStream().flush();
      to.setSoLinger(true, 0);
    };
  }

  /** The real body in chunks, and that it failed all the same, behind it. */
  public static Fault trailer(String words) {
    return (upstream, to) -> {
      Answer answer = upstream.answer();
      head(to, answer, "Trailer: X-Stream-Error\r\nTransfer-Encoding: chunked");
      byte[] body = answer.body;
      write(to, Integer.toHexString(body.length) + "\r\n");
      if (body.length > 0) {
        to.getOutputStream().write(body);
        write(to, "\r\n0\r\n");
      }
      write(to, "X-Stream-Error: " + words + "\r\n\r\n");
    };
  }

  /** The real server gets nothing of it, and this is what is said. */
  public static Fault pretend(String type, byte[] body) {
    return (upstream, to) -> send(to, new Answer(200, Map.of("Content-Type", type), body), 0);
  }

  /** These bytes and no more, or the last of them over and over; the request goes no further. */
  public static Fault raw(String once, String... endless) {
    return (upstream, to) -> {
      write(to, once);
      while (endless.length > 0) {
        write(to, endless[0]);
      }
    };
  }

  /** One way so many times, and then another. */
  public static Fault after(int times, Fault first, Fault then) {
    int[] left = {times};
    return (upstream, to) -> {
      boolean still;
      synchronized (left) {
        still = left[0]-- > 0;
      }
      (still ? first : then).answer(upstream, to);
    };
  }

  // Carrying.

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        daemon(() -> serve(socket));
      } catch (IOException e) {
        return; // Closed.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Request request = read(new BufferedInputStream(socket.getInputStream()));
      requests.add(request);
      fault(request.line).answer(new Forwarded(request), socket);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // The one who asked has had enough.
    } finally {
      open.remove(socket);
    }
  }

  private Fault fault(String line) {
    synchronized (rules) {
      Fault fault = none();
      for (Map.Entry<String, Fault> rule : rules.entrySet()) {
        if (line.contains(rule.getKey())) fault = rule.getValue();
      }
      return fault;
    }
  }

  private final class Forwarded implements Upstream {
    private final Request request;

    Forwarded(Request request) {
      this.request = request;
    }

    @Override
    public Answer answer() throws IOException {
      return forward(request);
    }

    @Override
    public Request request() {
      return request;
    }
  }

  private Request read(InputStream in) throws IOException {
    String line = line(in);
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.put(name, header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(line, headers, body(in, length), System.nanoTime());
  }

  private byte[] body(InputStream in, int length) throws IOException {
    if (takenEachSecond == ALL) return in.readNBytes(length);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (body.size() < length && !server.isClosed()) {
      pause(1_000 / TAKEN_EACH_SECOND);
      int most = Math.min(length - body.size(), takenEachSecond / TAKEN_EACH_SECOND);
      body.write(in.readNBytes(most));
    }
    return body.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) throw new IOException("the request broke off");
      if (b != '\r') line.append((char) b);
    }
    return line.toString();
  }

  private Answer forward(Request request) throws IOException {
    String[] words = request.line.split(" ", -1);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(target.resolve(words[1]))
            .timeout(WAIT_MAX)
            .method(words[0], BodyPublishers.ofByteArray(request.body));
    request.headers.forEach(
        (name, value) -> {
          if (!OURS.contains(name)) builder.header(name, value);
        });
    try {
      HttpResponse<byte[]> response = client.send(builder.build(), BodyHandlers.ofByteArray());
      Map<String, String> headers = new LinkedHashMap<>();
      response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
      return new Answer(response.statusCode(), headers, response.body());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void send(Socket to, Answer answer, long millisEach) throws IOException {
    head(to, answer, "Content-Length: " + answer.body.length);
    if (millisEach == 0) {
      to.getOutputStream().write(answer.body);
      return;
    }
    for (byte b : answer.body) {
      pause(millisEach);
      to.getOutputStream().write(b);
      to.getOutputStream().flush();
    }
  }

  private static void head(Socket to, Answer answer, String more) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status + " As it is\r\n");
    answer.headers.forEach(
        (name, value) -> {
          boolean ours = OURS.contains(name.toLowerCase(Locale.ROOT)) || name.startsWith(":");
          boolean trailer = name.equalsIgnoreCase("Trailer");
          if (!ours && !trailer) head.append(name).append(": ").append(value).append("\r\n");
        });
    write(to, head + more + (more.contains("Connection") ? "" : "\r\nConnection: close"));
    write(to, "\r\n\r\n");
  }

  private static void write(Socket to, String text) throws IOException {
    OutputStream out = to.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
