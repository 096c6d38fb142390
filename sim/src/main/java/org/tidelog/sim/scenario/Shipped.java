package org.tidelog.sim.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The scenarios that come with the program, and the chat log that one of them is about. */
public final class Shipped {
  public static final List<String> NAMES =
      List.of(
          "smoke",
          "vac-2019",
          "headline",
          "group-day",
          "family",
          "field-trip",
          "irc",
          "phones",
          "sessions",
          "links");

  /** Scenarios that have a budget. */
  public static final List<String> BUDGETS = List.of("smoke");

  private Shipped() {}

  /** The text of the scenario with this name, with or without {@code .yaml}. */
  public static Optional<String> scenario(String name) {
    String bare = name.endsWith(".yaml") ? name.substring(0, name.length() - 5) : name;
    return NAMES.contains(bare)
        ? Optional.of(text("scenarios/" + bare + ".yaml", StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /** The text of the budget for the scenario with this name. */
  public static Optional<String> budget(String name) {
    return BUDGETS.contains(name)
        ? Optional.of(text("budgets/" + name + ".yaml", StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /** A chat log that comes with the program: of the channel #ubuntu on 10 August 2015. */
  static Optional<String> log(String name) {
    return name.equals("ubuntu-2015-08-10")
        ? Optional.of(text("logs/" + name + ".txt", StandardCharsets.ISO_8859_1))
        : Optional.empty();
  }

  private static String text(String resource, Charset charset) {
    String path = "/org/tidelog/sim/" + resource;
    try (InputStream in = Shipped.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new AssertionError("resource: " + path);
      }
      return new String(in.readAllBytes(), charset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
