package org.tidelog.node.cli.output;

/**
 * How to print.
 *
 * @param json one JSON object a line instead of plain text
 * @param quiet no notes and no progress bars; results, warnings and errors stay
 * @param colour on standard output
 * @param errColour on standard error
 * @param progress standard error is a terminal, so that a line can be drawn over
 */
public record OutputMode(
    boolean json, boolean quiet, boolean colour, boolean errColour, boolean progress) {
  /** Plain text to no terminal. */
  public static OutputMode plain() {
    return new OutputMode(false, false, false, false, false);
  }
}
