package org.tidelog.mvds;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which of the Go implementation's divergences a node has.
 *
 * @param divergences none for what the texts say
 */
public record Dialect(Set<Divergence> divergences) {
  /** 2/MVDS and 4/MVDS-META, as {@code spec/mvds.md} reads them. */
  public static final Dialect SPEC = new Dialect(Set.of());

  /** The Go implementation with its stores in memory. */
  public static final Dialect HEAD =
      new Dialect(EnumSet.complementOf(EnumSet.of(Divergence.RECORD_COLLISION)));

  public Dialect {
    EnumSet<Divergence> copy = EnumSet.noneOf(Divergence.class);
    copy.addAll(divergences);
    divergences = Collections.unmodifiableSet(copy);
    if (has(copy, Divergence.DUPLICATE_RECORDS) && has(copy, Divergence.RECORD_COLLISION)) {
      throw new IllegalArgumentException("divergences: duplicates and collisions at once");
    }
  }

  public Dialect with(Divergence divergence) {
    EnumSet<Divergence> all = EnumSet.of(divergence);
    all.addAll(divergences);
    return new Dialect(all);
  }

  public Dialect without(Divergence divergence) {
    EnumSet<Divergence> others = EnumSet.noneOf(Divergence.class);
    others.addAll(divergences);
    others.remove(divergence);
    return new Dialect(others);
  }

  boolean has(Divergence divergence) {
    return has(divergences, divergence);
  }

  private static boolean has(Set<Divergence> among, Divergence divergence) {
    return among.contains(divergence);
  }
}
