package org.tidelog.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.spi.ContentStore;
import org.tidelog.node.folder.IoReason;
import org.tidelog.node.folder.NoSpaceException;
import org.tidelog.node.folder.NotAFileException;
import org.tidelog.node.folder.OversizedException;
import org.tidelog.node.ipfs.TooLargeException;

/**
 * The layers that one publication goes to. One that fails is left out from then on and named, as
 * long as there is another: what was published is in those that remain. Owned by one thread.
 */
final class Targets {
  private final List<Layer> layers = new ArrayList<>();
  private final LayerLedger ledger;
  private final List<Problem> problems = new ArrayList<>();

  /** By name and layer, as they were asked for first. */
  private final Map<IpnsName, Map<String, Optional<byte[]>>> records = new LinkedHashMap<>();

  private @Nullable TidelogException lastWithBlocks;

  /** Layers whose record leads to what was published last: what is not new is there. */
  private final Set<String> complete = new HashSet<>();

  /** Whether to go on when no layer is left. */
  private boolean enduring;

  Targets(List<Layer> all, LayerLedger ledger) {
    this.ledger = ledger;
    for (Layer layer : all) {
      if (layer.takes()) layers.add(layer);
    }
  }

  /** The same, where it is no error that all layers fail: the problems say so. */
  Targets enduring() {
    enduring = true;
    return this;
  }

  /** The layers that have not failed. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    layers.forEach(layer -> names.add(layer.name()));
    return names;
  }

  List<Problem> problems() {
    return problems;
  }

  /** A request to one layer, which counts the bytes that it moves; none: nothing was sent. */
  private interface Request<T> {
    T send(Layer layer, Traffic traffic) throws IOException;
  }

  /** What one request has moved. */
  private static final class Traffic {
    private long read;
    private long written;
    private boolean sent;

    Traffic read(long bytes) {
      read += bytes;
      sent = true;
      return this;
    }

    Traffic written(long bytes) {
      written += bytes;
      sent = true;
      return this;
    }
  }

  /** Sends a request to each layer that can take it; answers come in the order of the layers. */
  private <T> List<T> each(boolean named, Request<T> request) {
    List<T> answers = new ArrayList<>();
    for (Layer layer : new ArrayList<>(layers)) {
      if (named ? !layer.names().isPresent() : !layer.blocks().isPresent()) continue;
      if (isPaused(layer)) continue;
      send(layer, request).ifPresent(answers::add);
    }
    return answers;
  }

  /** Empty where the layer has failed, and is left out from now on. */
  private <T> Optional<T> send(Layer layer, Request<T> request) {
    Traffic traffic = new Traffic();
    long began = System.nanoTime();
    try {
      T answer = request.send(layer, traffic);
      long took = System.nanoTime() - began;
      if (traffic.sent) ledger.succeeded(layer.name(), traffic.read, traffic.written, took);
      return Optional.of(answer);
    } catch (IOException e) {
      ledger.failed(layer.name(), e, System.nanoTime() - began);
      drop(layer, e);
      return Optional.empty();
    }
  }

  /** Goes on without a layer that is to be left alone now. */
  private boolean isPaused(Layer layer) {
    if (!layer.remote() || !ledger.isPaused(layer.name())) return false;
    drop(layer, new IOException(ledger.pausedWords(layer.name())));
    return true;
  }

  /** Goes on without a layer, unless there is no other one to take the record. */
  private void drop(Layer failed, IOException e) {
    layers.remove(failed);
    if (failed.blocks().isPresent()) lastWithBlocks = unwritable(failed, e);
    boolean names = layers.stream().anyMatch(layer -> layer.names().isPresent());
    if (failed.names().isPresent() && !names && !enduring) throw unwritable(failed, e);
    ErrorKind kind = isNoSpace(e) ? ErrorKind.INCOMPLETE : ErrorKind.UNREACHABLE;
    problems.add(new Problem(kind, "not published there: " + IoReason.of(e), failed.name()));
  }

