package org.tidelog.sim.results;

/** A folder holds no results, or a budget says what no results can answer; the message says why. */
public final class ResultsException extends Exception {
  private static final long serialVersionUID = 1L;

  public ResultsException(String message) {
    super(message);
  }
}
