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
  /** A whole command of the command line, from the start of its process on. */
  COMMAND;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
