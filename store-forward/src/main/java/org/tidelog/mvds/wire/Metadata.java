package org.tidelog.mvds.wire;

import java.util.List;
import org.tidelog.crypto.Digest;

/**
 * What 4/MVDS-META adds to a message. The message's id does not cover it.
 *
 * @param parents messages that the author knew and that nobody had named as a parent before
 * @param ephemeral not acknowledged, not kept, and nobody's parent
 */
public record Metadata(List<Digest> parents, boolean ephemeral) {
  /** A root that is kept. */
  public static final Metadata NONE = new Metadata(List.of(), false);

  public static final Metadata EPHEMERAL = new Metadata(List.of(), true);

  public Metadata {
    parents = List.copyOf(parents);
    if (parents.size() > WireLimits.PARENTS_MAX) {
      throw new IllegalArgumentException("parents: " + parents.size());
    }
  }

  public static Metadata of(List<Digest> parents) {
    return parents.isEmpty() ? NONE : new Metadata(parents, false);
  }
}
