package org.tidelog.sim.scenario;

import org.tidelog.log.page.PageLimits;
import org.tidelog.replicator.Policy;
import org.tidelog.sim.logs.LogOptions;

/** Reads how logs are replicated. */
final class LogsPlan {
  private LogsPlan() {}

  private enum Signatures {
    REAL,
    STANDIN
  }

  private enum Dial {
    NEEDED,
    ALWAYS
  }

  static LogOptions read(Section section) throws ScenarioException {
    PageLimits usual = PageLimits.DEFAULT;
    Policy policy = Policy.DEFAULT;
    LogOptions options =
        new LogOptions(
            section.choice("dial", Dial.NEEDED, Dial.values()) == Dial.ALWAYS
                ? Policy.Dialling.ALWAYS
                : Policy.Dialling.WHEN_NEEDED,
            section.count("peers", policy.peersMax(), 1),
            section.millis("coalesce", policy.coalesceMillis(), 0),
            section.millis("peersfirst", policy.peersFirstMillis(), 0),
            new PageLimits(
                section.bytes("tail", usual.tailWeightMax(), 0),
                section.bytes("first", usual.firstWeightMax(), 0)),
            section.flag("sealed", true),
            section.choice("signatures", Signatures.STANDIN, Signatures.values())
                == Signatures.REAL);
    section.end();
    return options;
  }
}
