package org.tidelog.sim.report;

/** Who sends or receives. */
enum RoleOfBytes {
  UP("devices send", "bytes_device_up", "role-up"),
  DOWN("devices receive", "bytes_device_down", "role-down"),
  HELPER("helpers send", "bytes_helper", "role-helper");

  private final String words;
  private final String column;
  private final String style;

  RoleOfBytes(String words, String column, String style) {
    this.words = words;
    this.column = column;
    this.style = style;
  }

  String words() {
    return words;
  }

  String column() {
    return column;
  }

  String style() {
    return style;
  }
}
