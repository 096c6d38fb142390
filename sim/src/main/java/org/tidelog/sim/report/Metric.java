package org.tidelog.sim.report;

import java.util.List;

/**
 * A column that has a chart of bars.
 *
 * @param least what is said of the strategy with the smallest value: {@code sends least}
 * @param of what the value counts, after it; empty if the unit says it
 * @param meaning a sentence that says what is counted
 */
record Metric(String title, String column, Unit unit, String least, String of, String meaning) {
  static final Metric AMPLIFICATION =
      new Metric(
          "Amplification",
          "amplification",
          Unit.PLAIN,
          "sends least",
          " bytes per payload byte",
          "Every byte that leaves a device or a helper, headers included, for each byte of payload"
              + " that reaches somebody. At 1 nothing would be sent but payload.");

  /** In the order of the page; what has no value in any row has no chart. */
  static final List<Metric> REST =
      List.of(
          new Metric(
              "Time to converge",
              "converged_s",
              Unit.SECONDS,
              "is through first",
              "",
              "From the beginning of the scenario to the last delivery: the time in which people"
                  + " write is part of it."),
          new Metric(
              "Wake-ups",
              "wakeups_per_device_day",
              Unit.PLAIN,
              "wakes radios least",
              " a day",
              "How often a device's radio wakes up, a device and day."),
          new Metric(
              "Radio",
              "radio_s_per_device_day",
              Unit.SECONDS,
              "keeps radios on for the shortest time",
              " a day",
              "How long a device's radio is on, a device and day, with the tail after each use: "
                  + " this is what drains batteries."),
          new Metric(
              "Storage of helpers",
              "helper_storage_bytes",
              Unit.BYTES,
              "makes helpers store least",
              "",
              "What helpers keep for others, at most."));
}
