package org.tidelog.sim.run;

import java.math.BigDecimal;
import java.math.MathContext;

/** Writes numbers so that every version of Java writes them alike: at most six digits count. */
public final class Numbers {
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private Numbers() {}

  /** Without an exponent; empty for NaN. */
  public static String text(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return rounded(value).toPlainString();
  }

  static BigDecimal rounded(double value) {
    BigDecimal rounded = new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
