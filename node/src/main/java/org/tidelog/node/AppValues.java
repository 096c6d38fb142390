package org.tidelog.node;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Small values of the application's own, in the home's store: counters, unread marks, what is still
 * to be sent. They change in one transaction with each other and with what a cursor acknowledges
 * ({@link Cursor.Batch#acknowledge(Map)}) or a topic appends ({@link
 * Topic#appendAll(java.util.List, Map)}), so nothing is counted or answered twice, whenever the
 * process ends. No other device sees them, and no backup holds them. Who reads, computes and writes
 * in several threads has to see to it that they do so in turn. Safe for use by any thread while the
 * {@link Tidelog} is open.
 */
public final class AppValues {
  /** Of a key: visible ASCII, such as {@code unread/family}. */
  public static final int KEY_CHARS_MAX = 200;

  public static final int VALUE_BYTES_MAX = 64 * 1024;

  /** Of one transaction. */
  public static final int CHANGES_MAX = 1024;

  private static final String PREFIX = "app/";
  private static final Pattern KEY = Pattern.compile("[!-~]{1," + KEY_CHARS_MAX + "}");

  /** Behind every character of a key. */
  private static final String END = "\u007f";

  private final Core core;

  AppValues(Core core) {
    this.core = core;
  }

  public Optional<byte[]> get(String key) {
    checkKey(key);
    return core.locked(() -> core.book.get(PREFIX + key).map(byte[]::clone));
  }

  /**
   * The first {@code max} values whose keys begin so, by key in ascending order.
   *
   * @param prefix empty: of all
   */
  public SortedMap<String, byte[]> withPrefix(String prefix, int max) {
    if (!prefix.isEmpty()) checkKey(prefix);
    if (max < 1) throw new IllegalArgumentException("max: " + max);
    String from = PREFIX + prefix;
    SortedMap<String, byte[]> values = new TreeMap<>();
    core.locked(
        () ->
            core.store
                .between(from, from + END, max)
                .forEach((key, value) -> values.put(key.substring(PREFIX.length()), value)));
    return values;
  }

  /**
   * Makes all changes, durably when it returns, or none.
   *
   * @param changes new values by key; empty removes
   * @throws IllegalArgumentException if a key, a value or the map is too large
   */
  public void put(Map<String, Optional<byte[]>> changes) {
    Map<String, Optional<byte[]>> checked = checked(changes);
    core.locked(
        () -> {
          stage(core.book, checked);
          core.book.commit();
        });
  }

  /** A copy that is small enough and will stay as it is. */
  static Map<String, Optional<byte[]>> checked(Map<String, Optional<byte[]>> changes) {
    if (changes.size() > CHANGES_MAX) {
      throw new IllegalArgumentException("changes: " + changes.size());
    }
    Map<String, Optional<byte[]>> checked = new LinkedHashMap<>();
    changes.forEach(
        (key, value) -> {
          checkKey(key);
          int bytes = value.map(set -> set.length).orElse(0);
          if (bytes > VALUE_BYTES_MAX) {
            throw new IllegalArgumentException("value of " + key + ": " + bytes + " bytes");
          }
          checked.put(key, value.map(byte[]::clone));
        });
    return checked;
  }

  /** Adds changes that were checked to what is committed next. */
  static void stage(Book book, Map<String, Optional<byte[]>> checked) {
    checked.forEach(
        (key, value) -> {
          if (value.isPresent()) {
            book.putValue(PREFIX + key, value.get());
          } else {
            book.removeValue(PREFIX + key);
          }
        });
  }

  private static void checkKey(String key) {
    if (KEY.matcher(key).matches()) return;
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    throw new IllegalArgumentException("key: " + bytes + " bytes, or not visible ASCII");
  }
}
