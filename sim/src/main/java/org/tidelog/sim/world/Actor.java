package org.tidelog.sim.world;

import java.util.Optional;

/**
 * What runs on one device: the driver of the machines that ship. It is called by one thread, never
 * while it is being called, and acts through its {@link Device} only. After each call it is asked
 * when it wants to be woken; a device that is offline is not woken before it is online again.
 */
public interface Actor {
  /** The device can send and receive from now on; {@code Device.session()} says how and why. */
  default void onOnline() {}

  /** It no longer can. Its connections are gone without a word, and open calls with them. */
  default void onOffline() {}

  /** The application wants this message to be with all members of its topic. */
  default void onMessage(Message message) {}

  default void onDatagram(int from, byte[] bytes) {}

  /** A connection stands: one that was dialled, or one that somebody else dialled. */
  default void onConnected(Connection connection) {}

  /** Nobody answered at {@code to}. */
  default void onDialFailed(int to) {}

  /**
   * What one {@link Connection#send} of the other end gave, in order; may be cut anywhere by it.
   */
  default void onBytes(Connection connection, byte[] bytes) {}

  /** The other end has closed, or has been silent for too long. */
  default void onDisconnected(Connection connection) {}

  /** What a service said to the call with this {@code tag}; empty if it could not be reached. */
  default void onAnswer(long tag, Optional<byte[]> answer) {}

  /** The time for which {@link #nextWakeUp} asked has come. */
  default void onWake() {}

  /** Milliseconds of virtual time; {@link Long#MAX_VALUE} for never. */
  default long nextWakeUp() {
    return Long.MAX_VALUE;
  }

  /** Whether nothing is left to do here. A run ends when that is so everywhere. */
  default boolean isSettled() {
    return true;
  }
}
