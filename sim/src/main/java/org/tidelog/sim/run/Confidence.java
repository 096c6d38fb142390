package org.tidelog.sim.run;

/** Half the width of the interval that holds a mean with 95 % confidence: Student's t. */
final class Confidence {
  /** Quantile 0.975 for 1, 2, … degrees of freedom. */
  private static final double[] T = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042
  };

  private static final double T_MANY = 1.96;

  private Confidence() {}

  /** NaN for fewer than two values. */
  static double halfWidth(double[] values) {
    int n = values.length;
    if (n < 2) {
      return Double.NaN;
    }
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / n;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double t = n - 2 < T.length ? T[n - 2] : T_MANY;
    return t * StrictMath.sqrt(squares / (n - 1) / n);
  }
}
