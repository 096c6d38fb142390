package org.tidelog.node.cli.output;

/** What a colour says. */
public enum Ink {
  PLAIN(""),
  BOLD("1"),
  /** Less important than its surroundings. */
  DIM("2"),
  BAD("31"),
  GOOD("32"),
  WARNING("33"),
  /** Names of people and topics. */
  NAME("36");

  private final String code;

  Ink(String code) {
    this.code = code;
  }

  String on(String text) {
    return code.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
