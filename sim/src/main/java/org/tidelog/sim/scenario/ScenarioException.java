package org.tidelog.sim.scenario;

/** A scenario says something that cannot be run; the message says where and why. */
public final class ScenarioException extends Exception {
  private static final long serialVersionUID = 1L;

  public ScenarioException(String message) {
    super(message);
  }
}
