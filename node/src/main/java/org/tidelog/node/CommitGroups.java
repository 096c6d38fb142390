package org.tidelog.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
  private final ReentrantLock gate = new ReentrantLock();
  private final Condition arrivals = gate.newCondition();
  private final Queue<Seat<T>> waiting = new ArrayDeque<>();
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

  /** A caller and what it brought. Guarded by the gate. */
  private static final class Seat<T> {
    final T item;
    final Condition turn;
    boolean leads;
    boolean done;
    @Nullable Throwable failure;

    Seat(T item, Condition turn) {
      this.item = item;
      this.turn = turn;
    }
  }

  /**
   * Returns when the work for a group with this item in it is done, by this thread or another. What
   * the work throws, each caller of the group throws.
   */
  void join(T item) {
    Seat<T> seat = enter(item);
    if (seat.leads) lead(seat);
    if (seat.failure instanceof RuntimeException e) throw e;
    if (seat.failure instanceof Error e) throw e;
  }

  private Seat<T> enter(T item) {
    gate.lock();
    try {
      Seat<T> seat = new Seat<>(item, gate.newCondition());
      waiting.add(seat);
      if (waiting.size() >= companions) arrivals.signal();
      seat.leads = !led;
      led = true;
      while (!seat.leads && !seat.done) {
        seat.turn.awaitUninterruptibly();
      }
      return seat;
    } finally {
      gate.unlock();
    }
  }

  private void lead(Seat<T> own) {
    try {
      while (!own.done) {
        serve(gather());
      }
    } finally {
      passOn();
    }
  }

  private List<Seat<T>> gather() {
    gate.lock();
    try {
      awaitCompanions();
      List<Seat<T>> group = new ArrayList<>();
      int sum = 0;
      while (!waiting.isEmpty()) {
        int next = size.applyAsInt(waiting.element().item);
        if (!group.isEmpty() && sum + next > sizeMax) break;
        sum += next;
        group.add(waiting.remove());
      }
      companions = group.size();
      return group;
    } finally {
      gate.unlock();
    }
  }

  private void awaitCompanions() {
    long patience = Math.min(lastNanos / PATIENCE_SHARE, PATIENCE_NANOS_MAX);
    try {
      while (waiting.size() < companions && patience > 0) {
        patience = arrivals.awaitNanos(patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The caller's to notice; what it brought is done first.
    }
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
    finish(group, failure, System.nanoTime() - began);
  }

  private void finish(List<Seat<T>> group, @Nullable Throwable failure, long nanos) {
    gate.lock();
    try {
      lastNanos = nanos;
      for (Seat<T> seat : group) {
        seat.done = true;
        seat.failure = failure;
        seat.turn.signal();
      }
    } finally {
      gate.unlock();
    }
  }

  private void passOn() {
    gate.lock();
    try {
      Seat<T> next = waiting.peek();
      led = next != null;
      if (next != null) {
        next.leads = true;
        next.turn.signal();
      }
    } finally {
      gate.unlock();
    }
  }
}
