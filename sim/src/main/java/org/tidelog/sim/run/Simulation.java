package org.tidelog.sim.run;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.tidelog.sim.availability.AvailabilityOptions;
import org.tidelog.sim.availability.ModelledAvailability;
import org.tidelog.sim.availability.Profile;
import org.tidelog.sim.network.Layer;
import org.tidelog.sim.network.Ledger;
import org.tidelog.sim.network.Role;
import org.tidelog.sim.scenario.Scenario;
import org.tidelog.sim.scenario.WorkloadPlan.Made;
import org.tidelog.sim.workload.Press;
import org.tidelog.sim.workload.Workload;
import org.tidelog.sim.world.Counter;
import org.tidelog.sim.world.Device;
import org.tidelog.sim.world.HostOptions;
import org.tidelog.sim.world.Strategy;
import org.tidelog.sim.world.Topic;
import org.tidelog.sim.world.Trace;
import org.tidelog.sim.world.World;

/** One run, from its first event to rest. */
final class Simulation {
  private static final double DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

  /** A message number that none has. */
  static final int NO_MESSAGE = -1;

  private final Job job;
  private final World world;
  private final Workload workload;
  private final int devices;

  private Simulation(Job job, int tracedMessage, Trace trace) {
    Scenario scenario = job.combination().scenario();
    long seed = job.runSeed();
    Made made = scenario.workload().make(seed);
    this.job = job;
    this.workload = made.workload();
    this.devices = workload.devices();
    this.world = new World(scenario.network().world(), seed);
    world.traceMessage(tracedMessage, trace);
    Strategy strategy = job.strategy().make(scenario, devices);
    List<Device> hosts = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      HostOptions options = scenario.network().host(world.chance("host", i));
      hosts.add(world.add(options, made.availability().of(i)));
    }
    var always = new ModelledAvailability(AvailabilityOptions.of(Profile.ALWAYS), seed);
    for (int i = 0; i < strategy.helpers(); i++) {
      hosts.add(world.add(HostOptions.helper(), always.of(i)));
    }
    workload.begin(new Press(world, seed, scenario.workload().sizes()));
    List<List<Topic>> topics = topicsByDevice(hosts.size());
    for (Device host : hosts) {
      world.enter(host, strategy.actor(host, topics.get(host.id())));
    }
  }

  /** What comes of the job. */
  static Sample run(Job job) {
    return run(job, NO_MESSAGE, Trace.NONE);
  }

  /** The same, noting the way of one message. */
  static Sample run(Job job, int tracedMessage, Trace trace) {
    return new Simulation(job, tracedMessage, trace).run();
  }

  private Sample run() {
    world.runUntil(workload.endMillis());
    boolean isQuiet =
        world.runUntilQuiet(workload.endMillis() + job.combination().scenario().settleMillis());
    long elapsedMillis = Math.max(world.nowMillis(), workload.endMillis());
    World.DeviceSums sums = world.sums(devices);
    world.drain();
    Map<Layer, Long> layers = layers();
    checkTotal(layers);
    return new Sample(counts(isQuiet, sums), layers, measures(elapsedMillis, sums));
  }

  private List<List<Topic>> topicsByDevice(int hosts) {
    List<List<Topic>> topics = new ArrayList<>();
    for (int i = 0; i < hosts; i++) {
      topics.add(new ArrayList<>(1));
    }
    for (Topic topic : workload.topics()) {
      topic.members().forEach(member -> topics.get(member).add(topic));
    }
    return topics;
  }

  private Map<Layer, Long> layers() {
    Map<Layer, Long> layers = new EnumMap<>(Layer.class);
    for (Layer layer : Layer.values()) {
      layers.put(layer, world.ledger().sent(layer));
    }
    return layers;
  }

  private void checkTotal(Map<Layer, Long> layers) {
    long sum = layers.values().stream().mapToLong(Long::longValue).sum();
    if (sum != world.ledger().total()) {
      throw new AssertionError("layers: " + sum + " bytes of " + world.ledger().total());
    }
  }

  private Map<Count, Long> counts(boolean isQuiet, World.DeviceSums sums) {
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    Ledger ledger = world.ledger();
    counts.put(Count.MESSAGES, (long) world.deliveries().messages());
    counts.put(Count.DELIVERIES_EXPECTED, world.deliveries().expected());
    counts.put(Count.DELIVERIES, world.deliveries().delivered());
    counts.put(Count.DELIVERIES_REPEATED, world.deliveries().repeated());
    counts.put(Count.PAYLOAD_BYTES_DELIVERED, world.deliveries().payloadBytes());
    counts.put(Count.BYTES_TOTAL, ledger.total());
    counts.put(Count.BYTES_DEVICE_UP, ledger.sent(Role.DEVICE));
    counts.put(Count.BYTES_DEVICE_DOWN, ledger.received(Role.DEVICE));
    counts.put(Count.BYTES_HELPER, ledger.sent(Role.HELPER));
    counts.put(Count.BYTES_LOST, ledger.lost());
    counts.put(Count.SENDS, world.count(Counter.SENDS));
    counts.put(Count.ACKS, world.count(Counter.ACKS));
    counts.put(Count.OFFERS, world.count(Counter.OFFERS));
    counts.put(Count.REQUESTS, world.count(Counter.REQUESTS));
    counts.put(Count.WAKEUPS, sums.wakeUps());
    counts.put(Count.UNSETTLED, isQuiet ? 0L : 1L);
    counts.put(Count.EVENTS, world.queue().fired());
    return counts;
  }

  private Map<Measure, Double> measures(long elapsedMillis, World.DeviceSums sums) {
    Map<Measure, Double> measures = new EnumMap<>(Measure.class);
    var latencies = world.deliveries().latencies();
    measures.put(Measure.DEVICE_DAYS, devices * elapsedMillis / DAY_MILLIS);
    measures.put(Measure.RADIO_S, sums.radioSeconds());
    measures.put(Measure.ONLINE_S, sums.onlineSeconds());
    measures.put(Measure.LATENCY_S_P50, latencies.quantileSeconds(0.5));
    measures.put(Measure.LATENCY_S_P95, latencies.quantileSeconds(0.95));
    measures.put(Measure.LATENCY_S_MEAN, latencies.meanSeconds());
    measures.put(Measure.CONVERGED_S, world.deliveries().lastMillis() / 1e3);
    return measures;
  }
}
