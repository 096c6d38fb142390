package org.tidelog.replicator.values;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tidelog.crypto.MalformedException;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.StoreException;
import org.tidelog.replicator.spi.DeviceStore;

/**
 * Small values by key. Changes gather here, show at once to whoever reads, and are committed
 * together with those of logs. Keys are words and names with slashes between; who keeps what under
 * which is said by the classes that do. Owned by one thread.
 */
public final class Values {
  private static final int RANGES_MAX = 1 << 20;

  private final DeviceStore store;
  private final Map<String, Optional<byte[]>> changes = new LinkedHashMap<>();
  private final Map<String, byte[]> ahead = new HashMap<>();
  private List<String> aheadOf = List.of();

  public Values(DeviceStore store) {
    this.store = store;
  }

  /**
   * Makes durable all that was changed here, and these logs, at once.
   *
   * @throws StoreException if nothing was changed, or if that is not known; what had gathered here
   *     is forgotten then
   */
  public void commit(List<LogChange> logs) {
    if (logs.isEmpty() && changes.isEmpty()) return;
    try {
      store.commit(logs, changes);
    } finally {
      changes.clear();
    }
  }

  /** Forgets what was changed since the last commit: what it belonged to has failed. */
  public void discard() {
    changes.clear();
  }

  public Optional<byte[]> get(String key) {
    Optional<byte[]> changed = changes.get(key);
    if (changed != null) return changed;
    boolean isAhead = aheadOf.stream().anyMatch(key::startsWith);
    return isAhead ? Optional.ofNullable(ahead.get(key)) : store.get(key);
  }

  public void put(String key, byte[] value) {
    changes.put(key, Optional.of(value));
  }

  public void remove(String key) {
    changes.put(key, Optional.empty());
  }

  /** All values whose key begins so. */
  public SortedMap<String, byte[]> withPrefix(String prefix) {
    SortedMap<String, byte[]> found = new TreeMap<>(store.withPrefix(prefix));
    changes.forEach(
        (key, value) -> {
          if (!key.startsWith(prefix)) return;
          if (value.isPresent()) {
            found.put(key, value.get());
          } else {
            found.remove(key);
          }
        });
    return found;
  }

  /** The first keys of {@code [from, to)} that have a value, as they will be once committed. */
  public SortedSet<String> keysBetween(String from, String to, int max) {
    int gone = changes.size(); // At most so many of those in the store.
    SortedSet<String> keys = new TreeSet<>(store.between(from, to, max + gone).keySet());
    changes.forEach(
        (key, value) -> {
          if (key.compareTo(from) < 0 || key.compareTo(to) >= 0) return;
          if (value.isPresent()) {
            keys.add(key);
          } else {
            keys.remove(key);
          }
        });
    while (keys.size() > max) {
      keys.remove(keys.last());
    }
    return keys;
  }

  /**
   * Reads all values under these prefixes at once, for work that asks for many and commits none.
   */
  public void readingAhead(List<String> prefixes, Runnable work) {
    prefixes.forEach(prefix -> ahead.putAll(store.withPrefix(prefix)));
    aheadOf = prefixes;
    try {
      work.run();
    } finally {
      aheadOf = List.of();
      ahead.clear();
    }
  }

  /** Positions kept under a key; none where nothing is. */
  public SeqRanges ranges(String key) {
    return get(key)
        .map(bytes -> decode(key, bytes, encoded -> SeqRanges.parse(encoded, RANGES_MAX)))
        .orElse(SeqRanges.none());
  }

  public void putRanges(String key, SeqRanges ranges) {
    if (ranges.isEmpty()) {
      if (get(key).isPresent()) remove(key); // Else there is nothing to commit.
    } else {
      put(key, ranges.encode());
    }
  }

  /** Decodes what the same program has encoded: anything else means that the store is damaged. */
  public interface Decoder<T> {
    T decode(byte[] bytes) throws MalformedException;
  }

  /**
   * Decodes a value.
   *
   * @throws StoreException with {@link StoreException.Cause#DAMAGED} if it is malformed
   */
  public static <T> T decode(String key, byte[] bytes, Decoder<T> decoder) {
    try {
      return decoder.decode(bytes);
    } catch (MalformedException e) {
      throw new StoreException(
          StoreException.Cause.DAMAGED,
          "what is remembered under " + key + ": " + e.getMessage(),
          e);
    }
  }
}
