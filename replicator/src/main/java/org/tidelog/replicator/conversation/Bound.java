package org.tidelog.replicator.conversation;

import java.util.ArrayList;
import java.util.List;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * The names a log's alias entries have bound to numbers, from 0, as far as they were read.
 *
 * @param upTo the position before which all of them have been read
 */
public record Bound(List<IpnsName> names, long upTo) {
  public Bound {
    names = List.copyOf(names);
  }

  public static Bound none() {
    return new Bound(List.of(), 0);
  }

  /** With more names, bound by an entry before {@code end}. */
  Bound with(List<IpnsName> fresh, long end) {
    List<IpnsName> all = new ArrayList<>(names);
    all.addAll(fresh);
    return new Bound(all, end);
  }
}
