package org.tidelog.sim.cli;

import java.io.IOException;
import java.util.Map;
import org.tidelog.sim.scenario.ScenarioException;
import org.tidelog.sim.scenario.Shipped;
import org.tidelog.sim.scenario.Suite;
import picocli.CommandLine.Command;

/** {@code tidelog sim list}. */
@Command(name = "list", description = "List the scenarios that come with the program.")
final class ListCommand implements Action {
  @Override
  public int run(Console console) throws ScenarioException, IOException {
    for (String name : Shipped.NAMES) {
      String description =
          Suite.load(name).combinations().get(0).scenario().description().replace('\n', ' ');
      if (console.isJson()) {
        console.object(Map.of("scenario", name, "description", description));
      } else {
        console.line("%-12s %s".formatted(name, firstSentence(description)));
      }
    }
    return Main.DONE;
  }

  private static String firstSentence(String text) {
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }
}
