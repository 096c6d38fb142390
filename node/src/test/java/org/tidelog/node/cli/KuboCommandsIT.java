package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.node.ipfs.KuboNode;

/** What a person sees of a mirror on a real Kubo. */
final class KuboCommandsIT {
  private static final int LINES = 1_500;
  private static final String SECRET = "a-word-that-nobody-may-see";
  private static final String WRONG = "another-word-that-nobody-may-see";

  @TempDir Path folder;

  @Test
  void saysWhatToTypeToSeeALog() throws Exception {
    try (KuboNode node = KuboNode.started()) {
      Terminal kim = writer("kim", node);

      String said = kim.run("publish").out();

      assertThat(said)
          .containsPattern("\\d+ blocks, [0-9.]+ kB written")
          .contains("in kubo:" + node.rpc() + ", valid until ");
      assertThat(typed(said, node))
          .hasSize(2)
          .anySatisfy(answer -> assertThat(answer).startsWith("/ipfs/bafy"))
          .anySatisfy(answer -> assertThat(answer).startsWith("{\"children\":[["));
    }
  }

  /** Runs what it says one can type. */
  private static List<String> typed(String said, KuboNode node) throws Exception {
    List<String> answers = new ArrayList<>();
    Matcher commands =
        Pattern.compile("ipfs ([a-z]+) ([a-z]+) (?:--nocache )?(\\w+)$", Pattern.MULTILINE)
            .matcher(said);
    while (commands.find()) {
      answers.add(node.ipfs(commands.group(1), commands.group(2), commands.group(3)));
    }
    return answers;
  }

  @Test
  void findsNothingWrongInAnyKindOfLayer() throws Exception {
    try (KuboNode node = KuboNode.started()) {
      Terminal kim = writer("kim", node);
      String name = text(kim.run("publish", "--json"), "name");

      Cli.Result all =
          kim.run(
              "doctor",
              name,
              "--mirror=kubo:" + node.rpc(),
              "--mirror=gateway:" + node.gateway(),
              "--mirror=delegated:" + node.gateway());

      assertThat(all.exitCode()).as(all.out() + all.err()).isZero();
      assertThat(all.out())
          .containsPattern("answers.*Kubo 0\\.[0-9.]+, peers: 0; try: others find")
          .contains("a gateway", "delegated routing");
      assertThat(all.out().lines().filter(line -> line.contains(" record ")).toList()).hasSize(3);
      assertThat(all.out().lines().filter(line -> line.contains(" page ")).toList()).hasSize(2);
    }
  }

  @Test
  void findsWhatANodeDoesNotHave() throws Exception {
    try (KuboNode node = KuboNode.started();
        KuboNode empty = KuboNode.started()) {
      Terminal kim = writer("kim", node);
      String name = text(kim.run("publish", "--json"), "name");

      Cli.Result result =
          kim.run("doctor", name, "--mirror=kubo:" + empty.rpc(), "--mirror=gateway:" + node.rpc());

      assertThat(result.exitCode()).isEqualTo(ExitCodes.INCOMPLETE);
      assertThat(result.out())
          .containsPattern("FAIL +kubo:.* record .*it has none")
          .containsPattern("FAIL +kubo:.* index .*")
          .containsPattern("FAIL +gateway:.* answers ");
    }
  }

  @Test
  void givesAnotherNodeARecordThatSomebodyElseSigned() throws Exception {
    try (KuboNode node = KuboNode.started();
        KuboNode other = KuboNode.started()) {
      Terminal kim = writer("kim", node);
      String name = text(kim.run("publish", "--json"), "name");
      Terminal lee = new Terminal(folder.resolve("lee"));
      lee.run("init", "--no-passphrase");
      lee.run("follow", name, "--as", "kim");
      lee.run("fetch", "--mirror=kubo:" + node.rpc());

      Cli.Result first = lee.run("republish", "--json", "--mirror=kubo:" + other.rpc());
      Cli.Result again = lee.run("republish", "--json", "--mirror=kubo:" + other.rpc());
      kim.run("append", "trip", "one more");
      kim.run("publish", "--mirror=kubo:" + node.rpc());
      Cli.Result newer = lee.run("republish", "--json", "--mirror=kubo:" + node.rpc());

      assertThat(List.of(first, again, newer))
          .allSatisfy(result -> assertThat(result.exitCode()).as(result.err()).isZero());
      assertThat(other.ipfs("name", "resolve", name)).startsWith("/ipfs/bafy");
      assertThat(first.object()).containsEntry("layers", List.of("kubo:" + other.rpc()));
      assertThat(again.object()).containsEntry("layers", List.of("kubo:" + other.rpc()));
      assertThat(newer.object())
          .containsEntry("layers", List.of())
          .containsEntry("newer", List.of("kubo:" + node.rpc()));
    }
  }

