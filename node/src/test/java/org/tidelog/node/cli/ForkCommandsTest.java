package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.Digest;
import org.tidelog.node.ForkingAuthor;

/** What the command line says of a contested log, and does with proofs. */
class ForkCommandsTest {
  private static final Digest TOPIC = Digest.of(new byte[32]);

  @TempDir Path root;
  private String name;
  private Cli reader;

  @BeforeEach
  void meetBothBranches() {
    ForkingAuthor one = new ForkingAuthor(1, TOPIC).append("both", "mine");
    name = one.name().text();
    one.publish(root.resolve("a"));
    new ForkingAuthor(1, TOPIC).append("both", "yours").publish(root.resolve("b"));
    ForkingAuthor honest = new ForkingAuthor(2, TOPIC).append("fine");
    honest.publish(root.resolve("b"));
    Cli first = new Cli(root.resolve("reader"), root.resolve("a"));
    reader = new Cli(root.resolve("reader"), root.resolve("b"));
    first.json("init", "--no-passphrase", "--display-name", "reader");
    first.json("follow", name, "--as", "log");
    first.json("follow", honest.name().text(), "--as", "log");
    first.fails(4, "fetch");
    Cli.Result met = reader.fails(3, "fetch");
    assertThat(met.json())
        .hasSize(2)
        .allSatisfy(log -> assertThat(log).containsEntry("complete", true));
    assertThat(met.errors()).extracting(e -> e.get("error")).containsOnly("fork");
  }

  @Test
  void marksContestedEntries() {
    List<Map<String, Object>> entries = reader.json("read", "log").json();

    assertThat(entries).extracting(e -> e.get("text")).contains("both", "mine", "yours", "fine");
    for (Map<String, Object> entry : entries) {
      boolean contested = List.of("mine", "yours").contains(entry.get("text"));
      assertThat(entry.containsKey("contested")).isEqualTo(contested);
      if (contested) assertThat(entry.get("branch")).isIn(0L, 1L);
    }
    assertThat(reader.run("read", "log").out()).contains("[contested, branch a]", "branch b]");
  }

  @Test
  void marksContestedEntriesInPagesToo() {
    String text = reader.run("export", "log", "-", "--format", "text").out();
    String html = reader.run("export", "log", "-", "--format", "html").out();

    assertThat(text)
        .containsPattern("\\[contested, branch [ab]\\]: mine")
        .containsPattern("\\[contested, branch [ab]\\]: yours")
        .doesNotContainPattern("contested[^\n]*: (both|fine)");
    assertThat(html).contains(">contested, branch a</span>", ">contested, branch b</span>");
    List<String> anchors = new ArrayList<>();
    Matcher articles = Pattern.compile("<article id=\"([^\"]*)\"").matcher(html);
    while (articles.find()) anchors.add(articles.group(1));
    assertThat(anchors).hasSizeGreaterThan(3).doesNotHaveDuplicates();
  }

  @Test
  void tellsWhereTheForkIs() {
    Cli.Result verified = reader.fails(3, "verify", name);
    assertThat(verified.object()).containsEntry("ok", false);
    assertThat(verified.errors().get(0).get("message").toString()).contains("from position 2 on");

    Map<String, Object> status =
        reader.json("status").json().stream()
            .filter(line -> name.equals(line.get("name")))
            .findFirst()
            .orElseThrow();
    assertThat(status).containsEntry("contested", true).containsEntry("forkPoint", 2L);
    assertThat(reader.run("status").out()).contains("(contested from 2)");
  }

  @Test
  void writesAProofThatIsCheckedWithoutAHome() throws Exception {
    Path file = root.resolve("fork.proof");
    Map<String, Object> written =
        reader.json("verify", name, "--write-proof", file.toString()).object();
    assertThat(written).containsEntry("name", name).containsEntry("forkPoint", 2L);
    assertThat(Files.size(file)).isLessThanOrEqualTo(2_048);
    assertThat(reader.fails(1, "verify", name, "--write-proof", file.toString()).errors().get(0))
        .containsEntry("error", "exists");
    byte[] before = Files.readAllBytes(file);
    reader.fails(1, "verify", "log", "--write-proof", file.toString());
    assertThat(file).hasBinaryContent(before);
    Path same = root.resolve("same.proof");
    reader.json("verify", "log", "--write-proof", same.toString());
    assertThat(same).hasBinaryContent(before);

    Cli anybody = new Cli(root.resolve("nowhere"), root.resolve("none"));
    Map<String, Object> checked = anybody.json("verify", "--proof", file.toString()).object();
    assertThat(checked)
        .containsEntry("name", name)
        .containsEntry("forkPoint", 2L)
        .containsEntry("sizes", List.of(3L, 3L))
        .containsEntry("ok", true);
    assertThat((List<?>) checked.get("ids")).hasSize(2);
    assertThat(anybody.run("verify", "--proof", file.toString()).out()).contains("The proof holds");
    assertThat(root.resolve("nowhere")).doesNotExist();
  }

  @Test
  void refusesAProofThatDoesNotHold() throws Exception {
    Path file = root.resolve("fork.proof");
    reader.json("verify", name, "--write-proof", file.toString());
    byte[] proof = Files.readAllBytes(file);
    proof[proof.length / 2] ^= 1;
    Files.write(file, proof);

    assertThat(reader.fails(3, "verify", "--proof", file.toString()).errors())
        .extracting(e -> e.get("error"))
        .containsExactly("bad-proof");
    reader.fails(1, "verify", "--proof", root.resolve("absent").toString());
    reader.fails(2, "verify", "log", "--proof", file.toString());
    reader.fails(2, "verify", "--write-proof", root.resolve("new").toString());
  }

  @Test
  void namesTheContestedLogsWhereThereAreSeveral() {
    ForkingAuthor one = new ForkingAuthor(3, TOPIC).append("both", "mine");
    one.publish(root.resolve("a"));
    new ForkingAuthor(3, TOPIC).append("both", "yours").publish(root.resolve("b"));
    reader.json("follow", one.name().text(), "--as", "log");
    new Cli(root.resolve("reader"), root.resolve("a")).fails(3, "fetch");
    reader.fails(3, "fetch");
    Path file = root.resolve("fork.proof");

    Map<String, Object> error =
        reader.fails(2, "verify", "log", "--write-proof", file.toString()).errors().get(0);

    assertThat(error.get("message").toString())
        .startsWith("cannot write a fork proof of log: 2 of its logs are contested: ")
        .contains(name, one.name().text());
    assertThat(file).doesNotExist();
    reader.json("verify", one.name().text(), "--write-proof", file.toString());
  }

  @Test
  void warnsOfAProofThatCannotBeCarriedAndPublishesAllTheSame() throws Exception {
    reader.json("topic", "create", "mine");
    reader.json("follow", name, "--as", "mine");
    Path place = root.resolve("b").resolve("forks").resolve(name);
    Files.createDirectories(place.resolve("in the way"));

    Cli.Result published = reader.json("publish", "--index");

    assertThat(published.json()).hasSize(2);
    assertThat((List<?>) published.json().get(0).get("problems")).hasSize(1);
    assertThat(published.errors())
        .singleElement()
        .satisfies(warning -> assertThat(warning).containsEntry("warning", "mirror-unwritable"));
    assertThat(reader.run("publish").err())
        .startsWith("tidelog: warning: " + name)
        .contains("its fork proof could not be put there: ");
  }
}
