package org.tidelog.sim.logs;

import org.tidelog.replicator.Policy;

/** By which paths logs go in a run. */
public enum Paths {
  /** Live connections alone. */
  PEERS("direct"),
  /** The remote log alone. */
  REMOTE_LOG("remote-log"),
  /** What ships: live connections, and the remote log for what somebody may still lack. */
  ALL("hybrid");

  private final String word;

  Paths(String word) {
    this.word = word;
  }

  /** As scenarios and tables have it. */
  String word() {
    return word;
  }

  boolean hasRemoteLog() {
    return this != PEERS;
  }

  Policy policy(LogOptions options) {
    return new Policy(
        Policy.DEFAULT.when(),
        mirroring(),
        hasRemoteLog(),
        options.dialling(),
        this == REMOTE_LOG ? 0 : options.peersMax(),
        options.coalesceMillis(),
        this == REMOTE_LOG ? 0 : options.peersFirstMillis(),
        Policy.DEFAULT.bytesPerDay());
  }

  private Policy.Mirroring mirroring() {
    return switch (this) {
      case PEERS -> Policy.Mirroring.NEVER;
      case REMOTE_LOG -> Policy.Mirroring.ALWAYS;
      case ALL -> Policy.Mirroring.WHEN_NEEDED;
    };
  }
}
