package org.tidelog.sim.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tidelog.sim.availability.Occasion;
import org.tidelog.sim.availability.Presence;
import org.tidelog.sim.availability.Session;
import org.tidelog.sim.kernel.Chance;
import org.tidelog.sim.kernel.Event;
import org.tidelog.sim.network.Breakdown;
import org.tidelog.sim.network.Link;
import org.tidelog.sim.network.RadioMeter;

/** One machine in the world: its sessions, its link, its actor. */
final class Host implements Device {
  private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

  /** An actor that is woken this often at one moment will never be done. */
  private static final int WAKES_AT_ONCE_MAX = 100_000;

  private static final Actor NOBODY = new Actor() {};

  final HostOptions options;
  final RadioMeter radio = new RadioMeter();
  final List<StreamEnd> connections = new ArrayList<>(0);
  private final World world;
  private final int id;
  private final Presence presence;
  private final Chance linkChance;
  private final Event begin = this::onSessionBegin;
  private final Event end = this::onSessionEnd;
  private final Event wake = this::onWake;

  private Actor actor = NOBODY;
  private @Nullable Session session;
  private Link link;
  private boolean isOnline;
  private boolean isSettled = true;
  private long sessionNumber;
  private long wakeAtMicros = Long.MAX_VALUE;
  private long wakeNumber;
  private long wokenAtMicros = -1;
  private int wokenAtOnce;
  private long onlineMillis;
  private long onlineSinceMillis;
  private long day = -1;
  private long bytesToday;

  /** When the link is free again for the next packet, each way. */
  long upFreeMicros;

  long downFreeMicros;

  Host(World world, int id, HostOptions options, Presence presence) {
    this.world = world;
    this.id = id;
    this.options = options;
    this.presence = presence;
    this.link = options.link();
    this.linkChance = world.chance("link", id);
  }

  void enter(Actor newActor) {
    actor = newActor;
    scheduleSession();
  }

