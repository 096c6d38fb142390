package org.tidelog.sim.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tidelog.mvds.spi.Mode;
import org.tidelog.sim.logs.LogStrategy;
import org.tidelog.sim.logs.Paths;
import org.tidelog.sim.mvds.CacheStrategy;
import org.tidelog.sim.mvds.MvdsStrategy;
import org.tidelog.sim.world.Strategy;

/** The ways of getting messages about that exist by now. */
public enum StrategyKind {
  MVDS_BATCH,
  MVDS_INTERACTIVE,
  MVDS_CACHE,
  DIRECT,
  REMOTE_LOG,
  HYBRID;

  /** As scenarios and tables have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<StrategyKind> parse(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(StrategyKind::word).toList();
  }

  /** The strategy for one run with so many devices. */
  public Strategy make(Scenario scenario, int devices) {
    return switch (this) {
      case MVDS_BATCH -> new MvdsStrategy(Mode.BATCH, scenario.mvds());
      case MVDS_INTERACTIVE -> new MvdsStrategy(Mode.INTERACTIVE, scenario.mvds());
      case MVDS_CACHE -> new CacheStrategy(scenario.mvds(), devices);
      case DIRECT -> new LogStrategy(Paths.PEERS, scenario.logs(), devices);
      case REMOTE_LOG -> new LogStrategy(Paths.REMOTE_LOG, scenario.logs(), devices);
      case HYBRID -> new LogStrategy(Paths.ALL, scenario.logs(), devices);
    };
  }
}
