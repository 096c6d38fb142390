package org.tidelog.sim.availability;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tidelog.sim.availability.Openings.Habit;
import org.tidelog.sim.kernel.Chance;

/**
 * Presence drawn from a profile. A profile with a memory begins some time before the run does, so
 * that nobody is at the beginning of anything when the run begins.
 */
public final class ModelledAvailability implements Availability {
  /** Gaps of desktops are days long now and then. */
  private static final long WARM_UP_DAYS_DESKTOP = 60;

  private static final long WARM_UP_DAYS = 2;

  /** Weibull parameters of KAD peers: Steiner et al., in minutes. */
  private static final double KAD_SESSION_SCALE = 169.5385;

  private static final double KAD_SESSION_SHAPE = 0.61511;
  private static final double KAD_GAP_SCALE = 413.6765;
  private static final double KAD_GAP_SHAPE = 0.47648;

  private static final Session ALWAYS = new Session(0, Session.FOREVER, Occasion.FOREGROUND);

  private final AvailabilityOptions options;
  private final long seed;

  public ModelledAvailability(AvailabilityOptions options, long seed) {
    this.options = options;
    this.seed = seed;
  }

  @Override
  public Presence of(int device) {
    Chance chance = Chance.of(seed, "availability", device);
    return switch (options.profile()) {
      case ALWAYS -> new Listed(List.of(ALWAYS));
      case UNIFORM, VAC_IID -> slots(chance);
      case EXPONENTIAL -> exponential(chance, meanOff((double) options.sessionMillis()));
      case HOME_MAILBOX -> exponential(chance, (double) options.outageMillis());
      case KAD_DESKTOP -> inZone(device, WARM_UP_DAYS_DESKTOP, kad(chance));
      case WA_FOREGROUND -> inZone(device, WARM_UP_DAYS, openings(device, Habit.WHATSAPP));
      case SCREEN_ON -> inZone(device, WARM_UP_DAYS, openings(device, Habit.SCREEN));
      case ANDROID_DOZE -> with(device, new DozeRuns(chance));
      case IOS_REFRESH -> with(device, new RefreshRuns(chance, options.refreshesPerDay()));
      case NIGHT_CHARGER -> with(device, new NightsOnCharger(chance));
      case TRACE, IRC -> throw new IllegalArgumentException("profile: " + options.profile());
    };
  }

  @Override
  public double foregroundSecondsPerDay() {
    double day = TimeUnit.DAYS.toSeconds(1);
    return switch (options.profile()) {
      case WA_FOREGROUND, ANDROID_DOZE, IOS_REFRESH, NIGHT_CHARGER ->
          Habit.WHATSAPP.secondsPerDay();
      case SCREEN_ON -> Habit.SCREEN.secondsPerDay();
      case KAD_DESKTOP -> day * 0.21;
      case UNIFORM, VAC_IID, EXPONENTIAL, HOME_MAILBOX -> day * options.uptime();
      case ALWAYS, TRACE, IRC -> day;
    };
  }

  private Presence slots(Chance chance) {
    return options.uptime() >= 1
        ? new Listed(List.of(ALWAYS))
        : new Slots(chance, options.uptime(), options.slotMillis());
  }

  private double meanOff(double meanOnMillis) {
    return meanOnMillis * (1 - options.uptime()) / options.uptime();
  }

  /** Without memory: whether it begins online is a coin. */
  private Presence exponential(Chance chance, double offMillis) {
    if (options.uptime() >= 1) {
      return new Listed(List.of(ALWAYS));
    }
    double onMillis = offMillis * options.uptime() / (1 - options.uptime());
    return new Renewal(
        () -> chance.exponential(onMillis),
        () -> chance.exponential(offMillis),
        chance.happens(options.uptime()));
  }

  private static Presence kad(Chance chance) {
    double minute = TimeUnit.MINUTES.toMillis(1);
    return new Renewal(
        () -> minute * chance.weibull(KAD_SESSION_SCALE, KAD_SESSION_SHAPE),
        () -> minute * chance.weibull(KAD_GAP_SCALE, KAD_GAP_SHAPE),
        chance.happens(0.5));
  }

  private Presence openings(int device, Habit habit) {
    Chance chance = Chance.of(seed, "openings", device);
    Habit own = options.spread() == 0 ? habit : habit.scaled(chance.logNormal(1, options.spread()));
    return new Openings(chance, own);
  }

  /** What the app does in the background, beside somebody who opens it. */
  private Presence with(int device, Presence background) {
    return inZone(device, WARM_UP_DAYS, new Union(openings(device, Habit.WHATSAPP), background));
  }

  private Presence inZone(int device, long warmUpDays, Presence local) {
    int zones = options.zonesHours().size();
    double hoursAhead = options.zonesHours().get(device % zones);
    long aheadMillis = (long) (hoursAhead * TimeUnit.HOURS.toMillis(1));
    return new Clipped(local, -aheadMillis - TimeUnit.DAYS.toMillis(warmUpDays));
  }
}