  /** What each layer with names holds under a name, in order; empty where it holds nothing. */
  List<Optional<byte[]>> records(IpnsName name) {
    if (!records.containsKey(name)) {
      Map<String, Optional<byte[]>> asked = new LinkedHashMap<>();
      each(
          true,
          (layer, traffic) -> {
            Optional<byte[]> record = record(layer, name);
            asked.put(layer.name(), record);
            return traffic.read(record.map(bytes -> bytes.length).orElse(0));
          });
      records.put(name, asked);
    }
    List<Optional<byte[]>> found = new ArrayList<>();
    named().forEach(layer -> found.add(there(layer, name)));
    return found;
  }

  private Optional<byte[]> there(Layer layer, IpnsName name) {
    return Objects.requireNonNull(records.get(name)).getOrDefault(layer.name(), Optional.empty());
  }

  private static Optional<byte[]> record(Layer layer, IpnsName name) throws IOException {
    try {
      return layer.names().get().get(name);
    } catch (OversizedException | TooLargeException | NotAFileException e) {
      return Optional.empty(); // No record of ours: it is written anew.
    }
  }

  /** The layers with names, in the order of {@link #records}. */
  List<Layer> named() {
    List<Layer> named = new ArrayList<>();
    for (Layer layer : layers) {
      if (layer.names().isPresent()) named.add(layer);
    }
    return named;
  }

  /** Whether each folder among them has all of these blocks, undamaged. */
  boolean nearbyHave(Collection<Cid> cids) {
    for (Layer layer : layers) {
      if (layer.remote() || !layer.blocks().isPresent()) continue;
      ContentStore folder = layer.blocks().get();
      if (!cids.stream().allMatch(cid -> isWhole(folder, cid))) return false;
    }
    return true;
  }

  private static boolean isWhole(ContentStore folder, Cid cid) {
    try {
      return folder.get(cid, Limits.PAGE_BYTES_MAX).filter(cid::matches).isPresent();
    } catch (IOException e) {
      return false; // Putting it mends it, or tells why not.
    }
  }

  /** A layer has all blocks but those that are new. */
  void markComplete(Layer layer) {
    complete.add(layer.name());
  }

  /**
   * Stores blocks in every layer.
   *
   * @param fresh those that no earlier publication has written
   * @return the bytes written of each, to one layer
   */
  Map<Cid, Long> put(Map<Cid, byte[]> blocks, Set<Cid> fresh) {
    Map<Cid, Long> most = new LinkedHashMap<>();
    blocks.keySet().forEach(cid -> most.put(cid, 0L));
    for (Map<Cid, Long> written :
        each(false, (layer, traffic) -> put(layer, traffic, blocks, fresh))) {
      written.forEach((cid, bytes) -> most.merge(cid, bytes, Math::max));
    }
    if (layers.stream().anyMatch(layer -> layer.blocks().isPresent())) return most;
    if (lastWithBlocks != null) throw lastWithBlocks;
    throw new TidelogException(
        ErrorKind.MIRROR_UNWRITABLE,
        "cannot publish: the log is larger than its record, and no layer takes blocks",
        "add a folder or kubo:URL with --mirror");
  }

  /** A remote layer is not asked again for what it has; a folder makes sure in an instant. */
  private Map<Cid, Long> put(Layer layer, Traffic traffic, Map<Cid, byte[]> blocks, Set<Cid> fresh)
      throws IOException {
    Map<Cid, byte[]> needed = new LinkedHashMap<>(blocks);
    if (layer.remote() && complete.contains(layer.name())) needed.keySet().retainAll(fresh);
    if (needed.isEmpty()) return Map.of();
    Map<Cid, Long> written = layer.blocks().get().putAll(needed);
    traffic.written(written.values().stream().mapToLong(Long::longValue).sum());
    return written;
  }

  /** Has layers that tidy up keep what a record is about to lead to. */
  void pin(Cid root, IpnsName log) {
    pin(root, log, false);
  }

