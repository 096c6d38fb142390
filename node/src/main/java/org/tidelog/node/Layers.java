package org.tidelog.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.follow.Finding;
import org.tidelog.log.follow.Follower;
import org.tidelog.log.spi.ContentStore;
import org.tidelog.log.spi.NameSystem;
import org.tidelog.node.folder.IoReason;
import org.tidelog.node.folder.NoSpaceException;
import org.tidelog.node.folder.NotAFileException;
import org.tidelog.node.folder.OversizedException;
import org.tidelog.node.ipfs.Branches;
import org.tidelog.node.ipfs.HttpClient;
import org.tidelog.node.ipfs.TimeLimits;
import org.tidelog.node.ipfs.TooLargeException;
import org.tidelog.node.ipfs.WrongBytesException;

/**
 * The mirror: one or more places that hold blocks and records. Reading asks memory, then folders
 * one after the other, then what is remote, several at a time, until one has what its hash
 * confirms; which places a publication goes to, and with what success, is for {@link Targets}.
 */
final class Layers implements AutoCloseable {
  /** A remote layer that has not answered by then is joined by the next one. */
  private static final long HEDGE_MILLIS = 400;

  /** A layer that says sooner that it has no block has not looked for it. */
  private static final long VAIN_NANOS = 2_000_000_000L;

  /** A branch may take longer than a block without anything being wrong. */
  private static final long BRANCH_HEDGE_MILLIS = 2_000;

  /** Of what went wrong although another layer helped out. */
  private static final int ASIDE_MAX = 32;

  private static final int IDLE_SECONDS = 5;

  private final List<Layer> layers;
  private final LayerLedger ledger;
  private final @Nullable HttpClient http;
  private final @Nullable ExecutorService pool;
  private final BlockMemory memory = new BlockMemory(BlockMemory.BYTES_MAX);
  private final Optional<Path> filled;
  private final Set<Finding> aside = new LinkedHashSet<>();

  private Layers(List<Layer> layers, LayerLedger ledger, @Nullable HttpClient http) {
    this.layers = List.copyOf(layers);
    this.ledger = ledger;
    this.http = http;
    this.pool = layers.stream().anyMatch(Layer::remote) ? threads() : null;
    this.filled =
        layers.stream()
            .filter(layer -> layer.takes() && !layer.remote())
            .findFirst()
            .map(folder -> Paths.get(folder.name()).resolve(Filling.FOLDER));
  }

