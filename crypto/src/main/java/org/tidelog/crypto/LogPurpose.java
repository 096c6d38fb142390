package org.tidelog.crypto;

/**
 * What a device keeps a log for. Part of what its key is derived from, so that two logs of one
 * topic never share a key.
 */
public enum LogPurpose {
  /** Entries of the topic. */
  LOG(0),
  /** The topic's index of records. */
  INDEX(1);

  private final int code;

  LogPurpose(int code) {
    this.code = code;
  }

  /** The byte that stands for it. */
  public int code() {
    return code;
  }

  public static LogPurpose of(long code) throws MalformedException {
    for (LogPurpose purpose : values()) {
      if (purpose.code == code) return purpose;
    }
    throw new MalformedException("log of purpose " + code);
  }
}
