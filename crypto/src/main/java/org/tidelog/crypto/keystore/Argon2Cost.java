package org.tidelog.crypto.keystore;

import org.tidelog.crypto.MalformedException;

/**
 * What guessing a passphrase costs, and opening the key store too.
 *
 * @param memoryKib 19 MiB (the least that OWASP recommends) to 1 GiB
 * @param passes 2 to 16
 * @param lanes 1 to 16; more gain nothing here, where lanes run one after the other
 */
public record Argon2Cost(int memoryKib, int passes, int lanes) {
  /** 64 MiB and three passes: some 0.6 s on a small machine. */
  public static final Argon2Cost DEFAULT = new Argon2Cost(64 * 1024, 3, 1);

  /** The cheapest that is taken. */
  public static final Argon2Cost LEAST = new Argon2Cost(19 * 1024, 2, 1);

  private static final Argon2Cost FRUGAL = new Argon2Cost(19 * 1024, 10, 1);

  private static final int MEMORY_KIB_MIN = 19 * 1024;
  private static final int MEMORY_KIB_MAX = 1024 * 1024;
  private static final int PASSES_MIN = 2;
  private static final int PASSES_MAX = 16;
  private static final int LANES_MAX = 16;

  public Argon2Cost {
    if (!within(memoryKib, passes, lanes)) {
      throw new IllegalArgumentException("cost: " + words(memoryKib, passes, lanes));
    }
  }

  /**
   * {@link #DEFAULT}, or where that would take over a third of the memory, about the same time
   * spent in the least memory.
   *
   * @param memoryBytesMax what the process may use in all
   */
  public static Argon2Cost within(long memoryBytesMax) {
    return memoryBytesMax / 3 < DEFAULT.memoryKib * 1024L ? FRUGAL : DEFAULT;
  }

  /** For numbers out of a file, which could ask for too little as well as for too much. */
  static Argon2Cost parse(long memoryKib, int passes, int lanes) throws MalformedException {
    return parse("key store", memoryKib, passes, lanes);
  }

  static Argon2Cost parse(String what, long memoryKib, int passes, int lanes)
      throws MalformedException {
    if (!within(memoryKib, passes, lanes)) {
      throw new MalformedException(what + " with Argon2id of " + words(memoryKib, passes, lanes));
    }
    return new Argon2Cost((int) memoryKib, passes, lanes);
  }

  private static boolean within(long memoryKib, int passes, int lanes) {
    return memoryKib >= MEMORY_KIB_MIN
        && memoryKib <= MEMORY_KIB_MAX
        && passes >= PASSES_MIN
        && passes <= PASSES_MAX
        && lanes >= 1
        && lanes <= LANES_MAX;
  }

  private static String words(long memoryKib, int passes, int lanes) {
    return memoryKib + " KiB, " + passes + " passes, " + lanes + " lanes";
  }
}
