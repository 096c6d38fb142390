package org.tidelog.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs laps in turn, round after round, so that what else the machine does falls on all of them.
 * Every round begins with another lap: none is always the one that comes after the slowest. Owned
 * by one thread.
 */
final class Contest {
  private static final int WARM_UP_ROUNDS = 2;

  private final int rounds;
  private final List<Entrant> entrants = new ArrayList<>();

  Contest(int rounds) {
    if (rounds < 1) throw new IllegalArgumentException("rounds: " + rounds);
    this.rounds = rounds;
  }

  private record Entrant(String name, Lap lap, List<Double> rates) {}

  Contest with(String name, Lap lap) {
    entrants.add(new Entrant(name, lap, new ArrayList<>()));
    return this;
  }

  /** The figures in the order in which the laps were added. */
  List<Figure> run() throws Exception {
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      for (int i = 0; i < entrants.size(); i++) {
        Entrant next = entrants.get(Math.floorMod(i + round, entrants.size()));
        double rate = rate(next.lap);
        if (round >= 0) next.rates.add(rate);
      }
    }
    List<Figure> figures = new ArrayList<>();
    entrants.forEach(entrant -> figures.add(new Figure(entrant.name, entrant.rates)));
    return figures;
  }

  private static double rate(Lap lap) throws Exception {
    lap.prepare();
    try {
      long began = System.nanoTime();
      long units = lap.run();
      return units * 1e9 / (System.nanoTime() - began);
    } finally {
      lap.clean();
    }
  }

  /** Prints a table of the figures, in units a second. */
  static void print(String title, List<Figure> figures) {
    System.out.println();
    System.out.println("| " + title + " | median a second | range |");
    System.out.println("|---|---|---|");
    figures.forEach(figure -> System.out.println(figure.row()));
  }
}
