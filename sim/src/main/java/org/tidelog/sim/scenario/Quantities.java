package org.tidelog.sim.scenario;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with units: {@code 5 s}, {@code 10 %}, {@code 64 KiB}. */
final class Quantities {
  private static final Pattern QUANTITY = Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?) *([a-zA-Z%]*)");

  private static final Map<String, Double> MILLIS =
      Map.of("ms", 1.0, "s", 1e3, "min", 6e4, "h", 3.6e6, "d", 8.64e7, "w", 6.048e8);

  private static final Map<String, Double> BYTES =
      Map.of(
          "",
          1.0,
          "B",
          1.0,
          "kB",
          1e3,
          "MB",
          1e6,
          "GB",
          1e9,
          "KiB",
          1_024.0,
          "MiB",
          1_048_576.0,
          "GiB",
          1_073_741_824.0);

  private static final Map<String, Double> SHARES = Map.of("", 1.0, "%", 0.01);

  private static final Map<String, Double> NUMBERS = Map.of("", 1.0);

  private Quantities() {}

  static Optional<Double> millis(String text) {
    return in(text, MILLIS);
  }

  static Optional<Double> bytes(String text) {
    return in(text, BYTES);
  }

  /** {@code 10 %} or {@code 0.1}. */
  static Optional<Double> share(String text) {
    return in(text, SHARES);
  }

  static Optional<Double> number(String text) {
    return in(text, NUMBERS);
  }

  private static Optional<Double> in(String text, Map<String, Double> units) {
    Matcher matcher = QUANTITY.matcher(text.strip().replace("_", ""));
    if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
      return Optional.empty();
    }
    return Optional.of(Double.parseDouble(matcher.group(1)) * units.get(matcher.group(2)));
  }
}
