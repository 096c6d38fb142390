package org.tidelog.crypto.ipns;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.cbor.Cbor;

/**
 * What an IPNS record says, that is what is signed.
 *
 * @param value a path such as {@code /ipfs/bafy…}, as bytes
 * @param sequence 0 to 2^63-1; the higher record wins
 * @param validity when it ends, in the years 0 to 9999
 * @param ttl how long caches may keep it, 0 to 2^63-1 nanoseconds
 * @param extra further fields, each name beginning with {@code _}
 */
public record IpnsContent(
    byte[] value, long sequence, Instant validity, Duration ttl, SortedMap<String, Cbor> extra) {
  /** Names of extra fields begin with it, so that they never meet those of the specification. */
  public static final String EXTRA_PREFIX = "_";

  private static final Duration TTL_MAX = Duration.ofNanos(Long.MAX_VALUE);

  public IpnsContent {
    if (sequence < 0) throw new IllegalArgumentException("sequence: " + sequence);
    if (ttl.isNegative() || ttl.compareTo(TTL_MAX) > 0) {
      throw new IllegalArgumentException("ttl: " + ttl);
    }
    ValidityText.check(validity);
    for (String name : extra.keySet()) {
      if (!name.startsWith(EXTRA_PREFIX)) throw new IllegalArgumentException("extra: " + name);
    }
    value = value.clone();
    SortedMap<String, Cbor> copy = new TreeMap<>(Cbor.Mapping.KEY_ORDER);
    copy.putAll(extra);
    extra = Collections.unmodifiableSortedMap(copy);
  }

  /** A copy. */
  @Override
  public byte[] value() {
    return value.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpnsContent that
        && Arrays.equals(value, that.value)
        && sequence == that.sequence
        && validity.equals(that.validity)
        && ttl.equals(that.ttl)
        && extra.equals(that.extra);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value) * 31 + Long.hashCode(sequence);
  }
}
