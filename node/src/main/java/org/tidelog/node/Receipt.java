package org.tidelog.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * An appended entry and how safe it is. It exists from {@link Durability#LOCAL} on: what has a
 * receipt survives a power cut. Safe for use by any thread.
 */
public final class Receipt {
  private final IpnsName log;
  private final long seq;
  private final Digest id;
  private final CompletableFuture<Durability> mirrored = new CompletableFuture<>();
  private final Consumer<Receipt> publish;

  /**
   * @param publish makes sure that the entry will be mirrored, now or within its window
   */
  Receipt(IpnsName log, long seq, Digest id, Consumer<Receipt> publish) {
    this.log = log;
    this.seq = seq;
    this.id = id;
    this.publish = publish;
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

  /** The highest rung reached so far. */
  public Durability durability() {
    boolean done = mirrored.isDone() && !mirrored.isCompletedExceptionally();
    return done ? Durability.MIRRORED : Durability.LOCAL;
  }

  /** Completes when the rung is reached; asking for it publishes, if nothing else will. */
  public CompletableFuture<Durability> reached(Durability rung) {
    if (rung == Durability.LOCAL) return CompletableFuture.completedFuture(Durability.LOCAL);
    if (!mirrored.isDone()) publish.accept(this);
    return mirrored.thenApply(reached -> reached);
  }

  /** Waits for the rung, publishing if nothing else will. */
  public void await(Durability rung) throws InterruptedException {
    if (rung == Durability.LOCAL || mirrored.isDone()) return;
    publish.accept(this);
    try {
      mirrored.get();
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  /**
   * Waits for the rung, publishing if nothing else will.
   *
   * @return whether it was reached in time
   */
  public boolean await(Durability rung, Duration atMost) throws InterruptedException {
    if (rung == Durability.LOCAL || mirrored.isDone()) return true;
    publish.accept(this);
    try {
      mirrored.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
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

  void onMirrored() {
    mirrored.complete(Durability.MIRRORED);
  }

  void onFailure(RuntimeException e) {
    mirrored.completeExceptionally(e);
  }

  @Override
  public String toString() {
    return "entry " + seq + " of " + log.shortText() + ", " + durability().word();
  }
}
