package org.tidelog.node;

import java.util.Locale;

/** Whether an entry's payload can be read, and why not. */
public enum PayloadState {
  PRESENT,
  /** The author took it back. */
  DELETED,
  /** Its time to live is over. */
  EXPIRED,
  /** It is not on this device. */
  MISSING,
  /** It is encrypted, and this device has no key for it. */
  SEALED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
