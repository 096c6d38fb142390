package org.tidelog.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what callers bring at the same time into groups. One of the callers works for all: the
 * others sleep until their item is done, or until it is their turn to lead. A caller alone pays for
 * no hand-over. Any thread.
 *
 * <p>Those who were served together come back together, a moment after the work for them is done. A
 * leader waits for that moment, or groups of one and of all the others would alternate.
 */
final class CommitGroups<T> {
  /** The part of the last group's time that a leader waits for as many callers as there were. */
  private static final int PATIENCE_SHARE = 4;

  private static final long PATIENCE_NANOS_MAX = 2_000_000;

  private final ToIntFunction<T> size;
  private final int sizeMax;
  private final Consumer<List<T>> work;
  private final Object gate = new Object();
  private final Queue<Seat<T>> waiting = new ArrayDeque<>();
  private @Nullable Thread gathering;
  private boolean led;
  private int companions;
  private long lastNanos;

  /**
   * @param size of an item
   * @param sizeMax of a group, unless it is of one item
   * @param work done by one thread at a time, in the order in which items came
   */
  CommitGroups(ToIntFunction<T> size, int sizeMax, Consumer<List<T>> work) {
    this.size = size;
    this.sizeMax = sizeMax;
    this.work = work;
  }

  private enum State {
    WAITS,
    LEADS,
    DONE
  }

  /**
   * A caller and what it brought. It sleeps by itself and not for a lock, which would wake all who
   * are done one after the other.
   */
  private static final class Seat<T> {
    final T item;
    final Thread caller = Thread.currentThread();
    volatile State state = State.WAITS;
    @Nullable Throwable failure;

    Seat(T item) {
      this.item = item;
    }

    /** Sleeps until there is something to do or nothing left to do. */
    void await(Object blocker) {
      boolean interrupted = false;
      while (state == State.WAITS) {
        LockSupport.park(blocker);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) caller.interrupt(); // The caller's to notice; what it brought is done first.
    }

    void become(State next) {
      state = next;
      LockSupport.unpark(caller);
    }
  }

  /**
   * Returns when the work for a group with this item in it is done, by this thread or another. What
   * the work throws, each caller of the group throws.
   */
  void join(T item) {
    Seat<T> seat = enter(item);
    seat.await(this);
    if (seat.state == State.LEADS) lead(seat);
    if (seat.failure instanceof RuntimeException e) throw e;
    if (seat.failure instanceof Error e) throw e;
  }

  private Seat<T> enter(T item) {
    Seat<T> seat = new Seat<>(item);
    synchronized (gate) {
      waiting.add(seat);
      if (!led) seat.state = State.LEADS;
      led = true;
      if (gathering != null && waiting.size() >= companions) LockSupport.unpark(gathering);
    }
    return seat;
  }

  private void lead(Seat<T> own) {
    try {
      while (own.state != State.DONE) {
        awaitCompanions();
        serve(gather());
      }
    } finally {
      passOn();
    }
  }

  private void awaitCompanions() {
    long deadline = System.nanoTime() + Math.min(lastNanos / PATIENCE_SHARE, PATIENCE_NANOS_MAX);
    boolean patient = companionsAreComing();
    while (patient) {
      LockSupport.parkNanos(this, Math.max(1, deadline - System.nanoTime()));
      patient =
          companionsAreComing()
              && System.nanoTime() < deadline
              && !Thread.currentThread().isInterrupted();
    }
  }

  private boolean companionsAreComing() {
    synchronized (gate) {
      boolean coming = waiting.size() < companions;
      gathering = coming ? Thread.currentThread() : null;
      return coming;
    }
  }

  private List<Seat<T>> gather() {
    List<Seat<T>> group = new ArrayList<>();
    synchronized (gate) {
      gathering = null;
      int sum = 0;
      while (!waiting.isEmpty()) {
        int next = size.applyAsInt(waiting.element().item);
        if (!group.isEmpty() && sum + next > sizeMax) break;
        sum += next;
        group.add(waiting.remove());
      }
      companions = group.size();
    }
    return group;
  }

  private void serve(List<Seat<T>> group) {
    List<T> items = new ArrayList<>(group.size());
    group.forEach(seat -> items.add(seat.item));
    long began = System.nanoTime();
    @Nullable Throwable failure = null;
    try {
      work.accept(items);
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    lastNanos = System.nanoTime() - began;
    for (Seat<T> seat : group) {
      seat.failure = failure;
      seat.become(State.DONE);
    }
  }

  private void passOn() {
    synchronized (gate) {
      Seat<T> next = waiting.peek();
      led = next != null;
      if (next != null) next.become(State.LEADS);
    }
  }
}
