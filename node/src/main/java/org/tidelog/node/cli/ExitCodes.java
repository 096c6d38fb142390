package org.tidelog.node.cli;

import java.util.List;

/** What the process ends with. */
final class ExitCodes {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int WRONG_DATA = 3;
  static final int INCOMPLETE = 4;
  static final int LOCKED = 5;
  static final int NO_SPACE = 6;

  private static final List<Integer> FROM_LIGHT_TO_GRAVE =
      List.of(DONE, USAGE, FAILED, LOCKED, INCOMPLETE, NO_SPACE, WRONG_DATA);

  private ExitCodes() {}

  /** Of several problems the gravest counts: wrong data before anything that is merely missing. */
  static int graver(int a, int b) {
    return FROM_LIGHT_TO_GRAVE.indexOf(a) >= FROM_LIGHT_TO_GRAVE.indexOf(b) ? a : b;
  }
}
