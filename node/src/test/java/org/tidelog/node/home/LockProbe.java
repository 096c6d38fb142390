package org.tidelog.node.home;

import java.nio.file.Paths;
import java.time.Duration;

/** A process that opens a home and ends at once; its exit code says whether it could. */
final class LockProbe {
  static final int LOCKED = 5;

  private LockProbe() {}

  public static void main(String[] args) {
    try (Home home = Home.open(Paths.get(args[0]), Duration.ZERO)) {
      home.keys();
    } catch (HomeException e) {
      System.exit(e.kind() == HomeException.Kind.LOCKED ? LOCKED : 1);
    }
  }
}
