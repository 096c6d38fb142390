package org.tidelog.sim.results;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tidelog.sim.scenario.NearestWord;
import org.tidelog.sim.scenario.ScenarioException;
import org.tidelog.sim.scenario.Section;
import org.tidelog.sim.scenario.Shipped;
import org.tidelog.sim.scenario.YamlNode;

/** Reads a budget: YAML with a list of {@code bounds}. */
public final class BudgetFile {
  private BudgetFile() {}

  /** A file, or the budget that is shipped for the scenario of that name. */
  public static Budget load(String nameOrPath) throws ScenarioException, IOException {
    Path path = Path.of(nameOrPath);
    if (Files.isRegularFile(path)) {
      String text = Files.readString(path, StandardCharsets.UTF_8);
      return parse(String.valueOf(path.getFileName()), text);
    }
    String near = NearestWord.of(nameOrPath, Shipped.BUDGETS);
    String text =
        Shipped.budget(nameOrPath)
            .orElseThrow(
                () ->
                    new ScenarioException(
                        nameOrPath
                            + ": there is no such file, and no budget of that name"
                            + (near.isEmpty() ? "" : "; is '" + near + "' meant?")));
    return parse(nameOrPath, text);
  }

  static Budget parse(String file, String yaml) throws ScenarioException {
    YamlNode.Mapping mapping = YamlNode.parse(file, yaml);
    Section root = Section.root(mapping);
    YamlNode list =
        root.get("bounds").orElseThrow(() -> new ScenarioException(file + ": it has no 'bounds'"));
    root.end();
    List<Bound> bounds = new ArrayList<>();
    for (YamlNode item : Section.listed(list)) {
      if (!(item instanceof YamlNode.Mapping bound)) {
        throw new ScenarioException(item.place() + ": a bound is a mapping of keys to values");
      }
      bounds.addAll(bounds(bound));
    }
    if (bounds.isEmpty()) {
      throw new ScenarioException(file + ": nothing is bounded");
    }
    return new Budget(bounds);
  }

  private static List<Bound> bounds(YamlNode.Mapping mapping) throws ScenarioException {
    Section section = Section.root(mapping);
    String scenario = section.text("scenario", "");
    String combination = section.text("combination", "");
    String strategy = section.text("strategy", "");
    List<Bound> bounds = new ArrayList<>();
    for (String side : List.of("max", "min")) {
      for (Map.Entry<String, YamlNode> limit : section.entries(side).entrySet()) {
        bounds.add(
            new Bound(
                scenario,
                combination,
                strategy,
                limit.getKey(),
                side.equals("max"),
                number(limit.getKey(), limit.getValue()),
                limit.getValue().place()));
      }
    }
    section.end();
    return bounds;
  }

  private static double number(String column, YamlNode node) throws ScenarioException {
    String text = node instanceof YamlNode.Text word ? word.text().replace("_", "") : "";
    // Not everything that Java takes for a number: no NaN, which nothing would ever keep.
    if (!text.matches("-?[0-9]+(\\.[0-9]+)?")) {
      throw new ScenarioException(node.place() + ": " + column + ": not a number");
    }
    return Double.parseDouble(text);
  }
}
