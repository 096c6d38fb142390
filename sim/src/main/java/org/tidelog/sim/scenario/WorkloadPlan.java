package org.tidelog.sim.scenario;

import java.util.List;
import org.tidelog.sim.availability.Availability;
import org.tidelog.sim.availability.AvailabilityOptions;
import org.tidelog.sim.availability.ModelledAvailability;
import org.tidelog.sim.availability.Profile;
import org.tidelog.sim.availability.TracedAvailability;
import org.tidelog.sim.workload.ChatWorkload;
import org.tidelog.sim.workload.FixedWorkload;
import org.tidelog.sim.workload.Groups;
import org.tidelog.sim.workload.IrcLog;
import org.tidelog.sim.workload.IrcWorkload;
import org.tidelog.sim.workload.Sizes;
import org.tidelog.sim.workload.Workload;
import org.tidelog.sim.world.Topic;

/**
 * What a scenario says about who writes and when they are there.
 *
 * @param messages of {@code fixed}
 * @param intervalMillis of {@code fixed}
 * @param habit of {@code chat}
 * @param ircText transcript of {@code irc}, ISO 8859-1; else empty
 */
public record WorkloadPlan(
    Kind kind,
    int groups,
    int recipients,
    Sizes sizes,
    int messages,
    long intervalMillis,
    ChatWorkload.Habit habit,
    long durationMillis,
    String ircText,
    AvailabilityOptions availability) {

  /** The kinds of workload. */
  public enum Kind {
    FIXED,
    CHAT,
    IRC
  }

  /** A workload and when its devices are online: both may be of one chat log. */
  public record Made(Workload workload, Availability availability) {}

  public Made make(long seed) {
    if (kind == Kind.IRC) {
      IrcLog log = IrcLog.parse(ircText);
      Availability there =
          availability.profile() == Profile.IRC ? log.availability() : availability(seed);
      return new Made(new IrcWorkload(log), there);
    }
    Availability there = availability(seed);
    List<Topic> topics = Groups.of(groups, recipients);
    Workload workload =
        kind == Kind.FIXED
            ? new FixedWorkload(topics, messages, intervalMillis)
            : new ChatWorkload(topics, habit, durationMillis, there.foregroundSecondsPerDay());
    return new Made(workload, there);
  }

  private Availability availability(long seed) {
    return availability.profile() == Profile.TRACE
        ? TracedAvailability.parse(availability.traceText())
        : new ModelledAvailability(availability, seed);
  }
}
