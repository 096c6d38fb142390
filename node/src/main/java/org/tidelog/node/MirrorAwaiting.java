package org.tidelog.node;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Has entries mirrored that somebody waits for, on a thread of its own: who waits may stop waiting.
 * The thread ends when nobody has asked for a while.
 */
final class MirrorAwaiting {
  private static final long IDLE_SECONDS = 5;

  private final Core core;
  private final LinkedBlocks linked;
  private final Publishing publishing;
  private final ThreadPoolExecutor worker;

  MirrorAwaiting(Core core, LinkedBlocks linked, Publishing publishing) {
    this.core = core;
    this.linked = linked;
    this.publishing = publishing;
    this.worker =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            MirrorAwaiting::thread);
    worker.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "tidelog-mirror");
    thread.setDaemon(true);
    return thread;
  }

  /** Tells the receipt what comes of it. */
  void await(String label, Receipt receipt) {
    if (core.isLockedByCaller()) {
      mirror(label, receipt); // Another thread would wait for this one.
    } else {
      worker.execute(() -> mirrorAndRemember(label, receipt));
    }
  }

  private void mirrorAndRemember(String label, Receipt receipt) {
    mirror(label, receipt);
    core.rememberLayers();
  }

  private void mirror(String label, Receipt receipt) {
    try {
      if (core.locked(() -> isMirrored(label, receipt))) receipt.onMirrored();
    } catch (RuntimeException e) {
      receipt.onFailure(e);
    }
  }

  private boolean isMirrored(String label, Receipt receipt) {
    if (!publishing.awaits(receipt)) return true;
    // Where this home publishes by itself, the receipt is told when that is done.
    if (core.options.publishAfter().isPresent()) return false;
    PublishOptions asked = PublishOptions.defaults();
    try {
      List<PublishReport> reports =
          new Mirroring(core, linked, publishing, asked, Progress.none()).run(List.of(label));
      if (!receipt.isDone()) throw lacking(receipt, reports);
      return receipt.isMirrored();
    } finally {
      publishing.forget(receipt);
    }
  }

  private static TidelogException lacking(Receipt receipt, List<PublishReport> reports) {
    for (PublishReport report : reports) {
      for (Problem problem : report.figures().problems()) {
        if (problem.kind().exitCode() != ErrorKind.UNREACHABLE.exitCode()) continue;
        return new TidelogException(
            problem.kind(),
            "cannot publish to " + problem.where() + ": " + problem.what(),
            "tidelog publish, once it is back");
      }
    }
    throw new AssertionError("not mirrored, and nothing is wrong: " + receipt);
  }
}
