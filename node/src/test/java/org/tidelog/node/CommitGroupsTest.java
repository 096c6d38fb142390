package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CommitGroupsTest {
  private static final int THREADS = 16;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Written by whoever leads, one thread at a time. */
  private final List<List<Integer>> served = new ArrayList<>();

  private final AtomicInteger working = new AtomicInteger();

  private final CommitGroups<Integer> groups = new CommitGroups<>(item -> item, 100, this::serve);

  private void serve(List<Integer> group) {
    assertThat(working.incrementAndGet()).isEqualTo(1);
    served.add(group);
    working.decrementAndGet();
  }

  @AfterEach
  void stop() throws Exception {
    threads.shutdown();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void servesACallerAloneByItself() {
    groups.join(1);
    groups.join(2);

    assertThat(served).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void servesEachItemOfManyCallersOnce() throws Exception {
    List<Future<?>> callers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      callers.add(
          threads.submit(
              () -> {
                for (int item = 1; item <= 500; item++) {
                  groups.join(item % 40);
                }
              }));
    }
    for (Future<?> caller : callers) {
      caller.get();
    }

    assertThat(served.stream().mapToInt(List::size).sum()).isEqualTo(THREADS * 500);
    assertThat(served).allMatch(group -> group.stream().mapToInt(Integer::intValue).sum() <= 100);
  }

  @Test
  void servesWhoCameMeanwhileAsOneGroupInTheirOrder() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    List<List<Integer>> seen = new ArrayList<>();
    CommitGroups<Integer> slow =
        new CommitGroups<>(
            item -> item,
            100,
            group -> {
              seen.add(group);
              begun.countDown();
              await(mayEnd);
            });
    List<Thread> callers = new ArrayList<>();
    for (int item : List.of(1, 2, 3, 99)) {
      Thread caller = new Thread(() -> slow.join(item));
      callers.add(caller);
      caller.start();
      begun.await();
      while (caller.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    mayEnd.countDown();
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(seen).containsExactly(List.of(1), List.of(2, 3), List.of(99));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void servesAnItemOverTheBoundByItself() {
    groups.join(1000);

    assertThat(served).containsExactly(List.of(1000));
  }

  @Test
  void tellsAFailureToItsCallersAndGoesOn() {
    AtomicInteger calls = new AtomicInteger();
    CommitGroups<Integer> failing =
        new CommitGroups<>(
            item -> item,
            100,
            group -> {
              if (calls.getAndIncrement() == 0) throw new IllegalStateException("full");
            });

    assertThatThrownBy(() -> failing.join(1)).hasMessage("full");
    failing.join(2);

    assertThat(calls).hasValue(2);
  }

  @Test
  void servesAnInterruptedCallerAndLeavesItInterrupted() {
    Thread.currentThread().interrupt();
    groups.join(1);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(served).containsExactly(List.of(1));
  }
}
