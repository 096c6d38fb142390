package org.tidelog.sim.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads one mapping of a scenario key by key, and knows in the end which keys nobody asked for:
 * those are errors, as a misspelled key would otherwise silently mean the default.
 */
public final class Section {
  private static final String TIME = "a time such as 5 s, 10 min, 2 h or 1 d";
  private static final String SIZE = "a size such as 256 B or 64 KiB";
  private static final String SHARE = "a share such as 10 % or 0.1";

  private final String path;
  private final YamlNode.Mapping mapping;
  private final Set<String> known = new LinkedHashSet<>();

  private Section(String path, YamlNode.Mapping mapping) {
    this.path = path;
    this.mapping = mapping;
  }

  public static Section root(YamlNode.Mapping mapping) {
    return new Section("", mapping);
  }

  /** The mapping under {@code key}, empty if there is none. */
  Section section(String key) throws ScenarioException {
    Optional<YamlNode> node = get(key);
    if (node.isEmpty()) {
      return new Section(path + key + ".", new YamlNode.Mapping(mapping.place(), Map.of()));
    }
    if (node.get() instanceof YamlNode.Mapping inner) {
      return new Section(path + key + ".", inner);
    }
    throw wrong(node.get(), key, "a mapping of keys to values");
  }

  public String text(String key, String otherwise) throws ScenarioException {
    Optional<YamlNode> node = get(key);
    if (node.isEmpty()) {
      return otherwise;
    }
    if (node.get() instanceof YamlNode.Text text) {
      return text.text();
    }
    throw wrong(node.get(), key, "a text");
  }

  /** One of these words. */
  <T> T choice(String key, T otherwise, List<String> words, Function<String, Optional<T>> parse)
      throws ScenarioException {
    String word = text(key, "");
    if (word.isEmpty()) {
      return otherwise;
    }
    Optional<T> value = parse.apply(word);
    if (value.isPresent()) {
      return value.get();
    }
    throw new ScenarioException(
        place(key) + ": " + path + key + ": '" + word + "' is none of " + String.join(", ", words));
  }

  /** One of an enumeration's constants, written small. */
  <T extends Enum<T>> T choice(String key, T otherwise, T[] values) throws ScenarioException {
    List<String> words =
        Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
    return choice(
        key,
        otherwise,
        words,
        word -> Optional.of(words.indexOf(word)).filter(i -> i >= 0).map(i -> values[i]));
  }

  boolean flag(String key, boolean otherwise) throws ScenarioException {
    return choice(
        key,
        otherwise,
        List.of("true", "false"),
        word ->
            word.equals("true") || word.equals("false")
                ? Optional.of(word.equals("true"))
                : Optional.empty());
  }

  long millis(String key, long otherwise, long min) throws ScenarioException {
    return Math.round(
        quantity(key, (double) otherwise, Quantities::millis, TIME, (double) min, 1e13));
  }

  double decimalMillis(String key, double otherwise) throws ScenarioException {
    return quantity(key, otherwise, Quantities::millis, TIME, 0, 1e13);
  }

  int bytes(String key, int otherwise, int min) throws ScenarioException {
    return (int) quantity(key, otherwise, Quantities::bytes, SIZE, min, Integer.MAX_VALUE);
  }

  double share(String key, double otherwise) throws ScenarioException {
    return quantity(key, otherwise, Quantities::share, SHARE, 0, 1);
  }

  int count(String key, int otherwise, int min) throws ScenarioException {
    return (int) quantity(key, otherwise, Quantities::number, "a number", min, Integer.MAX_VALUE);
  }

  double number(String key, double otherwise, double min) throws ScenarioException {
    return quantity(key, otherwise, Quantities::number, "a number", min, Double.MAX_VALUE);
  }

  List<String> words(String key, List<String> otherwise) throws ScenarioException {
    Optional<YamlNode> node = get(key);
    if (node.isEmpty()) {
      return otherwise;
    }
    List<String> words = new ArrayList<>();
    for (YamlNode item : listed(node.get())) {
      if (!(item instanceof YamlNode.Text text)) {
        throw wrong(item, key, "a list of words");
      }
      words.add(text.text());
    }
    return words;
  }

  /** Shares by name, such as {@code {wifi: 60 %, lte: 40 %}}, or one name that has all. */
  Map<String, Double> shares(String key, Map<String, Double> otherwise) throws ScenarioException {
    Optional<YamlNode> node = get(key);
    if (node.isEmpty()) {
      return otherwise;
    }
    if (node.get() instanceof YamlNode.Text text) {
      return Map.of(text.text(), 1.0);
    }
    Section inner = section(key);
    Map<String, Double> shares = new LinkedHashMap<>();
    for (String name : inner.mapping.entries().keySet()) {
      shares.put(name, inner.share(name, 0));
    }
    return shares;
  }

  /** The keys and values of the mapping under {@code key}; none if there is none. */
  public Map<String, YamlNode> entries(String key) throws ScenarioException {
    return section(key).mapping.entries();
  }

  /** What is under {@code key}, unread. */
  public Optional<YamlNode> get(String key) {
    known.add(key);
    return mapping.get(key);
  }

  String place(String key) {
    return mapping.get(key).map(YamlNode::place).orElse(mapping.place());
  }

  /** Complains about the first key that nobody asked for. */
  public void end() throws ScenarioException {
    for (Map.Entry<String, YamlNode> entry : mapping.entries().entrySet()) {
      String key = entry.getKey();
      if (known.contains(key)) {
        continue;
      }
      String near = NearestWord.of(key, known);
      throw new ScenarioException(
          entry.getValue().place()
              + ": there is no '"
              + path
              + key
              + "'"
              + (near.isEmpty() ? "" : "; is '" + path + near + "' meant?"));
    }
  }

  public static List<YamlNode> listed(YamlNode node) {
    return node instanceof YamlNode.Sequence sequence ? sequence.items() : List.of(node);
  }

  private double quantity(
      String key,
      double otherwise,
      Function<String, Optional<Double>> parse,
      String kind,
      double min,
      double max)
      throws ScenarioException {
    String text = text(key, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    Optional<Double> value = parse.apply(text);
    if (value.isEmpty()) {
      throw new ScenarioException(
          place(key) + ": " + path + key + ": '" + text + "' is not " + kind);
    }
    if (value.get() < min || value.get() > max) {
      throw new ScenarioException(
          place(key)
              + ": "
              + path
              + key
              + ": '"
              + text
              + "' is too "
              + (value.get() < min ? "small" : "large"));
    }
    return value.get();
  }

  private ScenarioException wrong(YamlNode node, String key, String expected) {
    return new ScenarioException(node.place() + ": " + path + key + " is not " + expected);
  }
}
