package org.tidelog.replicator.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.StoredLog;

/**
 * The store of one home: logs, and small values by key beside them, changed in one transaction.
 * Desktop: SQLite; Android supplies its own. One thread at a time. Failures are {@link
 * org.tidelog.log.spi.StoreException}; after a failed commit the store refuses everything until it
 * is opened anew.
 */
public interface DeviceStore extends LogStore, AutoCloseable {
  /**
   * Hands on what is held of each of these logs of which anything is, one after the other, in no
   * order. Whoever takes it may read from the store meanwhile.
   */
  default void logs(Set<IpnsName> names, BiConsumer<IpnsName, StoredLog> to) {
    names.forEach(name -> log(name).ifPresent(log -> to.accept(name, log)));
  }

  /** The value under a key; empty where there is none. */
  Optional<byte[]> get(String key);

  /** All values whose key begins so, by key in ascending order of UTF-16 code units. */
  SortedMap<String, byte[]> withPrefix(String prefix);

  /**
   * The first {@code max} values with keys in {@code [from, to)}, which are ASCII, by key in
   * ascending order.
   */
  SortedMap<String, byte[]> between(String from, String to, int max);

  /**
   * Makes sure that no file of the store holds anything any more that committed changes have
   * removed or replaced.
   */
  void scrub();

  /**
   * Makes all changes or none; durable when it returns.
   *
   * @param values new values by key; empty removes
   */
  void commit(List<LogChange> logs, Map<String, Optional<byte[]>> values);

  @Override
  default void commit(List<LogChange> logs) {
    commit(logs, Map.of());
  }

  /**
   * Reads all that is here and throws {@link org.tidelog.log.spi.StoreException} where something is
   * not what was written, as far as the store itself can tell.
   */
  default void check() {}

  /** Bytes on disk. */
  long storeBytes();

  @Override
  void close();
}