  @Test
  void countsWhatALayerWasAskedFor() throws Exception {
    try (KuboNode node = KuboNode.started()) {
      Terminal kim = writer("kim", node);
      kim.run("publish");
      node.stop();
      kim.run("publish", "--mirror=kubo:" + node.rpc(), "--mirror=" + folder.resolve("mirror"));

      Cli.Result status = kim.run("status", "--json");
      String people = kim.run("status").out();

      Map<String, Object> device = status.json().get(status.json().size() - 1);
      assertThat((List<?>) device.get("layers"))
          .singleElement()
          .asString()
          .contains("name=kubo:" + node.rpc(), "failures=1,", "lastFailure=nothing answers there")
          .contains("requests=", "bytesRead=", "bytesWritten=", "millis=", "lastFailureAt=");
      assertThat(people)
          .containsPattern("kubo:\\S+: \\d+ requests, .* written, .*; 1 failed, the last just now");
    }
  }

  @Test
  void showsNoTokenWhateverHappens() throws Exception {
    try (KuboNode node = KuboNode.create().requireSecret("bearer:" + SECRET).start()) {
      Terminal kim = writer("kim", node);
      StringBuilder shown = new StringBuilder();
      Cli.Result none = doctor(kim, shown);
      tokens(kim, node, "bearer:" + WRONG);
      Cli.Result refused = doctor(kim, shown);
      Cli.Result unpublished = kim.run("publish", "--verbose", "--json");
      everything(kim, shown);
      tokens(kim, node, "bearer:" + SECRET);
      Cli.Result allowed = doctor(kim, shown);
      Cli.Result published = kim.run("publish", "--verbose", "--json");
      everything(kim, shown);

      assertThat(none.exitCode()).isEqualTo(ExitCodes.INCOMPLETE);
      assertThat(none.out()).contains("it wants a token, and none is known (HTTP 403)");
      assertThat(refused.exitCode()).isEqualTo(ExitCodes.INCOMPLETE);
      assertThat(refused.out())
          .contains("it refuses the token that it was sent (HTTP 403)", "the home's file tokens");
      assertThat(unpublished.exitCode()).isNotZero();
      assertThat(published.exitCode()).as(published.err()).isZero();
      assertThat(allowed.out()).contains("Kubo 0.");
      assertThat(shown + unpublished.out() + unpublished.err() + published.out() + published.err())
          .contains("HTTP 403")
          .doesNotContain(SECRET)
          .doesNotContain(WRONG);
    }
  }

  private static Cli.Result doctor(Terminal terminal, StringBuilder shown) {
    Cli.Result result = terminal.run("doctor", "--verbose");
    shown.append(result.out()).append(result.err());
    return result;
  }

  private static void everything(Terminal terminal, StringBuilder shown) {
    for (String words :
        List.of(
            "publish --verbose",
            "republish --verbose --json",
            "fetch --verbose",
            "config list",
            "config get mirror --json",
            "status",
            "status --json",
            "doctor --json trip")) {
      shown.append(terminal.shown(words.split(" ")));
    }
  }

  private static void tokens(Terminal terminal, KuboNode node, String secret) throws IOException {
    Path file = terminal.home().resolve("tokens");
    Files.writeString(file, "kubo:" + node.rpc() + " = " + secret + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** A device whose mirror is the node, with a log that has an index, not published yet. */
  private Terminal writer(String name, KuboNode node) throws IOException {
    Terminal terminal = new Terminal(folder.resolve(name));
    Path lines = Files.writeString(folder.resolve("lines"), "of some length\n".repeat(LINES));
    for (String words :
        List.of(
            "init --no-passphrase",
            "config set mirror kubo:" + node.rpc(),
            "topic create trip --open",
            "import trip " + lines + " --format lines")) {
      Cli.Result result = terminal.run(words.split(" "));
      assertThat(result.exitCode()).as(result.err()).isZero();
    }
    return terminal;
  }

  private static String text(Cli.Result result, String field) {
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.text(field);
  }
}
