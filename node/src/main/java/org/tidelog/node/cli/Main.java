package org.tidelog.node.cli;

/** Entry point of {@code tidelog}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      System.out.println("tidelog 0.1.0-SNAPSHOT");
      return;
    }
    System.err.println("tidelog: no such command");
    System.exit(2);
  }
}
