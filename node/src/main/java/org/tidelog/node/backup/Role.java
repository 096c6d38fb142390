package org.tidelog.node.backup;

import org.tidelog.crypto.MalformedException;

/** What a log is to the device that made the backup, in one of its topics. */
public enum Role {
  /** The device wrote it; whoever restores continues it in a log of their own. */
  OWN(1),
  /** The device's index of the topic. */
  OWN_INDEX(2),
  /** The user asked for it. */
  FOLLOWED(3),
  /** Another log names it, and nothing has come of it yet. */
  HINTED(4),
  /** A hint that led to a log of the topic. */
  ADMITTED(5);

  private final int code;

  Role(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Role of(int code) throws MalformedException {
    for (Role role : values()) {
      if (role.code == code) return role;
    }
    throw new MalformedException("a log in the role " + code);
  }
}
