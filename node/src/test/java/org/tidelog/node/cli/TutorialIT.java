package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.node.ipfs.KuboNode;

/**
 * Runs the commands of {@code docs/ipfs.md} against a real Kubo, and compares what they print with
 * what the page says. Names, CIDs, sizes and times may be others.
 */
final class TutorialIT {
  private static final Path PAGE = Path.of("..", "docs", "ipfs.md");
  private static final Pattern PROMPT = Pattern.compile("(alice|bob)\\$ (.*)");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  /** What the page and this run call by names of their own. */
  private static final Pattern NAME = Pattern.compile("k51[a-z0-9]{59}|baf[a-z0-9]{50,}");

  private static final Map<String, String> VARYING =
      Map.of(
          "k51[a-z0-9]{59}", "NAME",
          "baf[a-z0-9]{50,}", "CID",
          "12D3Koo\\w+", "PEER",
          "\\b[0-9a-f]{64}\\b", "ID",
          "\"bytes\":\"[^\"]*\"", "BYTES",
          "\\d{4}-\\d\\d-\\d\\d(T| )\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?Z)?", "TIME",
          "\\b[0-9.]+ (ms|s)\\b", "MILLIS",
          "\\b[0-9.]+ k?B\\b", "SIZE",
          " +", " ");

  /** A command of the page, whose it is, and what it prints there. */
  private record Step(String who, String command, String printed) {}

  @TempDir Path folder;

  /** From the page's names to those of this run. */
  private final Map<String, String> names = new HashMap<>();

  @Test
  void printsWhatThePageSays() throws Exception {
    List<Step> steps = steps();
    assertThat(steps).hasSizeGreaterThan(10);
    StringBuilder expected = new StringBuilder();
    StringBuilder actual = new StringBuilder();
    try (KuboNode node = KuboNode.started()) {
      for (Step step : steps) {
        String printed = run(step, node).stripTrailing();
        bind(step.printed, printed);
        String prompt = "\n" + step.who + "$ " + step.command + "\n";
        expected.append(prompt).append(alike(step.printed));
        actual.append(prompt).append(alike(printed));
      }
    }

    assertThat(actual.toString()).isEqualTo(expected.toString());
  }

  private static List<Step> steps() throws Exception {
    List<Step> steps = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("```")) {
        inside = line.equals("```console");
        continue;
      }
      if (!inside) continue;
      Matcher prompt = PROMPT.matcher(line);
      if (prompt.matches()) {
        steps.add(new Step(prompt.group(1), prompt.group(2), ""));
      } else {
        Step step = steps.remove(steps.size() - 1);
        String printed = step.printed.isEmpty() ? line : step.printed + "\n" + line;
        steps.add(new Step(step.who, step.command, printed));
      }
    }
    return steps;
  }

  /** With the page's home, ports and file in place of ours. */
  private String run(Step step, KuboNode node) throws Exception {
    List<String> words = words(step.command, node);
    Path home = folder.resolve(step.who);
    String program = words.remove(0);
    String printed =
        program.equals("ipfs")
            ? node.ipfs(words.toArray(new String[0]))
            : new Terminal(home).shown(words.toArray(new String[0]));
    return printed
        .replace(home.toString(), "/home/" + step.who + "/.tidelog")
        .replace(node.rpc().toString(), "http://127.0.0.1:5001")
        .replace(node.gateway().toString(), "http://127.0.0.1:8080");
  }

  private List<String> words(String command, KuboNode node) {
    String ours =
        NAME.matcher(command)
            .replaceAll(name -> names.getOrDefault(name.group(), name.group()))
            .replace("http://127.0.0.1:5001", node.rpc().toString())
            .replace("http://127.0.0.1:8080", node.gateway().toString());
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(ours);
    while (matcher.find()) {
      String word = matcher.group().replaceAll("^[\"']|[\"']$", "");
      words.add(word.equals("LICENSE") ? Path.of("..", "LICENSE").toString() : word);
    }
    return words;
  }

  /** What is printed at the same place is the same thing. */
  private void bind(String page, String ours) {
    List<String> theirs = NAME.matcher(page).results().map(MatchResult::group).toList();
    List<String> here = NAME.matcher(ours).results().map(MatchResult::group).toList();
    for (int i = 0; i < Math.min(theirs.size(), here.size()); i++) {
      names.put(theirs.get(i), here.get(i));
    }
  }

  /** People see the first characters behind what all names begin with. */
  private String alike(String printed) {
    String alike = printed;
    for (Map.Entry<String, String> varying : VARYING.entrySet()) {
      alike = alike.replaceAll(varying.getKey(), varying.getValue());
    }
    for (Map.Entry<String, String> name : names.entrySet()) {
      alike = alike.replace(brief(name.getKey()), "BRIEF").replace(brief(name.getValue()), "BRIEF");
    }
    return alike;
  }

  private static String brief(String name) {
    return name.startsWith("k51") ? name.substring(12, 20) : name;
  }
}
