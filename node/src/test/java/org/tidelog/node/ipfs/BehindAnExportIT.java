package org.tidelog.node.ipfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.node.cli.Cli;

/** What {@code ipfs dag export} wrote of a home's own log, read by that home. */
final class BehindAnExportIT {
  private static final int LINES = 2_000;

  @TempDir Path folder;
  private KuboNode node;
  private Cli kim;
  private Path home;
  private String name;
  private Path exported;
  private final Map<Path, byte[]> snapshot = new LinkedHashMap<>();

  @BeforeEach
  void publishMoreThanASnapshotKnows() throws Exception {
    node = KuboNode.started();
    home = folder.resolve("kim");
    kim = new Cli(home, folder.resolve("none"));
    kim.json("init", "--no-passphrase");
    name = kim.json("topic", "create", "trip", "--open").text("name");
    kim.json("append", "trip", "the first");
    for (String file : List.of("log.db", "keys", "sizes")) {
      snapshot.put(home.resolve(file), Files.readAllBytes(home.resolve(file)));
    }
    Path lines = folder.resolve("lines");
    Files.write(lines, IntStream.range(0, LINES).mapToObj(i -> "line " + i).toList());
    kim.json("import", "trip", lines.toString(), "--format", "lines");
    String root = kim.at("kubo:" + node.rpc()).json("publish").text("root");
    exported = folder.resolve("exported.car");
    Files.write(exported, node.bytes("dag", "export", "--progress=false", root).out());
  }

  @AfterEach
  void endTheNode() throws Exception {
    if (node != null) node.close();
  }

  /** As a snapshot of a file system does: files have the numbers and times that they had. */
  private void rollBack() throws IOException {
    for (Map.Entry<Path, byte[]> file : snapshot.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
  }

  @Test
  void makesANewDeviceOfAHomeThatIsBehind() throws Exception {
    rollBack();

    Cli.Result imported = kim.json("import-car", exported.toString());

    assertThat(imported.err()).contains("behind");
    assertThat(imported.object()).containsEntry("topic", "trip").containsEntry("name", name);
    assertThat((Long) imported.object().get("entries")).isBetween(LINES - 100L, (long) LINES);
    kim.json("append", "trip", "the last");
    List<String> texts =
        kim.json("read", "trip").json().stream()
            .map(entry -> String.valueOf(entry.get("text")))
            .toList();
    assertThat(texts).startsWith("the first", "line 0").endsWith("the last");
    assertThat(kim.json("publish").text("name")).isNotEqualTo(name);
    assertThat(kim.json("verify", "trip").json())
        .allSatisfy(log -> assertThat(log).containsEntry("ok", true));
  }

  @Test
  void isRefusedByAHomeThatHasItAll() {
    Cli.Result refused = kim.fails(3, "import-car", exported.toString());

    assertThat(refused.err()).contains("it is a log of this device, which has it already");
    assertThat(kim.json("append", "trip", "the last").text("name")).isEqualTo(name);
  }
}
