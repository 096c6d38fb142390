package org.tidelog.benchmarks.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.tidelog.node.Progress;
import org.tidelog.node.PublishOptions;
import org.tidelog.node.Tidelog;
import org.tidelog.node.TidelogOptions;

/**
 * Kills processes, one after the other, each doing another kind of thing, and checks after each
 * what is left. Everything but the moment at which the operating system ends a process follows from
 * a seed.
 */
public final class Crashes {
  /** So that checking what is there stays quick. */
  private static final int SCENE_KILLS_MAX = 40;

  private static final long SCENE_ENTRIES_MAX = 6_000;

  /** A command ends by itself within that, nearly always. */
  private static final long COMMAND_MILLIS_MAX = 2_500;

  private final Path folder;
  private final Random random;
  private final Tally tally = new Tally();
  private int scenes;
  private int kills;
  private Stage stage;

  private Crashes(Path folder, long seed) throws IOException {
    this.folder = folder;
    this.random = new Random(seed);
    this.stage = newStage();
  }

  /** A scene, all that is known of it, and how another device gets in. */
  private record Stage(Scene scene, Ledger ledger, String name, String invitation) {}

  /** Arguments: a folder, {@code --kills N}, {@code --seed N}. Prints a table. */
  public static void main(String[] words) throws IOException, InterruptedException {
    Arguments arguments = Arguments.parse(words);
    long seed = arguments.number("seed", System.nanoTime() & 0xffff_ffffL);
    int count = (int) arguments.number("kills", 60);
    Path folder = Files.createDirectories(arguments.folder());
    System.err.println("seed " + seed);
    System.out.print(run(folder, seed, count, System.err::println));
  }

  /** Told how far it is. */
  interface Watcher {
    void at(String line);
  }

  /**
   * Kills so many processes.
   *
   * @return a table of what was killed when
   * @throws Ledger.Contradiction with the seed and the kill's number, if something does not hold;
   *     the folder then has what it was found in
   */
  static String run(Path folder, long seed, int count, Watcher watcher)
      throws IOException, InterruptedException {
    Path root = Files.createTempDirectory(folder, "tidelog-crash-");
    Crashes crashes = new Crashes(root, seed);
    Operation[] operations = Operation.values();
    for (int i = 0; i < count; i++) {
      Operation operation = operations[i % operations.length];
      try {
        crashes.one(operation);
      } catch (RuntimeException | IOException e) {
        throw new IllegalStateException(
            "seed "
                + seed
                + ", kill "
                + i
                + " ("
                + operation.word()
                + ") in "
                + crashes.stage.scene.folder()
                + ": "
                + e.getMessage(),
            e);
      }
      if ((i + 1) % 20 == 0) watcher.at((i + 1) + " of " + count + " kills");
    }
    Trees.delete(root);
    return crashes.tally.table();
  }

  private Stage newStage() throws IOException {
    Scene scene = Scene.make(folder.resolve("scene-" + scenes++));
    Ledger ledger = new Ledger();
    kills = 0;
    try (Tidelog writer = scene.open(scene.writer())) {
      writer.topic("trip").orElseThrow().append("the first entry");
      ledger.compare(writer, true);
      writer.publish(null, PublishOptions.defaults(), Progress.none());
      return new Stage(
          scene,
          ledger,
          writer.topic("trip").orElseThrow().name().orElseThrow().text(),
          writer.topic("den").orElseThrow().invitation().text());
    }
  }

  private void one(Operation operation) throws IOException, InterruptedException {
    if (kills++ == SCENE_KILLS_MAX || stage.ledger.entries() > SCENE_ENTRIES_MAX) {
      Trees.delete(stage.scene.folder());
      stage = newStage();
    }
    switch (operation) {
      case COMMAND -> command();
      case FETCH -> fetch();
      case MIGRATE -> migrate();
      case RENEW -> renew();
      case CARRY -> carry();
      case BACKUP -> backup();
      default -> {
        Trial.Outcome outcome = new Trial(stage.scene, random.nextLong()).worker(operation);
        tally.add(operation, outcome.inside());
        stage.ledger.hear(outcome.lines());
        new Check(stage.scene, stage.ledger).all();
      }
    }
  }