  private static ExecutorService threads() {
    return new ThreadPoolExecutor(
        0,
        // Requests wait for requests of theirs: with a bound they could wait for each other. There
        // are as many as blocks under way, times layers.
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, "tidelog-layer");
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * @param words as a user writes them; relative folders from the current directory
   */
  static Layers of(List<String> words, Tokens tokens, LayerLedger ledger) {
    // Only homes that use it pay for loading a client.
    @Nullable HttpClient http = words.stream().anyMatch(Layer::isRemote) ? client() : null;
    List<Layer> layers = new ArrayList<>();
    try {
      for (String word : words) {
        layers.add(Layer.of(word, () -> Objects.requireNonNull(http), tokens));
      }
    } catch (TidelogException e) {
      if (http != null) http.close();
      throw e;
    }
    return new Layers(layers, ledger, http);
  }

  private static HttpClient client() {
    String version = Layers.class.getPackage().getImplementationVersion();
    String agent = version == null ? "tidelog" : "tidelog/" + version;
    return HttpClient.create(agent, TimeLimits.defaults());
  }

  /** A single place that is read only. */
  static Layers of(ContentStore blocks, NameSystem names) {
    return new Layers(
        List.of(Layer.readOnly(blocks, names)), new LayerLedger(System::currentTimeMillis), null);
  }

  List<Layer> all() {
    return layers;
  }

  LayerLedger ledger() {
    return ledger;
  }

  /** Where what is read from remote layers is kept nearby, if there is a place for it. */
  Optional<Path> filled() {
    return filled;
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    layers.forEach(layer -> names.add(layer.name()));
    return names;
  }

  /** Where a publication goes. */
  Targets targets() {
    if (layers.stream().noneMatch(layer -> layer.takes() && layer.names().isPresent())) {
      throw new TidelogException(
          ErrorKind.MIRROR_UNWRITABLE,
          "cannot publish: no layer of the mirror takes records",
          "add a folder, kubo:URL or delegated:URL with --mirror");
    }
    return new Targets(layers, ledger);
  }

  boolean areRemote() {
    return pool != null;
  }

  /** Runs work that waits for remote layers beside other such work. */
  <T> Future<T> submit(Callable<T> work) {
    if (pool == null) throw new IllegalStateException("layers: " + names());
    return pool.submit(work);
  }

  /** The records found under a name, and the layers that could not be asked. */
  record Found(List<Follower.Sourced> records, List<Finding> failures) {
    static Found none() {
      return new Found(new ArrayList<>(), new ArrayList<>());
    }

    void add(Found other) {
      records.addAll(other.records);
      failures.addAll(other.failures);
    }
  }

  /** Asks all of them, remote ones at a time: which record is the newest nobody knows before. */
  Found find(IpnsName name) {
    Found found = Found.none();
    List<Future<Found>> asked = new ArrayList<>();
    for (Layer layer : layers) {
      if (layer.remote()) asked.add(submit(() -> find(layer, name)));
    }
    for (Layer layer : layers) {
      if (!layer.remote()) found.add(find(layer, name));
    }
    filledLayer().ifPresent(layer -> found.records.addAll(find(layer, name).records));
    asked.forEach(answer -> found.add(taken(answer)));
    return found;
  }

  private Optional<Layer> filledLayer() {
    return filled.filter(Files::isDirectory).map(Layer::filled);
  }

  private Found find(Layer layer, IpnsName name) {
    Found found = Found.none();
    if (!layer.names().isPresent()) return found;
    if (layer.remote() && ledger.isPaused(layer.name())) {
      found.failures.add(paused(layer));
      return found;
    }
    long began = System.nanoTime();
    try {
      Optional<byte[]> record = layer.names().get().get(name);
      long read = record.map(bytes -> (long) bytes.length).orElse(0L);
      ledger.succeeded(layer.name(), read, 0, System.nanoTime() - began);
      record.ifPresent(bytes -> found.records.add(new Follower.Sourced(layer.name(), bytes)));
    } catch (OversizedException | TooLargeException e) {
      ledger.failed(layer.name(), e, System.nanoTime() - began);
      found.failures.add(oversized(Finding.Kind.BAD_RECORD, name.text(), layer));
    } catch (NotAFileException e) {
      found.failures.add(noFile(Finding.Kind.BAD_RECORD, name.text(), layer));
    } catch (IOException e) {
      ledger.failed(layer.name(), e, System.nanoTime() - began);
      found.failures.add(unreachable(layer, e));
    }
    return found;
  }

  /** What work that was handed in came to. */
  static <T> T taken(Future<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) throw failure;
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while layers were asked", e);
    }
  }

  /** A fork proof as a layer has it. */
  record SourcedProof(String layer, byte[] proof) {}

  /** What layers have as a log's fork proof. One that cannot be asked has none. */
  List<SourcedProof> forkProofs(IpnsName name) {
    List<SourcedProof> proofs = new ArrayList<>();
    for (Layer layer : layers) {
      forkProof(layer, name).ifPresent(bytes -> proofs.add(new SourcedProof(layer.name(), bytes)));
    }
    return proofs;
  }

  private static Optional<byte[]> forkProof(Layer layer, IpnsName name) {
    try {
      return layer.names().isPresent() ? layer.names().get().forkProof(name) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // A place that fails is named where its record is asked for.
    }
  }

  /**
   * Puts a fork proof into each layer that has none as good.
   *
   * @return where that failed: a proof is carried beside what is published, and hinders none of it
   */
  List<Problem> putForkProof(IpnsName name, byte[] proof, Predicate<byte[]> isAsGood) {
    List<Problem> problems = new ArrayList<>();
    for (Layer layer : layers) {
      if (!layer.takes() || !layer.names().isPresent()) continue;
      try {
        Optional<byte[]> there = forkProof(layer, name);
        if (there.isPresent() && isAsGood.test(there.get())) continue;
        layer.names().get().putForkProof(name, proof);
      } catch (IOException e) {
        problems.add(
            new Problem(
                e instanceof NoSpaceException ? ErrorKind.NO_SPACE : ErrorKind.MIRROR_UNWRITABLE,
                "its fork proof could not be put there: " + IoReason.of(e),
                name.text() + " in " + layer.name()));
      }
    }
    return problems;
  }

  /** Where blocks come from. */
  interface Source {
    Block block(Cid cid, int bytesMax);
  }

  /**
   * A block found in some layer, or why not.
   *
   * @param distant whether it came from a remote layer now
   */
  record Block(Optional<byte[]> bytes, List<Finding> failures, boolean distant) {
    static Block missing() {
      return new Block(Optional.empty(), new ArrayList<>(), false);
    }

    private boolean isFound() {
      return bytes.isPresent();
    }
  }

  /** Takes the block from the first layer that has it whole; what was wrong in others is told. */
  Block block(Cid cid, int bytesMax) {
    Block local = localBlock(cid, bytesMax);
    if (local.isFound() || pool == null) return local;
    Block remote = remoteBlock(cid, bytesMax);
    local.failures.addAll(remote.failures);
    return new Block(remote.bytes, local.failures, true);
  }

  /** From memory, or a folder. */
  Block localBlock(Cid cid, int bytesMax) {
    Block block = Block.missing();
    Optional<byte[]> remembered = memory.get(cid, bytesMax);
    if (remembered.isPresent()) {
      ledger.succeeded(BlockMemory.NAME, remembered.get().length, 0, 0);
      return new Block(remembered, block.failures, false);
    }
    List<Layer> damaged = new ArrayList<>();
    for (Layer layer : layers) {
      if (layer.remote()) continue;
      Block here = ask(layer, cid, bytesMax);
      if (!here.failures.isEmpty()) damaged.add(layer);
      block.failures.addAll(here.failures);
      if (!here.isFound()) continue;
      heal(damaged, cid, here.bytes.get());
      return new Block(here.bytes, block.failures, false);
    }
    // What is wrong with it is nobody's concern: it is a copy of what is read anew then.
    Optional<byte[]> copy = filledLayer().flatMap(layer -> ask(layer, cid, bytesMax).bytes);
    return new Block(copy, block.failures, false);
  }

  /** From what is remote. May be called by several threads. */
  Block remoteBlock(Cid cid, int bytesMax) {
    Block block = Block.missing();
    List<Layer> candidates = new ArrayList<>();
    for (Layer layer : ledger.ranked(layers)) {
      if (!layer.remote() || !layer.blocks().isPresent()) continue;
      if (ledger.isPaused(layer.name())) {
        block.failures.add(paused(layer));
      } else {
        candidates.add(layer);
      }
    }
    Optional<byte[]> found =
        raced(
            candidates,
            HEDGE_MILLIS,
            layer -> {
              Block answer = ask(layer, cid, bytesMax);
              answer.failures.forEach(this::noted);
              synchronized (block) {
                block.failures.addAll(answer.failures);
              }
              return answer.bytes;
            });
    found.ifPresent(bytes -> memory.put(cid, bytes));
    synchronized (block) {
      return new Block(found, new ArrayList<>(block.failures), true);
    }
  }

  private void noted(Finding finding) {
    synchronized (aside) {
      if (aside.size() < ASIDE_MAX) aside.add(finding);
    }
  }

  /**
   * What went wrong with remote layers since this was asked last, also where another one had what
   * was wanted.
   */
  List<Finding> aside() {
    synchronized (aside) {
      List<Finding> noted = new ArrayList<>(aside);
      aside.clear();
      return noted;
    }
  }

  private <T> Optional<T> raced(
      List<Layer> candidates, long hedgeMillis, Function<Layer, Optional<T>> ask) {
    if (pool == null) return Optional.empty();
    return new Race<>(pool, ledger, ask).run(candidates, hedgeMillis);
  }

  private Block ask(Layer layer, Cid cid, int bytesMax) {
    Block answer = Block.missing();
    if (!layer.blocks().isPresent()) return answer;
    long began = System.nanoTime();
    try {
      Optional<byte[]> block = layer.blocks().get().get(cid, bytesMax);
      if (block.isPresent() && !cid.matches(block.get())) throw new WrongBytesException(cid);
      long read = block.map(bytes -> (long) bytes.length).orElse(0L);
      long took = System.nanoTime() - began;
      ledger.succeeded(layer.name(), read, 0, took);
      if (block.isPresent()) {
        ledger.found(layer.name());
      } else if (took > VAIN_NANOS) {
        ledger.lookedInVain(layer.name());
      }
      return new Block(block, answer.failures, layer.remote());
    } catch (WrongBytesException e) {
      ledger.failed(layer.name(), e, System.nanoTime() - began);
      answer.failures.add(wrong(cid, layer));
    } catch (OversizedException | TooLargeException e) {
      ledger.failed(layer.name(), e, System.nanoTime() - began);
      answer.failures.add(oversized(Finding.Kind.BAD_BLOCK, cid.text(), layer));
    } catch (NotAFileException e) {
      answer.failures.add(noFile(Finding.Kind.BAD_BLOCK, cid.text(), layer));
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) return answer; // Another layer was faster.
      ledger.failed(layer.name(), e, System.nanoTime() - began);
      answer.failures.add(unreachable(layer, e));
    }
    return answer;
  }

  /**
   * The blocks below a root with one request, from the first remote layer that can do that and has
   * it. Whatever does not come this way is asked for block by block.
   */
  Map<Cid, byte[]> branch(Cid root, long bytesMax) {
    List<Layer> candidates = new ArrayList<>();
    for (Layer layer : ledger.ranked(layers)) {
      boolean able = layer.blocks().isPresent() && layer.blocks().get() instanceof Branches;
      if (able && !ledger.isPaused(layer.name())) candidates.add(layer);
    }
    return raced(candidates, BRANCH_HEDGE_MILLIS, layer -> branch(layer, root, bytesMax))
        .orElse(Map.of());
  }

  private Optional<Map<Cid, byte[]>> branch(Layer layer, Cid root, long bytesMax) {
    long began = System.nanoTime();
    try {
      Map<Cid, byte[]> blocks = ((Branches) layer.blocks().get()).branch(root, bytesMax);
      long read = blocks.values().stream().mapToLong(block -> block.length).sum();
      ledger.succeeded(layer.name(), read, 0, System.nanoTime() - began);
      blocks.forEach(memory::put);
      return blocks.isEmpty() ? Optional.empty() : Optional.of(blocks);
    } catch (WrongBytesException e) {
      ledger.failed(layer.name(), e, System.nanoTime() - began);
      noted(wrong(root, layer));
      return Optional.empty();
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) return Optional.empty();
      ledger.failed(layer.name(), e, System.nanoTime() - began);
      noted(unreachable(layer, e));
      return Optional.empty();
    }
  }

  /** Puts a good block in place of damaged ones, where this device may write. */
  private static void heal(List<Layer> damaged, Cid cid, byte[] block) {
    for (Layer layer : damaged) {
      if (!layer.takes()) continue;
      try {
        layer.blocks().get().put(cid, block);
      } catch (IOException e) {
        // Whoever may write there will mend it.
      }
    }
  }

  private static Finding wrong(Cid cid, Layer layer) {
    return new Finding(
        Finding.Kind.BAD_BLOCK,
        "its bytes are not those its name says",
        cid.text() + " in " + layer.name());
  }

  private static Finding oversized(Finding.Kind kind, String name, Layer layer) {
    return new Finding(kind, "it is larger than any of its kind", name + " in " + layer.name());
  }

  private static Finding noFile(Finding.Kind kind, String name, Layer layer) {
    return new Finding(kind, "it is not a regular file", name + " in " + layer.name());
  }

  private static Finding unreachable(Layer layer, IOException e) {
    return new Finding(Finding.Kind.UNREACHABLE, IoReason.of(e), layer.name());
  }

  private Finding paused(Layer layer) {
    return new Finding(Finding.Kind.UNREACHABLE, ledger.pausedWords(layer.name()), layer.name());
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    if (pool != null) pool.shutdownNow();
    if (http != null) http.close();
  }
}
