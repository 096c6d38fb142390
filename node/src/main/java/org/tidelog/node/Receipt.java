package org.tidelog.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.replicator.Rung;

/**
 * An appended entry and how safe it is. It exists from {@link Rung#LOCAL} on: what has a receipt
 * survives a power cut. Rungs that nothing here leads to are refused with {@link
 * ErrorKind#UNSUPPORTED}. Safe for use by any thread.
 */
public final class Receipt {
  private final IpnsName log;
  private final long seq;
  private final Digest id;
  private final Consumer<Receipt> mirror;

  // Guarded by this.
  private CompletableFuture<Rung> mirrored = new CompletableFuture<>();
  private boolean asked;

  /**
   * @param mirror sees to it that the entry is mirrored, now or within its window; does not wait
   */
  Receipt(IpnsName log, long seq, Digest id, Consumer<Receipt> mirror) {
    this.log = log;
    this.seq = seq;
    this.id = id;
    this.mirror = mirror;
  }

  public IpnsName log() {
    return log;
  }

  public long seq() {
    return seq;
  }

  public Digest id() {
    return id;
  }

  /** The highest rung reached so far, as far as somebody has asked. */
  public Rung durability() {
    return isMirrored() ? Rung.MIRRORED : Rung.LOCAL;
  }

  /**
   * Completes when the rung is reached; asking for it publishes, if nothing else will. Fails if
   * that fails; the entry stays, and asking again tries again.
   */
  public CompletableFuture<Rung> reached(Rung rung) {
    Reachable.require(rung);
    if (rung == Rung.LOCAL) return CompletableFuture.completedFuture(Rung.LOCAL);
    return attempt().thenApply(reached -> reached); // What a caller does to it is theirs alone.
  }

  private CompletableFuture<Rung> attempt() {
    CompletableFuture<Rung> attempt;
    synchronized (this) {
      if (mirrored.isCompletedExceptionally()) {
        mirrored = new CompletableFuture<>();
        asked = false;
      }
      attempt = mirrored;
      if (asked) return attempt;
      asked = true;
    }
    mirror.accept(this);
    return attempt;
  }

  /** Waits for the rung, publishing if nothing else will. */
  public void await(Rung rung) throws InterruptedException {
    try {
      reached(rung).get();
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  /**
   * Waits for the rung, publishing if nothing else will. A publication that has begun goes on when
   * the time is over.
   *
   * @return whether it was reached in time
   */
  public boolean await(Rung rung, Duration atMost) throws InterruptedException {
    try {
      reached(rung).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private static TidelogException failure(ExecutionException e) {
    if (e.getCause() instanceof TidelogException known) return known;
    return new TidelogException(ErrorKind.INTERNAL, "cannot publish: " + e.getMessage(), null, e);
  }

  /** Whether nobody has to be told any more. */
  boolean isDone() {
    return current().isDone();
  }

  boolean isMirrored() {
    CompletableFuture<Rung> last = current();
    return last.isDone() && !last.isCompletedExceptionally();
  }

  void onMirrored() {
    current().complete(Rung.MIRRORED);
  }

  void onFailure(RuntimeException e) {
    current().completeExceptionally(e);
  }

  /** Completed without the lock: whoever waits may do anything then. */
  private synchronized CompletableFuture<Rung> current() {
    return mirrored;
  }

  @Override
  public String toString() {
    return "entry " + seq + " of " + log.shortText() + ", " + durability().word();
  }
}
