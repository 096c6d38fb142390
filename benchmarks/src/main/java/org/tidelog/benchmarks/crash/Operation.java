package org.tidelog.benchmarks.crash;

import java.util.Locale;

/** What a process is doing when it is killed. */
enum Operation {
  APPEND,
  IMPORT,
  PUBLISH,
  DELETE,
  /** Joining small slices, when a home is closed. */
  MERGE,
  /** Another device's home, made and filled from the mirror. */
  FETCH,
  /** Opening a home that the first version has made. */
  MIGRATE,
  /** The first writes of a home that was copied, which becomes a new device. */
  RENEW,
  /** Writing a CAR file over an older one, and taking it in elsewhere. */
  CARRY,
  /** Writing a backup over an older one, and making a home of it. */
  BACKUP,
  /** A whole command of the command line, from the start of its process on. */
  COMMAND;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
