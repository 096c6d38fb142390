package org.tidelog.sim.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a figure is written for people: three digits, and a unit of handy size. */
enum Unit {
  PLAIN {
    @Override
    String text(double value) {
      return digits(value);
    }
  },
  SHARE {
    @Override
    String text(double value) {
      return digits(100 * value) + " %";
    }
  },
  BYTES {
    @Override
    String text(double value) {
      if (value < 1e3) {
        return digits(value) + " B";
      }
      if (value < 1e6) {
        return digits(value / 1e3) + " kB";
      }
      return value < 1e9 ? digits(value / 1e6) + " MB" : digits(value / 1e9) + " GB";
    }
  },
  SECONDS {
    @Override
    String text(double value) {
      if (value == 0) {
        return "0 s";
      }
      if (value < 1) {
        return digits(value * 1e3) + " ms";
      }
      if (value < 120) {
        return digits(value) + " s";
      }
      if (value < 7_200) {
        return digits(value / 60) + " min";
      }
      return value < 172_800 ? digits(value / 3_600) + " h" : digits(value / 86_400) + " d";
    }

    @Override
    double size(double value) {
      return value < 120 ? 1 : value < 7_200 ? 60 : value < 172_800 ? 3_600 : 86_400;
    }

    @Override
    List<Double> landmarks(double from, double to) {
      return TIMES;
    }
  };

  private static final List<Double> TIMES =
      List.of(0.001, 0.01, 0.1, 1.0, 10.0, 60.0, 600.0, 3_600.0, 21_600.0, 86_400.0, 864_000.0);

  /** More decades than that leave no room for marks within each. */
  private static final double DECADES_FINE = 1.7;

  /** Of a number that is there. */
  abstract String text(double value);

  /** What a value of about this size is counted in: 60 for minutes. */
  double size(double value) {
    return 1;
  }

  /** Round values between two powers of ten, from small to large, and perhaps some outside. */
  List<Double> landmarks(double from, double to) {
    List<Double> landmarks = new ArrayList<>();
    for (int power = (int) from; power <= to; power++) {
      double decade = StrictMath.pow(10, power);
      landmarks.add(decade);
      if (to - from < DECADES_FINE) {
        landmarks.add(2 * decade);
        landmarks.add(5 * decade);
      }
    }
    return landmarks;
  }

  /** {@code 1,234}, {@code 56.7}, {@code 0.0891}. */
  static String digits(double value) {
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (size >= 99.95) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    int decimals = size >= 9.995 ? 1 : size >= 0.9995 ? 2 : size >= 0.09995 ? 3 : 4;
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
