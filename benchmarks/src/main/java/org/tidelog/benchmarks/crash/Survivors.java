package org.tidelog.benchmarks.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * For {@code powercut.sh}: makes a scene on the disk whose power is to be cut, and checks what is
 * on the copy of that disk against what was acknowledged before it was taken.
 */
public final class Survivors {
  private Survivors() {}

  /** Arguments: {@code make FOLDER}, or {@code check FOLDER TRANSCRIPT}. */
  public static void main(String[] words) throws IOException {
    Path folder = Path.of(words[1]);
    if (words[0].equals("make")) {
      Scene.make(folder);
      return;
    }
    Ledger ledger = new Ledger();
    List<String> lines = whole(Files.readString(Path.of(words[2]), StandardCharsets.UTF_8));
    ledger.hear(lines);
    new Check(new Scene(folder), ledger).all();
    long acknowledged = lines.stream().filter(line -> line.startsWith("ack")).count();
    System.out.println(
        acknowledged + " acknowledgments, " + ledger.entries() + " entries: all there");
  }

  /** The last line may have been cut as well. */
  private static List<String> whole(String text) {
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }
}
