package org.tidelog.sim.report;

import java.util.ArrayList;
import java.util.List;

/** Where a value lies between 0, the left edge, and 1. */
abstract sealed class Scale {
  /** More marks than that do not fit under a narrow chart. */
  private static final int TICKS_MAX = 4;

  /** In 0 … 1; what is outside is moved to the edge. */
  abstract double at(double value);

  /** Values to mark, from left to right, which are round in this unit. */
  abstract List<Double> ticks(Unit unit);

  /** From 0 to {@code max}. */
  static Scale linear(double max) {
    return new Linear(max > 0 ? max : 1);
  }

  /** From the power of ten below {@code min} to {@code max}, where both are above 0. */
  static Scale log(double min, double max) {
    double from = StrictMath.floor(StrictMath.log10(min));
    double to = StrictMath.log10(max);
    return new Log(from, to > from ? to : from + 1);
  }

  private static final class Linear extends Scale {
    private final double max;

    Linear(double max) {
      this.max = max;
    }

    @Override
    double at(double value) {
      return Math.min(1, Math.max(0, value / max));
    }

    @Override
    List<Double> ticks(Unit unit) {
      double size = unit.size(max);
      double power = StrictMath.pow(10, StrictMath.floor(StrictMath.log10(max / size)));
      double most = max / size / power;
      double step = size * power * (most >= 5 ? 2 : most >= 2 ? 1 : 0.5);
      List<Double> ticks = new ArrayList<>();
      for (int i = 0; i * step <= max; i++) {
        ticks.add(i * step);
      }
      return ticks;
    }
  }

  private static final class Log extends Scale {
    private final double from;
    private final double to;

    Log(double from, double to) {
      this.from = from;
      this.to = to;
    }

    @Override
    double at(double value) {
      if (value <= 0) {
        return 0;
      }
      return Math.min(1, Math.max(0, (StrictMath.log10(value) - from) / (to - from)));
    }

    @Override
    List<Double> ticks(Unit unit) {
      List<Double> round =
          unit.landmarks(from, to).stream().filter(value -> at(value) < 1 && isIn(value)).toList();
      int step = (round.size() + TICKS_MAX - 1) / TICKS_MAX;
      List<Double> ticks = new ArrayList<>();
      for (int i = 0; i < round.size(); i += step) {
        ticks.add(round.get(i));
      }
      return ticks;
    }

    private boolean isIn(double value) {
      return StrictMath.log10(value) >= from;
    }
  }
}
