package org.tidelog.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations as files: what is in them, and what can never be. */
final class ExportTest {
  @TempDir Path folder;
  private Cli kim;

  @BeforeEach
  void makeADevice() {
    kim = new Cli(folder.resolve("kim"), folder.resolve("mirror"));
    kim.json("init", "--no-passphrase", "--display-name", "Kim");
    kim.json("topic", "create", "trip", "--open");
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void append(String time, String text) {
    kim.json("append", "trip", "--time", time, "--", text);
  }

  @Test
  void givesBackToImportWhatItWrote() throws IOException {
    append("2026-01-31T12:00:00Z", "with \"quotes\", a tab\tand ünïcode 🌊");
    append("2026-01-31T12:00:01.250Z", "");
    Path lines = folder.resolve("lines");
    Files.write(lines, new byte[] {(byte) 0xff, 0, 1, '\n'});
    kim.json("import", "trip", lines.toString(), "--format", "lines");
    append("2026-02-01T12:00:00Z", "taken back");
    kim.json("delete", "trip", "4");

    Cli.Result written = kim.json("export", "trip", file("trip.jsonl"), "--format", "jsonl");
    Cli.Result printed = kim.run("export", "trip", "--format", "jsonl");
    kim.json("topic", "create", "copy");
    Cli.Result taken = kim.json("import", "copy", file("trip.jsonl"), "--format", "jsonl");

    assertThat(written.object()).containsEntry("entries", 4L).containsEntry("topic", "trip");
    assertThat((Long) written.object().get("bytes"))
        .isEqualTo(Files.size(Path.of(file("trip.jsonl"))));
    assertThat(read("trip.jsonl")).isEqualTo(printed.out());
    assertThat(read("trip.jsonl")).isEqualTo(kim.json("read", "trip").out());
    assertThat(taken.object()).containsEntry("entries", 3L).containsEntry("skipped", 1L);
    assertThat(contents("copy")).isEqualTo(contents("trip").subList(0, 3));
  }

  private List<String> contents(String topic) {
    List<String> contents = new ArrayList<>();
    for (Map<String, Object> entry : kim.json("read", topic).json()) {
      contents.add(entry.get("time") + " " + entry.get("text") + " " + entry.get("base64"));
    }
    return contents;
  }

  @Test
  void writesAPageThatLoadsNothingAndEscapesEverything() {
    append("2026-01-31T12:00:00Z", "<script>alert(1)</script>&amp;\"'");
    append("2026-01-31T12:01:00Z", "<img src=x onerror=alert(2)>\nhttps://example.org/x.png");
    append("2026-02-01T12:00:00Z", "right \u202e to left \u2067 and \u0000\u001b[2J\u0085");
    append("2026-02-01T12:00:01Z", "</style></p></article><link rel=stylesheet href=//x>");

    kim.json("export", "trip", file("trip.html"), "--format", "html");

    String page = read("trip.html");
    assertThat(page)
        .startsWith("<!doctype html>\n<html lang=\"en\">")
        .contains("default-src 'none'")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&quot;&#39;")
        .contains("<h1 dir=\"auto\">trip</h1>")
        .contains(">Saturday, 31 January 2026</time></h2>")
        .contains(">Sunday, 1 February 2026</time></h2>")
        .contains("\u2400\u241b[2J\ufffd");
    assertThat(page)
        .doesNotContain("<script", "<img", "<link", "url(", "@import", "javascript:")
        .doesNotContain("\u202e", "\u2067", "\u0000", "\u001b");
    assertThat(page.replaceAll("href=\"#[0-9a-z]+-[0-9]+\"", "")).doesNotContain("href=\"");
    assertThat(count(page, "<article ")).isEqualTo(4);
    assertThat(count(page, "<section>")).isEqualTo(2).isEqualTo(count(page, "</section>"));
    assertThat(count(page, "<div")).isEqualTo(count(page, "</div>"));
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  @Test
  void escapesNamesAndLabelsToo() {
    Cli lee = new Cli(folder.resolve("lee"), folder.resolve("mirror"));
    lee.json("init", "--no-passphrase", "--display-name", "<b onclick=x>\"lee\" & \u202eco");
    lee.json("topic", "create", "<i>topic");
    lee.json("append", "<i>topic", "hi");

    lee.json("export", "<i>topic", file("lee.html"), "--format", "html");

    assertThat(read("lee.html"))
        .contains("<title>&lt;i&gt;topic</title>")
        .contains("&lt;b onclick=x&gt;&quot;lee&quot; &amp; \ufffdco</b>")
        .doesNotContain("<i>", "<b onclick", "\u202e");
  }

  @Test
  void tellsOfEntriesThatAreNotThere() throws IOException {
    append("2026-01-31T12:00:00Z", "taken back");
    append("2026-01-31T12:01:00Z", "stays");
    kim.json("delete", "trip", "1");
    Path lines = folder.resolve("lines");
    Files.writeString(lines, ("x".repeat(200) + "\n").repeat(2000));
    kim.json("import", "trip", lines.toString(), "--format", "lines");
    String name = kim.json("publish").text("name");
    Cli lee = new Cli(folder.resolve("lee"), folder.resolve("mirror"));
    lee.json("init", "--no-passphrase");
    lee.json("follow", name, "--as", "trip");
    lee.json("fetch", "--max-bytes", "100000");

    lee.json("export", "trip", file("gaps.html"), "--format", "html");
    lee.json("export", "trip", file("gaps.txt"), "--format", "text");
    kim.json("export", "trip", file("whole.html"), "--format", "html");

    assertThat(read("gaps.html")).contains("<p class=\"gap\">").contains("are not here</p>");
    assertThat(read("gaps.txt")).contains(" are not here)");
    assertThat(read("whole.html"))
        .contains("<p class=\"note\">deleted</p>")
        .doesNotContain("gap\">");
    Cli.Result refused = lee.fails(4, "export", name, file("gaps.car"));
    assertThat(refused.err()).contains("not all of its entries are here").contains("tidelog fetch");
  }

  @Test
  void writesTextForReading() {
    append("2026-01-31T12:00:00Z", "one\n\ntwo \u001b[31m");
    append("2026-02-01T12:00:00Z", "next day");

    kim.json("export", "trip", file("trip.txt"), "--format", "text");

    assertThat(read("trip.txt"))
        .contains("Kim: one\n\n       two \u241b[31m\n\nSunday, 1 February 2026\n\n")
        .endsWith("Kim: next day\n");
    assertThat(kim.run("export", "trip", "-", "--format", "text").out())
        .isEqualTo(read("trip.txt"));
  }

  @Test
  void leavesTheOldFileAndNothingElseWhereItFails() throws IOException {
    Files.writeString(folder.resolve("old.car"), "old");
    Cli.Result unknown = kim.fails(1, "export", "nothing", file("old.car"));
    Cli.Result stdout = kim.fails(2, "export", "trip", "-");
    Cli.Result json = kim.fails(2, "export", "trip", "--format", "html");
    Cli.Result nowhere = kim.fails(1, "export", "trip", file("no/where.html"), "--format", "html");

    assertThat(read("old.car")).isEqualTo("old");
    assertThat(unknown.errors().get(0)).containsEntry("error", "not-found");
    assertThat(stdout.err()).contains("not for standard output");
    assertThat(json.err()).contains("only JSON");
    assertThat(nowhere.err()).contains("cannot write");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString())).noneMatch(f -> f.startsWith(".tmp"));
    }
  }

  @Test
  void readsACarFileWithTheFindingsOfAFetch() throws IOException {
    append("2026-01-31T12:00:00Z", "by stick");
    Cli.Result written = kim.json("export", "trip", file("trip.car"));
    String name = written.text("name");
    Cli lee = new Cli(folder.resolve("lee"), folder.resolve("none"));
    lee.json("init", "--no-passphrase");

    byte[] good = Files.readAllBytes(folder.resolve("trip.car"));
    good[good.length - 1] ^= 1;
    Files.write(folder.resolve("bad.car"), good);
    Cli.Result bad = lee.fails(3, "import-car", file("bad.car"));
    Files.writeString(folder.resolve("text.car"), "this is no CAR file\n");
    Cli.Result text = lee.fails(3, "import-car", file("text.car"));
    Cli.Result none = lee.fails(1, "import-car", file("none.car"));
    assertThat(lee.json("topic", "list").json()).isEmpty();
    Cli.Result taken = lee.json("import-car", file("trip.car"));

    assertThat(bad.errors().get(0)).containsEntry("error", "bad-car");
    assertThat(text.errors().get(0)).containsEntry("error", "bad-car");
    assertThat(none.errors().get(0)).containsEntry("error", "not-found");
    assertThat(taken.object())
        .containsEntry("name", name)
        .containsEntry("entries", 2L)
        .containsEntry("complete", true)
        .containsEntry("file", file("trip.car"));
    assertThat(lee.json("read", name).object()).containsEntry("text", "by stick");
    assertThat(lee.json("verify", name).object()).containsEntry("ok", true);
  }

  @Test
  void isValidUtf8WhateverWasWritten() {
    append("2026-01-31T12:00:00Z", "\ud83c\udf0a family \u200d \u0130");
    kim.json("export", "trip", file("trip.html"), "--format", "html");

    assertThat(read("trip.html").getBytes(StandardCharsets.UTF_8)).isNotEmpty();
  }
}
