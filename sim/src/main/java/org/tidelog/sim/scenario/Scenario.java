package org.tidelog.sim.scenario;

import java.util.List;
import org.tidelog.sim.logs.LogOptions;
import org.tidelog.sim.mvds.MvdsOptions;

/**
 * One combination of a scenario's values: all that a run depends on beside strategy, seed and
 * version.
 *
 * @param settleMillis how long after the last message was written everything may take to come to
 *     rest
 */
public record Scenario(
    String name,
    String description,
    long seed,
    int replicates,
    List<StrategyKind> strategies,
    WorkloadPlan workload,
    NetworkPlan network,
    MvdsOptions mvds,
    LogOptions logs,
    long settleMillis) {
  public Scenario {
    strategies = List.copyOf(strategies);
  }
}
