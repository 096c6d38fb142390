package org.tidelog.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One question to several layers: one after the other, and the next one as well when an answer
 * takes long. The first that has something wins; the others are interrupted. Run once.
 */
final class Race<T> {
  private final ExecutorCompletionService<Optional<T>> race;
  private final LayerLedger ledger;
  private final Function<Layer, Optional<T>> ask;
  private final List<Future<Optional<T>>> running = new ArrayList<>();

  Race(ExecutorService pool, LayerLedger ledger, Function<Layer, Optional<T>> ask) {
    this.race = new ExecutorCompletionService<>(pool);
    this.ledger = ledger;
    this.ask = ask;
  }

  /**
   * Asks them in this order.
   *
   * @param hedgeMillis a layer that has not answered by then is joined by the next one
   */
  Optional<T> run(List<Layer> candidates, long hedgeMillis) {
    if (candidates.isEmpty()) return Optional.empty();
    if (candidates.size() == 1) return ask.apply(candidates.get(0));
    try {
      return first(candidates, hedgeMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      running.forEach(answer -> answer.cancel(true));
    }
  }

  private Optional<T> first(List<Layer> candidates, long hedgeMillis) throws InterruptedException {
    int open = 0;
    while (running.size() < candidates.size() || open > 0) {
      if (running.size() < candidates.size()) {
        Layer next = candidates.get(running.size());
        running.add(race.submit(() -> ask.apply(next)));
        open++;
      }
      boolean more = running.size() < candidates.size();
      Future<Optional<T>> answer =
          more ? race.poll(hedgeMillis, TimeUnit.MILLISECONDS) : race.take();
      if (answer == null) continue;
      open--;
      Optional<T> found = Layers.taken(answer);
      if (!found.isPresent()) continue;
      overtaken(candidates, answer);
      return found;
    }
    return Optional.empty();
  }

  /** Those that were asked before the one that has answered, and have not. */
  private void overtaken(List<Layer> candidates, Future<Optional<T>> answered) {
    for (int i = 0; running.get(i) != answered; i++) {
      if (!running.get(i).isDone()) ledger.outrun(candidates.get(i).name());
    }
  }
}