  Actor actor() {
    return actor;
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public long nowMillis() {
    return world.nowMillis();
  }

  @Override
  public boolean isOnline() {
    return isOnline;
  }

  @Override
  public Link link() {
    return link;
  }

  @Override
  public Occasion occasion() {
    return session == null ? Occasion.FOREGROUND : session.occasion();
  }

  @Override
  public Chance chance(String name) {
    return world.chance(name, id);
  }

  @Override
  public void sendDatagram(int to, Parcel parcel) {
    checkOnline();
    world.datagrams().send(this, world.host(to), parcel);
  }

  @Override
  public void dial(int to) {
    checkOnline();
    world.streams().dial(this, world.host(to));
  }

  @Override
  public void call(Service service, Parcel request, long tag) {
    checkOnline();
    world.calls().call(this, service, request, tag);
  }

  @Override
  public void deliver(int message, byte[] payload) {
    world.onDelivered(message, id, payload);
  }

  @Override
  public void count(Counter counter, int many) {
    world.count(counter, many);
  }

  @Override
  public boolean isTracing() {
    return world.isTracing();
  }

  @Override
  public boolean isTraced(int message) {
    return world.isTraced(message);
  }

  /** Tells one sitting from the next: what belongs to an earlier one is void. */
  long sessionNumber() {
    return sessionNumber;
  }

  long onlineUntilMicros() {
    if (session == null) {
      return 0;
    }
    return session.endMillis() >= Session.FOREVER / 1_000
        ? Long.MAX_VALUE
        : session.endMillis() * 1_000;
  }

  /** Time online so far. */
  double onlineSeconds() {
    return (onlineMillis + (isOnline ? nowMillis() - onlineSinceMillis : 0)) / 1e3;
  }

  /** These bytes went over the link, in either direction, in that time. */
  void carried(Breakdown bytes, long fromMicros, long toMicros) {
    radio.active(link.radio(), fromMicros, toMicros);
    long cap = options.capBytesPerDay();
    if (cap == 0) {
      return;
    }
    long today = nowMillis() / DAY_MILLIS;
    bytesToday = today == day ? bytesToday + bytes.total() : bytes.total();
    day = today;
    if (bytesToday >= cap && isOnline) {
      world.queue().schedule(world.queue().nowMicros(), end, sessionNumber);
    }
  }

  /** To be called after each input to the actor. */
  void settle() {
    boolean settled = actor.isSettled();
    if (settled != isSettled) {
      isSettled = settled;
      world.onSettled(settled);
    }
    if (!isAwake()) {
      return;
    }
    long millis = actor.nextWakeUp();
    long micros =
        millis >= Session.FOREVER / 1_000
            ? Long.MAX_VALUE
            : Math.max(millis * 1_000, world.queue().nowMicros());
    if (micros != wakeAtMicros) {
      wakeAtMicros = micros;
      wakeNumber++;
      if (micros != Long.MAX_VALUE) {
        world.queue().schedule(micros, wake, wakeNumber);
      }
    }
  }

  private void scheduleSession() {
    Optional<Session> next = presence.next();
    session = next.orElse(null);
    next.ifPresent(
        upcoming -> world.queue().schedule(upcoming.startMillis() * 1_000, begin, sessionNumber));
  }

  private void onSessionBegin(long unused) {
    Session current = session;
    if (current == null) {
      return;
    }
    if (isCutOff()) {
      delayToMidnight(current);
      return;
    }
    isOnline = true;
    onlineSinceMillis = nowMillis();
    sessionNumber++;
    forgetWake();
    upFreeMicros = 0;
    downFreeMicros = 0;
    Link base = current.occasion() == Occasion.CHARGING ? options.chargingLink() : options.link();
    link = base.drawn(linkChance);
    if (current.endMillis() < Session.FOREVER) {
      world.queue().schedule(current.endMillis() * 1_000, end, sessionNumber);
    }
    actor.onOnline();
    world.onPresent(this, current);
    settle();
  }

  private void onSessionEnd(long number) {
    if (number != sessionNumber || !isOnline) {
      return;
    }
    isOnline = false;
    onlineMillis += nowMillis() - onlineSinceMillis;
    forgetWake();
    world.streams().drop(this);
    actor.onOffline();
    settle();
    Session current = session;
    if (current != null && isCutOff() && current.endMillis() > nowMillis()) {
      delayToMidnight(current);
    } else {
      scheduleSession();
    }
  }

  private boolean isCutOff() {
    return options.capBytesPerDay() > 0
        && day == nowMillis() / DAY_MILLIS
        && bytesToday >= options.capBytesPerDay();
  }

  /** What is left of a session when the new day brings new bytes; else the next session. */
  private void delayToMidnight(Session current) {
    long midnight = (nowMillis() / DAY_MILLIS + 1) * DAY_MILLIS;
    if (current.endMillis() <= midnight) {
      scheduleSession();
      return;
    }
    session = new Session(midnight, current.endMillis(), current.occasion());
    world.queue().schedule(midnight * 1_000, begin, sessionNumber);
  }

  private void onWake(long number) {
    if (number != wakeNumber || !isAwake()) {
      return;
    }
    long now = world.queue().nowMicros();
    wokenAtOnce = now == wokenAtMicros ? wokenAtOnce + 1 : 0;
    wokenAtMicros = now;
    if (wokenAtOnce > WAKES_AT_ONCE_MAX) {
      throw new AssertionError("device " + id + " wants to be woken again and again at once");
    }
    wakeAtMicros = Long.MAX_VALUE;
    actor.onWake();
    settle();
  }

  /**
   * Whether the machine runs and may send; in Vac's post it does so even where nothing can reach
   * it.
   */
  boolean isAwake() {
    return isOnline || world.options().sendsBlindly();
  }

  private void forgetWake() {
    wakeAtMicros = Long.MAX_VALUE;
    wakeNumber++;
  }

  private void checkOnline() {
    if (!isAwake()) {
      throw new AssertionError("device " + id + " is offline and cannot send");
    }
  }
}
