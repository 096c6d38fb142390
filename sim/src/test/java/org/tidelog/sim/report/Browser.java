package org.tidelog.sim.report;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Chromium without a window, driven by its DevTools protocol: what it can do on a command line
 * alone knows neither the width of a phone nor the dark.
 */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");

  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
  private static final long SECONDS_MAX = 60;

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final String session;
  private int lastId;

  private Browser(Process process, String address) throws IOException, InterruptedException {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Listener())
            .join();
    String target = text("targetId", call("", "Target.createTarget", "{\"url\":\"about:blank\"}"));
    session =
        text(
            "sessionId",
            call(
                "",
                "Target.attachToTarget",
                "{\"targetId\":\"%s\",\"flatten\":true}".formatted(target)));
  }

  /** What {@code TIDELOG_CHROMIUM} names, or what is on the path. */
  static Optional<Path> executable() {
    String named = System.getenv("TIDELOG_CHROMIUM");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** {@code profile} is an empty folder. */
  static Browser start(Path executable, Path profile) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                executable.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile)
            .redirectErrorStream(true)
            .start();
    BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      Matcher matcher = LISTENING.matcher(line);
      if (matcher.find()) {
        Thread drain = new Thread(() -> log.lines().forEach(unused -> {}));
        drain.setDaemon(true);
        drain.start();
        return new Browser(process, matcher.group(1));
      }
    }
    throw new IOException(executable + " ended");
  }

  /** Opens a page as a screen of this width and taste shows it. */
  void open(URI page, int width, int height, String scheme)
      throws IOException, InterruptedException {
    call(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":%b}"
            .formatted(width, height, width < 600));
    call(
        "Emulation.setEmulatedMedia",
        "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"%s\"}]}".formatted(scheme));
    call("Page.navigate", "{\"url\":\"%s\"}".formatted(page));
    while (!evaluate("document.readyState+location.protocol").equals("completefile:")) {
      Thread.sleep(20);
    }
  }

  /** The value of an expression that is a text without quotes. */
  String evaluate(String expression) throws IOException, InterruptedException {
    String escaped = expression.replace("\\", "\\\\").replace("\"", "\\\"");
    return text("value", call("Runtime.evaluate", "{\"expression\":\"" + escaped + "\"}"));
  }

  /** All of the page, as PNG. */
  byte[] screenshot() throws IOException, InterruptedException {
    String answer = call("Page.captureScreenshot", "{\"captureBeyondViewport\":true}");
    return Base64.getDecoder().decode(text("data", answer));
  }

  @Override
  public void close() {
    socket.abort();
    process.destroyForcibly();
    process.onExit().join();
  }

  private String call(String method, String parameters) throws IOException, InterruptedException {
    return call(",\"sessionId\":\"" + session + '"', method, parameters);
  }

  private String call(String to, String method, String parameters)
      throws IOException, InterruptedException {
    int id = ++lastId;
    String request = "{\"id\":%d,\"method\":\"%s\",\"params\":%s%s}";
    socket.sendText(request.formatted(id, method, parameters, to), true).join();
    while (true) {
      String answer = answers.poll(SECONDS_MAX, TimeUnit.SECONDS);
      if (answer == null || answer.contains("\"error\":{")) {
        throw new IOException(method + ": " + answer);
      }
      // What is not an answer is an event.
      if (answer.startsWith("{\"id\":" + id + ",")) {
        return answer;
      }
    }
  }

  private static String text(String name, String json) throws IOException {
    Matcher matcher = Pattern.compile('"' + name + "\":\"([^\"]*)\"").matcher(json);
    if (!matcher.find()) {
      throw new IOException("no " + name + " in " + json);
    }
    return matcher.group(1);
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
      message.append(part);
      if (isLast) {
        answers.add(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
