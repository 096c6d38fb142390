package org.tidelog.sim.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which build this is, as the build wrote it down. */
public final class Version {
  private Version() {}

  /** {@code 1.2.3 (0123abcd)}; without the commit if the build did not know it. */
  public static String text() {
    Properties build = new Properties();
    try (InputStream in =
        Version.class.getResourceAsStream("/org/tidelog/sim/version.properties")) {
      if (in != null) {
        build.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String commit = build.getProperty("commit", "");
    // A build that does not fill the placeholder in leaves it as it is.
    boolean known = !commit.isEmpty() && !commit.startsWith("$");
    return build.getProperty("version", "unknown") + (known ? " (" + commit + ")" : "");
  }
}
