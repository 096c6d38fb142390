package org.tidelog.log.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * A snapshot of the logs held, by short ids that both sides' nonces key: nobody can choose heads so
 * that ids collide. Tells it in coded symbols, and decodes the other side's.
 */
final class Sketch {
  /** Decodes the difference of about 18 items: nine logs that changed. */
  static final int SYMBOLS_FIRST = 32;

  /** Beyond that the logs are listed. */
  static final int SYMBOLS_MAX = 1 << 14;

  /** Of one frame. */
  static final int SYMBOLS_FRAME_MAX = 4_096;

  private static final byte[] TAG = Sha256.tag("tidelog/sync-short/1");

  private final Map<Long, IpnsName> logs = new HashMap<>();
  private @Nullable CodedSymbols theirs;

  Sketch(LogSet set, byte[] key) {
    set.all().forEach(held -> logs.put(shortId(held, key), held.log()));
  }

  static long shortId(LogSet.Held held, byte[] key) {
    return Item.first(Sha256.create().update(TAG).update(key).update(held.digest()).finish());
  }

  int size() {
    return logs.size();
  }

  CodedSymbols symbols(long first, int count) {
    CodedSymbols symbols = new CodedSymbols(first, count);
    logs.keySet().forEach(symbols::toggle);
    return symbols;
  }

  /** The log that a short id stands for here. */
  Optional<IpnsName> log(long id) {
    return Optional.ofNullable(logs.get(id));
  }

  /**
   * In what two sets differ.
   *
   * @param ours logs of which we have other heads, or alone have any
   * @param theirs short ids of what they have other
   */
  record Difference(List<IpnsName> ours, List<Long> theirs) {}

  /** How many symbols of the other side came. */
  int received() {
    CodedSymbols so = theirs;
    return so == null ? 0 : so.count();
  }

  /** Takes the next symbols of the other side; empty while they are too few. */
  Optional<Difference> decode(CodedSymbols next) {
    CodedSymbols before = theirs;
    CodedSymbols all = before == null ? next : before.with(next);
    theirs = all;
    CodedSymbols rest = symbols(0, all.count());
    for (int i = 0; i < all.count(); i++) {
      rest.put(i, all.sum(i), all.check(i));
    }
    return peel(rest);
  }

  private Optional<Difference> peel(CodedSymbols rest) {
    Map<Long, IpnsName> ours = new HashMap<>();
    List<IpnsName> differing = new ArrayList<>();
    List<Long> others = new ArrayList<>();
    Deque<Integer> places = new ArrayDeque<>();
    for (int i = 0; i < rest.count(); i++) {
      places.add(i);
    }
    // Each id that comes out empties a symbol, so more than that is somebody's making.
    for (int found = 0; !places.isEmpty(); ) {
      int at = places.remove();
      if (!rest.isPure(at)) continue;
      if (++found > rest.count()) return Optional.empty();
      long id = rest.sum(at);
      @Nullable IpnsName log = logs.get(id);
      if (log == null) {
        others.add(id);
      } else if (ours.putIfAbsent(id, log) == null) {
        differing.add(log);
      }
      remove(rest, id, places);
    }
    if (!rest.isEmpty()) return Optional.empty();
    differing.sort(null);
    return Optional.of(new Difference(differing, others));
  }

  private static void remove(CodedSymbols rest, long id, Deque<Integer> places) {
    CodedSymbols.Places all = rest.places(id);
    int check = CodedSymbols.check(id);
    for (long place = 0; place < rest.count(); place = all.after(place)) {
      rest.put((int) place, id, check);
      places.add((int) place);
    }
  }
}
