package org.tidelog.sim.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A part of a scenario: a mapping, a list or a text, and where it stands. A value; changing it
 * makes another one.
 */
public abstract sealed class YamlNode {
  /** A file larger than this is no scenario. */
  private static final int CHARACTERS_MAX = 1 << 20;

  private final String place;

  private YamlNode(String place) {
    this.place = place;
  }

  /** Words for messages: {@code headline.yaml:12}. */
  public String place() {
    return place;
  }

  /** The same for equal content, wherever it stands. */
  abstract String canonical();

  public static final class Mapping extends YamlNode {
    private final Map<String, YamlNode> entries;

    Mapping(String place, Map<String, YamlNode> entries) {
      super(place);
      this.entries = new LinkedHashMap<>(entries);
    }

    Map<String, YamlNode> entries() {
      return new LinkedHashMap<>(entries);
    }

    Optional<YamlNode> get(String key) {
      return Optional.ofNullable(entries.get(key));
    }

    /** This with {@code value} at a path such as {@code availability.uptime}. */
    Mapping with(String path, YamlNode value) throws ScenarioException {
      int dot = path.indexOf('.');
      Map<String, YamlNode> changed = entries();
      if (dot < 0) {
        changed.put(path, value);
        return new Mapping(place(), changed);
      }
      String key = path.substring(0, dot);
      YamlNode inner = changed.getOrDefault(key, new Mapping(value.place(), Map.of()));
      if (!(inner instanceof Mapping mapping)) {
        throw new ScenarioException(value.place() + ": '" + key + "' holds no further keys");
      }
      changed.put(key, mapping.with(path.substring(dot + 1), value));
      return new Mapping(place(), changed);
    }

    Mapping without(String key) {
      Map<String, YamlNode> changed = entries();
      changed.remove(key);
      return new Mapping(place(), changed);
    }

    @Override
    String canonical() {
      return entries.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(entry -> quoted(entry.getKey()) + ":" + entry.getValue().canonical())
          .collect(Collectors.joining(",", "{", "}"));
    }
  }

  public static final class Sequence extends YamlNode {
    private final List<YamlNode> items;

    Sequence(String place, List<YamlNode> items) {
      super(place);
      this.items = List.copyOf(items);
    }

    List<YamlNode> items() {
      return items;
    }

    @Override
    String canonical() {
      return items.stream().map(YamlNode::canonical).collect(Collectors.joining(",", "[", "]"));
    }
  }

  public static final class Text extends YamlNode {
    private final String text;

    Text(String place, String text) {
      super(place);
      this.text = text;
    }

    public String text() {
      return text;
    }

    @Override
    String canonical() {
      return quoted(text);
    }
  }

  /** Reads a whole document, which is a mapping; {@code file} is its name for messages. */
  public static Mapping parse(String file, String yaml) throws ScenarioException {
    YamlNode root = parseAny(file, yaml);
    if (root instanceof Mapping mapping) {
      return mapping;
    }
    throw new ScenarioException(file + ": a scenario is a list of 'key: value' lines");
  }

  /** Reads one value, as it may stand on a command line. */
  static YamlNode parseValue(String place, String yaml) throws ScenarioException {
    return replaced(parseAny(place, yaml), place);
  }

  private static YamlNode parseAny(String file, String yaml) throws ScenarioException {
    if (yaml.length() > CHARACTERS_MAX) {
      throw new ScenarioException(file + ": larger than " + CHARACTERS_MAX + " characters");
    }
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setAllowDuplicateKeys(false).build();
    try {
      Node node =
          new Compose(settings)
              .composeString(yaml)
              .orElseThrow(() -> new ScenarioException(file + ": nothing is in it"));
      return of(file, node);
    } catch (YamlEngineException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("not YAML");
      throw new ScenarioException(file + ": not YAML: " + why);
    }
  }

  private static YamlNode of(String file, Node node) throws ScenarioException {
    String place = node.getStartMark().map(mark -> file + ":" + (mark.getLine() + 1)).orElse(file);
    if (node instanceof ScalarNode scalar) {
      return new Text(place, scalar.getValue());
    }
    if (node instanceof SequenceNode sequence) {
      List<YamlNode> items = new java.util.ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(of(file, item));
      }
      return new Sequence(place, items);
    }
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : ((MappingNode) node).getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new ScenarioException(place + ": a key is a word");
      }
      YamlNode value = of(file, tuple.getValueNode());
      if (entries.put(key.getValue(), value) != null) {
        throw new ScenarioException(value.place() + ": '" + key.getValue() + "' is there twice");
      }
    }
    return new Mapping(place, entries);
  }

  /** What was said on a command line has no lines. */
  private static YamlNode replaced(YamlNode node, String place) {
    if (node instanceof Text text) {
      return new Text(place, text.text());
    }
    if (node instanceof Sequence sequence) {
      return new Sequence(
          place, sequence.items().stream().map(item -> replaced(item, place)).toList());
    }
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    ((Mapping) node).entries().forEach((key, value) -> entries.put(key, replaced(value, place)));
    return new Mapping(place, entries);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
