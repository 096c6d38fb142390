package org.tidelog.replicator;

/**
 * What a device may spend, and on what. What a person asks for at once is not bound by it.
 *
 * @param when what replicating by itself waits for
 * @param mirroring whether own logs go into the remote log
 * @param readsMirrors whether the logs of others are looked for in the remote log
 * @param dialling whom this device looks for
 * @param peersMax connections looked for at a time; 0: none is dialled
 * @param coalesceMillis how long an entry may wait for others before it is published
 * @param peersFirstMillis how long after coming online peers are given before remote logs are read
 * @param bytesPerDay sent and received by itself, in all; nothing is begun beyond
 */
public record Policy(
    Condition when,
    Mirroring mirroring,
    boolean readsMirrors,
    Dialling dialling,
    int peersMax,
    long coalesceMillis,
    long peersFirstMillis,
    long bytesPerDay) {
  /** What a network has to be like. */
  public enum Condition {
    ANY,
    UNMETERED,
    CHARGING;

    boolean allows(Network network) {
      return network.online()
          && switch (this) {
            case ANY -> true;
            case UNMETERED -> !network.metered();
            case CHARGING -> network.charging() && !network.metered();
          };
    }
  }

  /** When own logs are published. */
  public enum Mirroring {
    NEVER,
    /** Where some device of the topic does not have the entries yet, as far as is known. */
    WHEN_NEEDED,
    ALWAYS
  }

  /** Whom a device dials. */
  public enum Dialling {
    /** Those who lack something that this device has written, as far as is known. */
    WHEN_NEEDED,
    /** Others of its topics whenever it comes online, to see what they have. */
    ALWAYS
  }

  /**
   * Who has nothing to say dials nobody: setting up a connection costs more than most messages.
   * What others have written comes when they dial, or from the remote log.
   */
  public static final Policy DEFAULT =
      new Policy(
          Condition.ANY,
          Mirroring.ALWAYS,
          true,
          Dialling.WHEN_NEEDED,
          8,
          2_000,
          3_000,
          Long.MAX_VALUE);

  public Policy {
    if (peersMax < 0) throw new IllegalArgumentException("peersMax: " + peersMax);
    if (coalesceMillis < 0 || peersFirstMillis < 0 || bytesPerDay < 0) {
      throw new IllegalArgumentException(
          "coalesceMillis: "
              + coalesceMillis
              + ", peersFirstMillis: "
              + peersFirstMillis
              + ", bytesPerDay: "
              + bytesPerDay);
    }
  }
}
