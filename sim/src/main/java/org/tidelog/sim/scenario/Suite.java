package org.tidelog.sim.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidelog.sim.scenario.Combination.Assignment;

/**
 * A scenario as a file has it, with what was set and swept from outside: as many combinations as
 * the values of all swept paths have. A value; setting makes another one.
 */
public final class Suite {
  /** A sweep with more is a mistake, or a program's business. */
  private static final int COMBINATIONS_MAX = 10_000;

  private static final String SWEEP = "sweep";

  private final String name;
  private final Path folder;
  private final YamlNode.Mapping mapping;
  private final Map<String, List<YamlNode>> sweep;

  private Suite(
      String name, Path folder, YamlNode.Mapping mapping, Map<String, List<YamlNode>> sweep) {
    this.name = name;
    this.folder = folder;
    this.mapping = mapping;
    this.sweep = sweep;
  }

  /** Reads a file, or what is shipped under that name where there is no such file. */
  public static Suite load(String nameOrPath) throws ScenarioException, IOException {
    Path path = Path.of(nameOrPath);
    if (Files.isRegularFile(path)) {
      Path parent = path.toAbsolutePath().getParent();
      return parse(
          String.valueOf(path.getFileName()),
          Files.readString(path, StandardCharsets.UTF_8),
          parent == null ? path : parent);
    }
    String near = NearestWord.of(nameOrPath, Shipped.NAMES);
    String text =
        Shipped.scenario(nameOrPath)
            .orElseThrow(
                () ->
                    new ScenarioException(
                        nameOrPath
                            + ": there is no such file, and no scenario of that name"
                            + (near.isEmpty() ? "" : "; is '" + near + "' meant?")));
    return parse(nameOrPath, text, Path.of("").toAbsolutePath());
  }

  static Suite parse(String file, String yaml, Path folder) throws ScenarioException {
    YamlNode.Mapping mapping = YamlNode.parse(file, yaml);
    Map<String, List<YamlNode>> sweep = new LinkedHashMap<>();
    YamlNode node = mapping.get(SWEEP).orElse(null);
    if (node instanceof YamlNode.Mapping paths) {
      paths.entries().forEach((path, values) -> sweep.put(path, Section.listed(values)));
    } else if (node != null) {
      throw new ScenarioException(node.place() + ": sweep is not a mapping of paths to values");
    }
    String bare = file.endsWith(".yaml") ? file.substring(0, file.length() - 5) : file;
    return new Suite(bare, folder, mapping.without(SWEEP), sweep);
  }

  /** {@code path=value}; the path is no longer swept. */
  public Suite with(String assignment) throws ScenarioException {
    Assignment said = assignment("--set", assignment);
    String place = "--set " + said.path();
    YamlNode value = YamlNode.parseValue(place, said.value());
    Map<String, List<YamlNode>> others = new LinkedHashMap<>(sweep);
    others.remove(said.path());
    return new Suite(name, folder, mapping.with(said.path(), value), others);
  }

  /** {@code path=v1,v2}. */
  public Suite withSweep(String assignment) throws ScenarioException {
    Assignment said = assignment("--sweep", assignment);
    List<YamlNode> values = new ArrayList<>();
    for (String value : said.value().split(",", -1)) {
      values.add(YamlNode.parseValue("--sweep " + said.path(), value.strip()));
    }
    Map<String, List<YamlNode>> more = new LinkedHashMap<>(sweep);
    more.put(said.path(), values);
    return new Suite(name, folder, mapping, more);
  }

  public String name() {
    return name;
  }

  /** All of them, the path that was named first changing slowest. */
  public List<Combination> combinations() throws ScenarioException {
    long count = sweep.values().stream().mapToLong(List::size).reduce(1, (a, b) -> a * b);
    if (count < 1 || count > COMBINATIONS_MAX) {
      throw new ScenarioException(name + ": a sweep of " + count + " combinations");
    }
    List<Combination> combinations = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      combinations.add(combination(number, (int) count));
    }
    return combinations;
  }

  private Combination combination(int number, int count) throws ScenarioException {
    YamlNode.Mapping chosen = mapping;
    List<Assignment> values = new ArrayList<>();
    int rest = number;
    int block = count;
    for (Map.Entry<String, List<YamlNode>> swept : sweep.entrySet()) {
      block /= swept.getValue().size();
      YamlNode value = swept.getValue().get(rest / block);
      rest %= block;
      chosen = chosen.with(swept.getKey(), value);
      values.add(
          new Assignment(
              swept.getKey(),
              value instanceof YamlNode.Text text ? text.text() : value.canonical()));
    }
    Scenario scenario = new ScenarioReader(name, this::text).read(chosen);
    String canonical =
        chosen
                .without("name")
                .without("description")
                .without("strategies")
                .without("replicates")
                .without("seed")
                .canonical()
            + scenario.workload().ircText()
            + scenario.workload().availability().traceText();
    return new Combination(values, scenario, canonical);
  }

  private String text(String place, String path) throws ScenarioException {
    var shipped = Shipped.log(path);
    if (shipped.isPresent()) {
      return shipped.get();
    }
    try {
      return Files.readString(folder.resolve(path), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new ScenarioException(place + ": " + path + ": cannot be read");
    }
  }

  private static Assignment assignment(String option, String text) throws ScenarioException {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      throw new ScenarioException(option + " " + text + ": not path=value");
    }
    return new Assignment(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }
}
