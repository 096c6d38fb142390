package org.tidelog.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which build this is, as the build wrote it down. */
final class Version {
  private Version() {}

  /** {@code tidelog 1.2.3 (0123abcd)}; without the commit if the build did not know it. */
  static String text() {
    Properties build = properties();
    String commit = build.getProperty("commit", "");
    // A build that does not fill the placeholder in leaves it as it is.
    boolean known = !commit.isEmpty() && !commit.startsWith("$") && !commit.startsWith("@");
    return "tidelog "
        + build.getProperty("version", "of an unknown version")
        + (known ? " (" + commit + ")" : "");
  }

  private static Properties properties() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
