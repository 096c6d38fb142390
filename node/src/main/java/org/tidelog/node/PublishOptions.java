package org.tidelog.node;

/**
 * How to publish.
 *
 * @param index whether this device's index of the topic's logs is published as well
 * @param check whether every block of the mirror is read back, and written again where it is
 *     missing or damaged
 */
public record PublishOptions(boolean index, boolean check) {
  public static PublishOptions defaults() {
    return new PublishOptions(false, false);
  }
}
