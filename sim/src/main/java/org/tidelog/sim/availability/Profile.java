package org.tidelog.sim.availability;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The named models of when devices are online; figures and sources are in docs/sim.md. */
public enum Profile {
  /** Never offline. */
  ALWAYS,
  /** As {@code uniform}, but machines run and send while nothing reaches them: Vac's arithmetic. */
  VAC_IID,
  /** A coin for each device and slot. */
  UNIFORM,
  /** Exponential sessions and gaps. */
  EXPONENTIAL,
  WA_FOREGROUND,
  SCREEN_ON,
  ANDROID_DOZE,
  IOS_REFRESH,
  NIGHT_CHARGER,
  KAD_DESKTOP,
  HOME_MAILBOX,
  /** Sessions from a file. */
  TRACE,
  /** Joins and leaves of the chat log that is the workload. */
  IRC;

  /** As scenarios and tables have it: {@code wa-foreground}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Profile> parse(String word) {
    return Arrays.stream(values()).filter(profile -> profile.word().equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Profile::word).toList();
  }
}
