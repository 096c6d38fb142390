package org.tidelog.sim.world;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.tidelog.sim.availability.Presence;
import org.tidelog.sim.availability.Session;
import org.tidelog.sim.kernel.Chance;
import org.tidelog.sim.kernel.EventQueue;
import org.tidelog.sim.network.Ledger;

/**
 * Everything of one run: the clock, the machines, what they send, what has been delivered. One
 * thread owns it.
 */
public final class World {
  private final WorldOptions options;
  private final long seed;
  private final EventQueue queue = new EventQueue();
  private final Ledger ledger = new Ledger();
  private final Deliveries deliveries = new Deliveries();
  private final List<Host> hosts = new ArrayList<>();
  private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
  private final DatagramWire datagrams;
  private final StreamWire streams;
  private final CallWire calls;
  private int unsettled;
  private int underWay;
  private int tracedMessage = -1;
  private Trace trace = Trace.NONE;
  private BiConsumer<Integer, Session> presenceListener = (device, session) -> {};
  private BiConsumer<Message, Integer> deliveryListener = (message, device) -> {};
  private final List<Message> messages = new ArrayList<>();

  public World(WorldOptions options, long seed) {
    this.options = options;
    this.seed = seed;
    this.datagrams = new DatagramWire(this);
    this.streams = new StreamWire(this);
    this.calls = new CallWire(this);
  }

  /** Adds a machine; numbers go up from 0. */
  public Device add(HostOptions host, Presence presence) {
    Host added = new Host(this, hosts.size(), host, presence);
    hosts.add(added);
    return added;
  }

  /** Lets the actor live on the device; its sessions begin. */
  public void enter(Device device, Actor actor) {
    host(device.id()).enter(actor);
  }

  /** Notes each step of the message with this number. */
  public void traceMessage(int number, Trace noted) {
    tracedMessage = number;
    trace = noted;
  }

  /** Who wants to know when a device has come online. */
  public void onPresence(BiConsumer<Integer, Session> listener) {
    presenceListener = listener;
  }

  /** Who wants to know when a device has been given a message that it did not have. */
  public void onDelivery(BiConsumer<Message, Integer> listener) {
    deliveryListener = listener;
  }

  /** The application of {@code message.sender()} writes it now. */
  public void write(Message message) {
    if (message.number() != messages.size()) {
      throw new IllegalArgumentException("number: " + message.number());
    }
    messages.add(message);
    deliveries.expect(message);
    note("written", message.sender(), message.sender(), 0, message.number());
    Host sender = host(message.sender());
    sender.actor().onMessage(message);
    sender.settle();
  }

  /** Runs until just before {@code untilMillis}, or until nothing is left to do at all. */
  public void runUntil(long untilMillis) {
    long untilMicros = Math.multiplyExact(untilMillis, 1_000L);
    while (queue.nextMicros() < untilMicros) {
      queue.fireNext();
    }
  }

  /**
   * Runs until every actor is settled and nothing is under way, but not beyond {@code untilMillis};
   * true if it came to rest.
   */
  public boolean runUntilQuiet(long untilMillis) {
    long untilMicros = Math.multiplyExact(untilMillis, 1_000L);
    while (!isQuiet() && queue.nextMicros() < untilMicros) {
      queue.fireNext();
    }
    return isQuiet();
  }

  /** Lets what is under way arrive or get lost, so that the ledger can be checked. */
  public void drain() {
    while (underWay > 0 && queue.fireNext()) {
      // Each event is one step nearer.
    }
    ledger.check();
  }

  public boolean isQuiet() {
    return unsettled == 0 && underWay == 0;
  }

  public long nowMillis() {
    return queue.nowMicros() / 1_000;
  }

  public EventQueue queue() {
    return queue;
  }

  public Ledger ledger() {
    return ledger;
  }

  public Deliveries deliveries() {
    return deliveries;
  }

  public long count(Counter counter) {
    return counts.getOrDefault(counter, 0L);
  }

  public Chance chance(String name, long index) {
    return Chance.of(seed, name, index);
  }

  /** Sums over the first {@code devices} machines. */
  public DeviceSums sums(int devices) {
    double radioSeconds = 0;
    double onlineSeconds = 0;
    long wakeUps = 0;
    for (Host host : hosts.subList(0, devices)) {
      radioSeconds += host.radio.onSeconds();
      onlineSeconds += host.onlineSeconds();
      wakeUps += host.radio.wakeUps();
    }
    return new DeviceSums(wakeUps, radioSeconds, onlineSeconds);
  }

  /** What devices have spent beside bytes. */
  public record DeviceSums(long wakeUps, double radioSeconds, double onlineSeconds) {}

  WorldOptions options() {
    return options;
  }

  Host host(int id) {
    return hosts.get(id);
  }

  DatagramWire datagrams() {
    return datagrams;
  }

  StreamWire streams() {
    return streams;
  }

  CallWire calls() {
    return calls;
  }

  void count(Counter counter, int many) {
    counts.merge(counter, (long) many, Long::sum);
  }

  void onSettled(boolean isSettled) {
    unsettled += isSettled ? -1 : 1;
  }

  /** Something left, and will arrive or be lost. */
  void departed() {
    underWay++;
  }

  void arrived() {
    underWay--;
  }

  void onPresent(Host host, Session session) {
    presenceListener.accept(host.id(), session);
  }

  void onDelivered(int number, int device, byte[] payload) {
    if (deliveries.deliver(number, device, payload, nowMillis())) {
      note("delivered", device, device, 0, number);
      deliveryListener.accept(messages.get(number), device);
    }
  }

  boolean isTracing() {
    return tracedMessage >= 0;
  }

  boolean isTraced(int message) {
    return message == tracedMessage;
  }

  void note(String what, int from, int to, long bytes, int... about) {
    for (int message : about) {
      if (message == tracedMessage) {
        trace.note(new Trace.Step(queue.nowMicros(), what, message, from, to, bytes));
      }
    }
  }
}