  private void command() throws IOException, InterruptedException {
    Commands commands = new Commands(stage.scene, random.nextLong());
    Path input = commands.input();
    Trial.Outcome outcome =
        new Trial(stage.scene, random.nextLong())
            .command(commands.any(input), input, COMMAND_MILLIS_MAX);
    tally.add(Operation.COMMAND, outcome.inside());
    stage.ledger.hear(commands.heard(outcome.lines()));
    new Check(stage.scene, stage.ledger).all();
  }

  private void fetch() throws IOException, InterruptedException {
    Check check = new Check(stage.scene, stage.ledger);
    check.writer();
    Trial.Outcome outcome = new Trial(stage.scene, random.nextLong()).worker(Operation.FETCH);
    tally.add(Operation.FETCH, outcome.inside());
    Optional<String> left = Words.last(outcome.lines(), "begin init ");
    check.other(Path.of(left.orElseThrow()), stage.name, stage.invitation);
    Trees.delete(stage.scene.others());
  }

  private void renew() throws IOException, InterruptedException {
    Trial.Outcome outcome = new Trial(stage.scene, random.nextLong()).worker(Operation.RENEW);
    tally.add(Operation.RENEW, outcome.inside());
    String begun = Words.last(outcome.lines(), "begin renew ").orElseThrow();
    Ledger ledger = stage.ledger.copy();
    List<String> lines = outcome.lines();
    ledger.hear(lines.subList(lines.lastIndexOf("begin renew " + begun), lines.size()));
    new Check(new Scene(Path.of(begun)), ledger).renewed(stage.ledger);
    Trees.delete(stage.scene.others());
  }

  private void carry() throws IOException, InterruptedException {
    Trial.Outcome outcome = new Trial(stage.scene, random.nextLong()).worker(Operation.CARRY);
    tally.add(Operation.CARRY, outcome.inside());
    stage.ledger.hear(outcome.lines());
    Check check = new Check(stage.scene, stage.ledger);
    check.all();
    Path file = stage.scene.others().resolve("trip.car");
    Path fresh = stage.scene.others().resolve("fresh");
    check.carried(fresh, file, Words.exported(outcome.lines()));
    Optional<String> left = Words.last(outcome.lines(), "begin carry ");
    if (left.isPresent()) check.carried(Path.of(left.get()), file, 0);
    Trees.delete(stage.scene.others());
  }

  private void backup() throws IOException, InterruptedException {
    Trial.Outcome outcome = new Trial(stage.scene, random.nextLong()).worker(Operation.BACKUP);
    tally.add(Operation.BACKUP, outcome.inside());
    List<String> known = Words.until(outcome.lines(), "ack backed-up ");
    Ledger ledger = stage.ledger.copy();
    ledger.hear(known);
    stage.ledger.hear(outcome.lines());
    new Check(stage.scene, stage.ledger).all();
    Check check = new Check(stage.scene, ledger);
    Path file = stage.scene.others().resolve("backup");
    Ledger.require(known.isEmpty() || Files.exists(file), "a backup that was acknowledged is gone");
    if (Files.exists(file)) {
      check.restored(stage.scene.others().resolve("fresh"), file);
      Optional<String> left = Words.last(outcome.lines(), "begin restore ");
      if (left.isPresent()) check.restored(Path.of(left.get()), file);
    }
    Trees.delete(stage.scene.others());
  }

  private void migrate() throws IOException, InterruptedException {
    Trial.Outcome outcome = new Trial(stage.scene, random.nextLong()).worker(Operation.MIGRATE);
    tally.add(Operation.MIGRATE, outcome.inside());
    Path home = Path.of(Words.last(outcome.lines(), "begin migrate ").orElseThrow());
    List<String> lines = outcome.lines();
    Ledger ledger = new Ledger();
    OldHome.tell(ledger);
    ledger.hear(lines.subList(lines.lastIndexOf("begin migrate " + home), lines.size()));
    for (int again = 0; again < 2; again++) {
      try (Tidelog old = Tidelog.open(home, TidelogOptions.defaults())) {
        Check.verified(old, true);
        ledger.compare(old, true);
        old.topic("trip").orElseThrow().append("and goes on");
        old.publish(null, PublishOptions.defaults(), Progress.none());
      }
    }
    Trees.delete(stage.scene.others());
  }
}
