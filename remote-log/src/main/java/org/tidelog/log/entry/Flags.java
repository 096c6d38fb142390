package org.tidelog.log.entry;

import org.tidelog.crypto.MalformedException;

/** Properties of an entry that its id commits to. */
public final class Flags {
  /**
   * The first 16 bytes of the payload, once unsealed, are salt: without them a deleted text could
   * be guessed.
   */
  public static final int SALTED = 1;

  /** The payload describes content that lies in blocks of its own. */
  public static final int LINKED = 2;

  /** The payload is encrypted for the members of the topic. */
  public static final int SEALED = 4;

  /** The payload may be dropped once its expiry has passed. */
  public static final int EXPIRING = 8;

  public static final int SALT_BYTES = 16;

  static final int ALL = SALTED | LINKED | SEALED | EXPIRING;

  private Flags() {}

  /** Flags as somebody else wrote them; refuses unknown ones. */
  public static int checked(int flags) throws MalformedException {
    if ((flags & ~ALL) != 0) throw new MalformedException("entry with flags " + flags);
    return flags;
  }
}
