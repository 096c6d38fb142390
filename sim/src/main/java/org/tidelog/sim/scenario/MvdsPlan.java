package org.tidelog.sim.scenario;

import org.tidelog.mvds.DeliveryOrder;
import org.tidelog.mvds.MvdsSettings;
import org.tidelog.mvds.RetransmitSchedule;
import org.tidelog.sim.mvds.MvdsOptions;

/** Reads how the MVDS baselines are driven. */
final class MvdsPlan {
  private static final long EPOCH_MILLIS = 1_000;

  /** What one UDP datagram holds; a larger message goes alone, in several. */
  private static final int DATAGRAM_BYTES = 65_507;

  private MvdsPlan() {}

  private enum Dialect {
    SPEC,
    HEAD
  }

  private enum Schedule {
    CONSTANT,
    LINEAR,
    EXPONENTIAL,
    HEAD
  }

  static MvdsOptions read(Section section) throws ScenarioException {
    Dialect dialect = section.choice("dialect", Dialect.SPEC, Dialect.values());
    long epochMillis = section.millis("epoch", EPOCH_MILLIS, 1);
    boolean isSpec = dialect == Dialect.SPEC;
    MvdsSettings settings =
        (isSpec ? MvdsSettings.spec() : MvdsSettings.head())
            .withOrder(DeliveryOrder.EVENTUAL)
            .withSchedule(schedule(section, isSpec ? Schedule.CONSTANT : Schedule.HEAD))
            .withForwards(section.flag("forwards", !isSpec))
            .withPayloadBytesMax(section.bytes("datagram", DATAGRAM_BYTES, 1));
    boolean withParents = section.flag("parents", false);
    long pollMillis = section.millis("poll", epochMillis, 1);
    section.end();
    return new MvdsOptions(settings, epochMillis, withParents, pollMillis);
  }

  private static RetransmitSchedule schedule(Section section, Schedule otherwise)
      throws ScenarioException {
    int interval = section.count("interval", 1, 1);
    int bound = section.count("bound", 64, 1);
    int fallback = section.count("fallback", 8, 1);
    return switch (section.choice("schedule", otherwise, Schedule.values())) {
      case CONSTANT -> RetransmitSchedule.constant(interval);
      case LINEAR -> RetransmitSchedule.linear(interval);
      case HEAD -> RetransmitSchedule.head();
      case EXPONENTIAL ->
          RetransmitSchedule.exponential(
              interval, Math.max(interval, bound), Math.min(fallback, Math.max(interval, bound)));
    };
  }
}
