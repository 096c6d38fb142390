package org.tidelog.node;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Nothing more is here to be delivered. That says nothing of what nobody has told this device: each
 * log is known as of its newest head that came, from the sources where that was last seen.
 *
 * @param logs all that people write in the topic; {@link LogStatus#missing} is what is to come
 */
public record CaughtUp(List<LogStatus> logs) {
  public CaughtUp {
    logs = List.copyOf(logs);
  }

  /**
   * The time up to which every other device's entries are known, at least: that of the oldest of
   * their newest heads, by their authors' clocks. Empty where there are no others, or one of their
   * logs was never seen.
   */
  public Optional<Instant> asOf() {
    Optional<Instant> oldest = Optional.empty();
    for (LogStatus log : logs) {
      if (log.own()) continue;
      if (!log.asOf().isPresent()) return Optional.empty();
      Instant time = log.asOf().get();
      if (!oldest.isPresent() || time.isBefore(oldest.get())) oldest = Optional.of(time);
    }
    return oldest;
  }

  /** Where the heads of others' logs were last seen, ascending. */
  public List<String> sources() {
    TreeSet<String> sources = new TreeSet<>();
    for (LogStatus log : logs) {
      if (!log.own()) sources.addAll(log.sources());
    }
    return List.copyOf(sources);
  }

  /** Whether all entries that those heads speak of are here. */
  public boolean isComplete() {
    return logs.stream().allMatch(log -> log.missing().isEmpty());
  }
}
