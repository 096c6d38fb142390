package org.tidelog.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.node.folder.IoReason;
import org.tidelog.node.ipfs.BusyException;

/**
 * How each layer has fared: what it was asked for, and how it failed last. A layer that failed is
 * asked last, and not at all for a while that doubles with each failure in a row; that while ends
 * with the process, unless the layer itself asked for it. Safe for several threads.
 */
final class LayerLedger {
  private static final String KEY = "layers";
  private static final long PAUSE_MILLIS_MIN = 1_000;

  /** Over a quarter of an hour nobody would notice that a layer is back. */
  private static final int DOUBLINGS_MAX = 10;

  private static final int VAIN_MAX = 3;
  private static final long VAIN_PAUSE_MILLIS = 30_000;

  /** As long as a layer may ask for. */
  private static final long PAUSE_MILLIS_MAX = 3_600_000;

  private final LongSupplier clock;
  private final SortedMap<String, LayerStatus> layers = new TreeMap<>();
  private final SortedMap<String, Long> paused = new TreeMap<>();
  private final Map<String, Integer> vain = new HashMap<>();

  /** When each layer failed last, by the clock that only goes on. */
  private final SortedMap<String, Long> failedNanos = new TreeMap<>();

  private boolean changed;

  LayerLedger(LongSupplier clock) {
    this.clock = clock;
  }

  synchronized LayerStatus of(String layer) {
    return layers.getOrDefault(layer, LayerStatus.none(layer));
  }

  private void put(LayerStatus status) {
    layers.put(status.name(), status);
    changed = true;
  }

  /** A layer did not answer before one that was asked later. */
  synchronized void outrun(String layer) {
    put(of(layer).outrun());
  }

  synchronized void succeeded(String layer, long bytesRead, long bytesWritten, long nanos) {
    paused.remove(layer);
    put(of(layer).succeeded(bytesRead, bytesWritten, nanos / 1_000_000));
  }

  /**
   * A layer has looked for a block for long and not found it. One that does so again and again is
   * left alone, or a log whose blocks are nowhere would cost that time for each of them.
   */
  synchronized void lookedInVain(String layer) {
    int times = vain.merge(layer, 1, Integer::sum);
    if (times < VAIN_MAX) return;
    vain.remove(layer);
    failed(layer, new IOException("it has looked for " + VAIN_MAX + " blocks in vain"), 0);
    paused.put(layer, clock.getAsLong() + VAIN_PAUSE_MILLIS);
  }

  /** A layer has had a block. */
  synchronized void found(String layer) {
    vain.remove(layer);
  }

  /**
   * A request was not answered, or wrongly.
   *
   * @param nanos how long it took: what fails slowly is left alone the longer
   */
  synchronized void failed(String layer, IOException e, long nanos) {
    long now = clock.getAsLong();
    long ended = System.nanoTime();
    LayerStatus before = of(layer);
    // Requests that were under way together fail together, and for one reason.
    @Nullable Long last = failedNanos.put(layer, ended);
    boolean again = last == null || ended - nanos - last >= 0;
    int doublings = (int) Math.min(before.failuresInARow() - (again ? 0 : 1), DOUBLINGS_MAX);
    long pause = Math.max(PAUSE_MILLIS_MIN << Math.max(0, doublings), 2 * nanos / 1_000_000);
    paused.put(layer, now + Math.min(pause, PAUSE_MILLIS_MAX));
    long asked = e instanceof BusyException busy ? now + busy.seconds() * 1_000 : 0;
    long quiet = isAhead(before.quietUntilMillis(), now) ? before.quietUntilMillis() : 0;
    put(before.failed(IoReason.of(e), now, Math.max(asked, quiet), again));
  }

  /** Whether a layer is to be left alone now. */
  synchronized boolean isPaused(String layer) {
    long now = clock.getAsLong();
    return isAhead(paused.getOrDefault(layer, 0L), now)
        || isAhead(of(layer).quietUntilMillis(), now);
  }

  /** A time further ahead than any pause was written while the clock was wrong. */
  private static boolean isAhead(long until, long now) {
    return now < until && until - now <= PAUSE_MILLIS_MAX;
  }

  /** Why a layer is left alone, in words for people. */
  String pausedWords(String layer) {
    return of(layer).lastFailure() + "; it is left alone for a while";
  }

  /** Layers that answered last before those that failed. */
  synchronized List<Layer> ranked(List<Layer> all) {
    List<Layer> ranked = new ArrayList<>(all);
    ranked.sort(
        (a, b) -> Long.compare(of(a.name()).failuresInARow(), of(b.name()).failuresInARow()));
    return ranked;
  }

  synchronized byte[] encode() {
    List<Cbor> list = new ArrayList<>();
    layers.values().forEach(status -> list.add(status.encode()));
    return DagCbor.encode(new Cbor.Array(list));
  }

  synchronized void load(byte[] bytes) throws MalformedException {
    for (Cbor status : DagCbor.decode(bytes).asArray()) {
      LayerStatus known = LayerStatus.parse(status);
      layers.put(known.name(), known);
    }
  }

  /** Takes what was kept last; what cannot be read is as good as none. */
  void load(Book book) {
    Optional<byte[]> kept = book.get(KEY);
    if (!kept.isPresent()) return;
    try {
      load(kept.get());
    } catch (MalformedException e) {
      book.removeValue(KEY);
    }
  }

  /** Remembers it, to be committed, if anything has changed since the last time. */
  synchronized void keep(Book book) {
    if (changed) book.putValue(KEY, encode());
    changed = false;
  }
}
