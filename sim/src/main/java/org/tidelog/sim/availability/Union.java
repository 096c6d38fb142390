package org.tidelog.sim.availability;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Online when either of two is; sessions that touch become one. */
final class Union implements Presence {
  private final Presence left;
  private final Presence right;
  private @Nullable Session nextLeft;
  private @Nullable Session nextRight;

  Union(Presence left, Presence right) {
    this.left = left;
    this.right = right;
    this.nextLeft = left.next().orElse(null);
    this.nextRight = right.next().orElse(null);
  }

  @Override
  public Optional<Session> next() {
    Session union = take(Long.MAX_VALUE);
    if (union == null) {
      return Optional.empty();
    }
    for (Session more = take(union.endMillis()); more != null; more = take(union.endMillis())) {
      union =
          new Session(
              union.startMillis(),
              Math.max(union.endMillis(), more.endMillis()),
              union.occasion().with(more.occasion()));
    }
    return Optional.of(union);
  }

  /** The earlier of both next sessions, if it begins by then. */
  private @Nullable Session take(long byMillis) {
    Session a = nextLeft;
    Session b = nextRight;
    boolean isLeft = b == null || (a != null && a.startMillis() <= b.startMillis());
    Session first = isLeft ? a : b;
    if (first == null || first.startMillis() > byMillis) {
      return null;
    }
    if (isLeft) {
      nextLeft = left.next().orElse(null);
    } else {
      nextRight = right.next().orElse(null);
    }
    return first;
  }
}
