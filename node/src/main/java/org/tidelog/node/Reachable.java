package org.tidelog.node;

import org.tidelog.replicator.Rung;

/** Which rungs a home can reach at all. */
final class Reachable {
  private Reachable() {}

  /**
   * Refuses a rung that nothing here leads to, rather than wait for it in vain.
   *
   * @throws TidelogException with {@link ErrorKind#UNSUPPORTED}
   */
  static void require(Rung rung) {
    switch (rung) {
      case LOCAL, MIRRORED -> {}
      case MAILBOX -> throw unsupported(rung, "it needs a mailbox");
      case REPLICATED -> throw unsupported(rung, "it needs the daemon, to meet other devices");
      case READ -> throw unsupported(rung, "it needs the daemon, to hear from other devices");
    }
  }

  private static TidelogException unsupported(Rung rung, String why) {
    return new TidelogException(
        ErrorKind.UNSUPPORTED,
        "cannot wait for " + rung.word() + ": " + why + ", which this version does not have",
        "--durability mirrored, with --mirror, or local");
  }
}