  /** The same for a large payload, where there are its blocks: a service keeps one root a log. */
  void pinLarge(Cid root, IpnsName log) {
    pin(root, log, true);
  }

  private void pin(Cid root, IpnsName log, boolean large) {
    for (Layer layer : new ArrayList<>(layers)) {
      if (!layer.pins().isPresent() || (large && !layer.blocks().isPresent())) continue;
      if (isPaused(layer)) continue;
      send(
          layer,
          (place, traffic) -> {
            place.pins().get().pin(root, log);
            return traffic.written(0);
          });
    }
  }

  void put(IpnsName name, byte[] record) {
    putWhereWorse(name, record, there -> false);
  }

  /** Puts a record into each layer that has none as good. */
  void putWhereWorse(IpnsName name, byte[] record, Predicate<byte[]> isAsGood) {
    records(name);
    each(
        true,
        (layer, traffic) -> {
          Optional<byte[]> before = there(layer, name);
          if (before.isPresent() && isAsGood.test(before.get())) return traffic;
          return put(layer, traffic, name, record);
        });
    records.remove(name);
  }

  /** What became of a record that was to be put into a layer once more. */
  enum Again {
    PUT,
    /** It is there, in a place that forgets nothing. */
    LEFT,
    /** A better one is there. */
    BETTER
  }

  /**
   * Puts a record that is not new into each layer where it may be forgotten, or is worse.
   *
   * @return what became of it, by layer, of those that answered
   */
  Map<String, Again> putAgain(IpnsName name, byte[] record, Predicate<byte[]> isBetter) {
    records(name);
    Map<String, Again> done = new LinkedHashMap<>();
    each(
        true,
        (layer, traffic) -> {
          Again again = again(layer, name, record, isBetter);
          if (again == Again.PUT) put(layer, traffic, name, record);
          done.put(layer.name(), again);
          return traffic;
        });
    records.remove(name);
    return done;
  }

  private Again again(Layer layer, IpnsName name, byte[] record, Predicate<byte[]> isBetter) {
    Optional<byte[]> before = there(layer, name);
    if (before.isPresent() && isBetter.test(before.get())) return Again.BETTER;
    boolean same = before.isPresent() && Arrays.equals(before.get(), record);
    return same && !layer.remote() ? Again.LEFT : Again.PUT;
  }

  private static Traffic put(Layer layer, Traffic traffic, IpnsName name, byte[] record)
      throws IOException {
    layer.names().get().put(name, record);
    return traffic.written(record.length);
  }

  /**
   * Drops blocks that nothing names.
   *
   * @return the layers that still have some, as far as is known, and which: to be tried again
   */
  Map<String, Set<Cid>> remove(Collection<Cid> cids) {
    Map<String, Set<Cid>> left = new LinkedHashMap<>();
    for (Layer layer : layers) {
      if (!layer.blocks().isPresent()) continue;
      try {
        Set<Cid> kept = layer.blocks().get().removeAll(cids);
        if (!kept.isEmpty()) left.put(layer.name(), kept);
      } catch (IOException e) {
        left.put(layer.name(), new LinkedHashSet<>(cids));
      }
    }
    return left;
  }

  /** Also where a server says so, in the words of its system. */
  private static boolean isNoSpace(IOException e) {
    return e instanceof NoSpaceException || IoReason.of(e).contains("no space left on device");
  }

  private static TidelogException unwritable(Layer layer, IOException e) {
    if (isNoSpace(e)) {
      return new TidelogException(
          ErrorKind.NO_SPACE,
          "cannot publish to " + layer.name() + ": no space left",
          "free some space and publish again; what was published before still stands",
          e);
    }
    String hint =
        layer.remote()
            ? "tidelog doctor"
            : "make the folder writable, or name another with --mirror DIR";
    return new TidelogException(
        ErrorKind.MIRROR_UNWRITABLE,
        "cannot publish to " + layer.name() + ": " + IoReason.of(e),
        hint,
        e);
  }
}
