package org.tidelog.node.ipfs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Kubo daemon with a repository of its own. It listens on loopback only, at ports that the
 * system chose and that it keeps when it is started again; it knows no peers but those it was
 * connected to. It ends with the JVM that started it, however that ends, and leaves nothing behind.
 * Used by one thread.
 *
 * <p>The program is what the environment variable {@value #VARIABLE} names; without it the test
 * that asks for a node is skipped.
 */
public final class KuboNode implements KuboDaemon {
  /** Where the program {@code ipfs} is. */
  public static final String VARIABLE = "TIDELOG_IPFS";

  private static final int WAIT_SECONDS_MAX = 60;
  private static final int POLL_MILLIS = 20;

  /** What a command may print; more fails the test. */
  private static final long OUTPUT_BYTES_MAX = 64L << 20;

  private static final String NO_PROGRAM =
      "no Kubo, so what needs it is skipped: export " + VARIABLE + "=$(.ci/kubo)";

  private static final Optional<Path> PROGRAM = program();

  private static final String READY = "Daemon is ready";

  private final Path program;
  private final Path folder;
  private final Path repo;
  private @Nullable String secret;
  private @Nullable Process daemon;
  private @Nullable Watchdog watchdog;
  private @Nullable URI rpc;
  private @Nullable URI gateway;

  private KuboNode(Path program, Path folder) {
    this.program = program;
    this.folder = folder;
    this.repo = folder.resolve("repo");
  }

  /** What a command came to. */
  public record Output(int exitCode, byte[] out, String err) {
    /** Standard output without the line ends behind it. */
    public String text() {
      return new String(out, StandardCharsets.UTF_8).stripTrailing();
    }
  }

  private static Optional<Path> program() {
    String program = System.getenv(VARIABLE);
    if (program != null && !program.isEmpty()) return Optional.of(Path.of(program));
    // Once, and here: Maven does not tell why a test was skipped.
    System.err.println(NO_PROGRAM);
    return Optional.empty();
  }

  /** A node that runs. */
  public static KuboNode started() throws Exception {
    return create().start();
  }

  /** A node that is ready to be configured and started. */
  public static KuboNode create() throws Exception {
    return createBelow(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** As {@link #create}, with everything in a new folder below another, such as a small disk. */
  public static KuboNode createBelow(Path parent) throws Exception {
    assumeTrue(PROGRAM.isPresent(), NO_PROGRAM);
    KuboNode node = new KuboNode(PROGRAM.get(), Files.createTempDirectory(parent, "tidelog-kubo"));
    try {
      node.ipfs("init", "--profile=test");
      // The default asks servers of the public network, and waits for them.
      node.config("Routing.Type", "\"dht\"");
    } catch (Exception | Error e) {
      node.close();
      throw e;
    }
    return node;
  }

  /** Sets a value, such as {@code "Gateway.NoFetch", "true"}; counts from the next start on. */
  public KuboNode config(String key, String json) throws Exception {
    ipfs("config", "--json", key, json);
    return this;
  }

  /**
   * From the next start on it answers only who knows the secret: {@code bearer:WORD} or {@code
   * basic:USER:WORD}. {@link #ipfs} does.
   */
  public KuboNode requireSecret(String authSecret) throws Exception {
    config(
        "API.Authorizations",
        "{\"test\":{\"AuthSecret\":\"" + authSecret + "\",\"AllowedPaths\":[\"/api/v0\"]}}");
    secret = authSecret;
    return this;
  }

  /** Starts it, or starts it again, and waits until it answers. */
  public KuboNode start() throws Exception {
    if (daemon != null) throw new IllegalStateException("it runs already");
    Files.deleteIfExists(log());
    Process process =
        builder("daemon").redirectErrorStream(true).redirectOutput(log().toFile()).start();
    daemon = process;
    watchdog = new Watchdog(process.pid(), folder);
    try {
      await(() -> !process.isAlive() || said(READY), "the daemon is not ready");
      if (!process.isAlive()) throw new IOException("the daemon ended: " + Files.readString(log()));
      if (rpc == null) keepPorts();
    } catch (Exception | Error e) {
      kill();
      throw e;
    }
    return this;
  }

  /** Nothing is flushed, nobody is told. */
  public void kill() throws IOException, InterruptedException {
    Process process = running();
    process.destroyForcibly();
    ended(process);
  }

  /** Asks it to end, and waits for that. */
  public void stop() throws Exception {
    Process process = running();
    process.destroy();
    ended(process);
  }

  /** It keeps its connections and takes new ones, and answers nothing until {@link #resume}. */
  public void pause() throws Exception {
    signal("-STOP");
  }

  public void resume() throws Exception {
    signal("-CONT");
  }

  @Override
  public URI rpc() {
    return known(rpc);
  }

  @Override
  public URI gateway() {
    return known(gateway);
  }

  public long pid() {
    return running().pid();
  }

  /** Holds {@code repo}, and the daemon's words in {@code log}. */
  public Path folder() {
    return folder;
  }

  /** Connects the two, and waits until each would ask the other for names. */
  public void connect(KuboNode other) throws Exception {
    String address = other.ipfs("id", "--format=<addrs>").lines().findFirst().orElseThrow();
    ipfs("swarm", "connect", address);
    awaitPeer(other);
    other.awaitPeer(this);
  }

  /** Base 58. */
  public String peerId() throws Exception {
    return ipfs("config", "Identity.PeerID");
  }

  /** Runs {@code ipfs} on its repository; it has to succeed. Returns what it printed. */
  public String ipfs(String... args) throws Exception {
    return bytes(args).text();
  }

  /** As {@link #ipfs}, for what is not text. */
  public Output bytes(String... args) throws Exception {
    Output output = run(args);
    if (output.exitCode != 0) {
      throw new IOException("ipfs " + String.join(" ", args) + ": " + output.err + output.text());
    }
    return output;
  }

  /** Runs {@code ipfs} on its repository, however that ends. */
  public Output run(String... args) throws Exception {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    try {
      Process process =
          builder(args).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      if (!process.waitFor(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("ipfs " + String.join(" ", args) + ": does not end");
      }
      return new Output(
          process.exitValue(), read(out), new String(read(err), StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (daemon != null) kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private ProcessBuilder builder(String... args) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    if (secret != null) command.add("--api-auth=" + secret);
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("IPFS_PATH", repo.toString());
    builder.environment().put("IPFS_TELEMETRY", "off");
    builder.redirectInput(Path.of("/dev/null").toFile());
    return builder;
  }

  private Path log() {
    return folder.resolve("log");
  }

  private boolean said(String words) {
    try {
      return Files.exists(log()) && Files.readString(log()).contains(words);
    } catch (IOException e) {
      return false;
    }
  }

  /** Whoever was told of an address finds the node there after it was started again. */
  private void keepPorts() throws Exception {
    rpc = URI.create("http://127.0.0.1:" + port(Files.readString(repo.resolve("api"))));
    gateway = URI.create("http://127.0.0.1:" + port(Files.readString(repo.resolve("gateway"))));
    String swarm = ipfs("swarm", "addrs", "local").lines().findFirst().orElseThrow();
    config("Addresses.API", "\"/ip4/127.0.0.1/tcp/" + rpc.getPort() + "\"");
    config("Addresses.Gateway", "\"/ip4/127.0.0.1/tcp/" + gateway.getPort() + "\"");
    config("Addresses.Swarm", "[\"" + swarm + "\"]");
  }

  /** The number at the end of {@code /ip4/127.0.0.1/tcp/5001} or {@code http://127.0.0.1:5001}. */
  private static int port(String address) {
    return Integer.parseInt(address.strip().replaceAll(".*[:/]", ""));
  }

  private void awaitPeer(KuboNode other) throws Exception {
    String id = other.peerId();
    await(() -> knows(id), "it does not take the other for one to ask");
  }

  private boolean knows(String peerId) {
    try {
      return run("stats", "dht", "lan").text().contains(peerId);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Process running() {
    if (daemon == null) throw new IllegalStateException("it does not run");
    return daemon;
  }

  private void ended(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
      throw new IOException("the daemon does not end");
    }
    daemon = null;
    if (watchdog != null) watchdog.dismiss();
    watchdog = null;
    // Left by a kill; commands would take it for a daemon that runs.
    Files.deleteIfExists(repo.resolve("api"));
    Files.deleteIfExists(repo.resolve("gateway"));
  }

  private void signal(String signal) throws Exception {
    new ProcessBuilder("kill", signal, Long.toString(pid())).start().waitFor();
  }

  private static URI known(@Nullable URI uri) {
    if (uri == null) throw new IllegalStateException("it was not started yet");
    return uri;
  }

  private static void await(BooleanSupplier condition, String failure) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) throw new IOException(failure);
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static byte[] read(Path file) throws IOException {
    if (Files.size(file) > OUTPUT_BYTES_MAX) throw new IOException("output over the limit");
    return Files.readAllBytes(file);
  }

  /** Ends a daemon and removes its folder when this JVM is gone without having done so. */
  private static final class Watchdog {
    private static final String SCRIPT =
        "trap '' INT TERM HUP; read -r word && exit; kill -9 \"$1\"; "
            + "for i in 1 2 3 4 5 6 7 8 9; do rm -rf \"$2\" && exit; sleep 0.1; done";

    private final Process process;

    Watchdog(long pid, Path folder) throws IOException {
      process =
          new ProcessBuilder("sh", "-c", SCRIPT, "watchdog", Long.toString(pid), folder.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    }

    void dismiss() throws IOException, InterruptedException {
      process.getOutputStream().write('\n');
      process.getOutputStream().close();
      process.waitFor();
    }
  }
}
