package org.tidelog.node;

import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Publishes by itself what was appended, once its window is over. Sleeps while there is nothing to
 * do.
 */
final class PublishThread implements Runnable {
  private static final long PAUSE_MILLIS = 10_000;

  private final Core core;
  private final Publishing publishing;
  private final Semaphore bell = new Semaphore(0);
  private volatile boolean stopped;
  private final Thread thread = new Thread(this, "tidelog-publish");

  private PublishThread(Core core, Publishing publishing) {
    this.core = core;
    this.publishing = publishing;
  }

  static PublishThread start(Core core, Publishing publishing) {
    PublishThread publisher = new PublishThread(core, publishing);
    publishing.onChange(publisher::ring);
    publisher.thread.setDaemon(true);
    publisher.thread.start();
    return publisher;
  }

  private void ring() {
    bell.release();
  }

  /** Ends the thread and waits for it: it never leaves a publication half done. */
  void stop() {
    stopped = true;
    ring();
    boolean interrupted = false;
    while (thread.isAlive() && Thread.currentThread() != thread) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  @Override
  public void run() {
    OptionalLong due = guarded(() -> core.locked(publishing::nextWakeUp));
    while (sleep(due)) {
      due =
          guarded(
              () -> {
                core.locked(publishing::onWakeUp);
                return core.locked(publishing::nextWakeUp);
              });
    }
  }

  /** What fails, such as a disk that is full, may go the next time: the thread does not end. */
  private OptionalLong guarded(Supplier<OptionalLong> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      return OptionalLong.of(core.nowMillis() + PAUSE_MILLIS);
    }
  }

  /** Sleeps until something is due, or the bell rings; false when it is time to end. */
  private boolean sleep(OptionalLong due) {
    try {
      if (due.isPresent()) {
        long millis = Math.max(1, due.getAsLong() - core.nowMillis());
        boolean rung = bell.tryAcquire(millis, TimeUnit.MILLISECONDS);
        if (rung) bell.drainPermits();
      } else {
        bell.acquire();
        bell.drainPermits();
      }
    } catch (InterruptedException e) {
      stopped = true; // Nobody but the process's end interrupts this thread.
    }
    return !stopped;
  }
}
