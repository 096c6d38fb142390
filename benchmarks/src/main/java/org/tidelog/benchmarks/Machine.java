package org.tidelog.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Says on what the figures were taken: without that they mean nothing. */
public final class Machine {
  private static final Path CPUS = Path.of("/proc/cpuinfo");
  private static final Path LOAD = Path.of("/proc/loadavg");

  private Machine() {}

  /** Prints a line each for processor, system, Java, the folder's file system, and load. */
  public static void main(String[] words) throws IOException {
    Path folder = Files.createDirectories(Settings.parse(words).folder());
    Runtime runtime = Runtime.getRuntime();
    System.out.println();
    line("processor", processor() + ", " + runtime.availableProcessors() + " cores");
    line("system", property("os.name") + " " + property("os.version"));
    line("Java", property("java.vm.name") + " " + property("java.runtime.version"));
    line("file system", Files.getFileStore(folder).type());
    if (Files.isReadable(LOAD)) line("load before", Files.readString(LOAD).trim());
  }

  private static String property(String name) {
    return String.valueOf(System.getProperty(name));
  }

  private static String processor() throws IOException {
    if (!Files.isReadable(CPUS)) return property("os.arch");
    try (Stream<String> lines = Files.lines(CPUS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(property("os.arch"));
    }
  }

  private static void line(String what, String value) {
    System.out.println(String.format(Locale.ROOT, "- %s: %s", what, value));
  }
}
