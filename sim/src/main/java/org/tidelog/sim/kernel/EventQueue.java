package org.tidelog.sim.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The clock and the future of one run. Events at one time fire in the order they were scheduled in,
 * so that a run depends on nothing but its seed. A binary heap in parallel arrays: an event costs
 * 32 bytes, and none when it fires. One thread owns it.
 */
public final class EventQueue {
  private static final int CAPACITY_FIRST = 1_024;

  private long[] times = new long[CAPACITY_FIRST];
  private long[] orders = new long[CAPACITY_FIRST];
  private long[] arguments = new long[CAPACITY_FIRST];
  private @Nullable Event[] events = new @Nullable Event[CAPACITY_FIRST];
  private int size;
  private long orderNext;
  private long nowMicros;
  private long fired;

  /** Microseconds of virtual time since the run began. */
  public long nowMicros() {
    return nowMicros;
  }

  public int size() {
    return size;
  }

  /** How many events have fired: what a run cost to simulate. */
  public long fired() {
    return fired;
  }

  /** {@code timeMicros} in the past means now, after what is due now already. */
  public void schedule(long timeMicros, Event event, long argument) {
    if (size == times.length) {
      grow();
    }
    long time = Math.max(timeMicros, nowMicros);
    long order = orderNext++;
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (isBefore(times[parent], orders[parent], time, order)) {
        break;
      }
      move(parent, at);
      at = parent;
    }
    put(at, time, order, event, argument);
  }

  /** The time of the next event; {@link Long#MAX_VALUE} when there is none. */
  public long nextMicros() {
    return size == 0 ? Long.MAX_VALUE : times[0];
  }

  /** Moves the clock to the next event and fires it; false when there is none. */
  public boolean fireNext() {
    Event event = events[0];
    if (size == 0 || event == null) {
      return false;
    }
    nowMicros = times[0];
    long argument = arguments[0];
    removeFirst();
    fired++;
    event.fire(argument);
    return true;
  }

  private void removeFirst() {
    int last = --size;
    long time = times[last];
    long order = orders[last];
    int at = 0;
    for (int child = 1; child < last; child = 2 * at + 1) {
      int right = child + 1;
      if (right < last && isBefore(times[right], orders[right], times[child], orders[child])) {
        child = right;
      }
      if (isBefore(time, order, times[child], orders[child])) {
        break;
      }
      move(child, at);
      at = child;
    }
    put(at, time, order, events[last], arguments[last]);
    events[last] = null;
  }

  private static boolean isBefore(long time, long order, long otherTime, long otherOrder) {
    return time < otherTime || (time == otherTime && order < otherOrder);
  }

  private void move(int from, int to) {
    put(to, times[from], orders[from], events[from], arguments[from]);
  }

  private void put(int at, long time, long order, @Nullable Event event, long argument) {
    times[at] = time;
    orders[at] = order;
    events[at] = event;
    arguments[at] = argument;
  }

  private void grow() {
    int capacity = Math.multiplyExact(times.length, 2);
    times = Arrays.copyOf(times, capacity);
    orders = Arrays.copyOf(orders, capacity);
    arguments = Arrays.copyOf(arguments, capacity);
    events = Arrays.copyOf(events, capacity);
  }
}
