package org.tidelog.node;

import java.util.Locale;

/** How safe an entry is, from less to more. */
public enum Durability {
  /** On this device's disk: it survives a power cut. */
  LOCAL,
  /**
   * In every layer of the mirror, its name published: others can read it while this device sleeps.
   */
  MIRRORED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
