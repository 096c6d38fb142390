package org.tidelog.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.tidelog.node.cli.imports.IrcClock;
import org.tidelog.node.cli.imports.IrcLine;
import org.tidelog.node.cli.imports.LineReader;
import org.tidelog.node.cli.imports.MalformedLineException;

/** The transcript of an IRC channel whose file's name begins with its day, {@code yyyy-mm-dd}. */
record Chat(String name, List<Line> lines) {
  private static final int DAY_CHARACTERS = "yyyy-mm-dd".length();

  Chat {
    lines = List.copyOf(lines);
  }

  /** What one person said. */
  record Line(String nick, byte[] text, Instant time) {}

  static Chat read(Path file) throws IOException, MalformedLineException {
    String name = file.getFileName().toString().substring(0, DAY_CHARACTERS);
    IrcClock clock = new IrcClock(LocalDate.parse(name));
    List<Line> lines = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      LineReader reader = new LineReader(in);
      for (byte[] bytes = reader.next(); bytes != null; bytes = reader.next()) {
        if (IrcLine.isServerLine(bytes)) continue;
        IrcLine line = IrcLine.parse(bytes).orElseThrow(() -> new IOException("no chat: " + file));
        lines.add(new Line(line.nickText(), line.text(), clock.time(line.minuteOfDay())));
      }
    }
    return new Chat(name, lines);
  }

  /** Lines of one person that follow each other, as one. */
  List<List<Line>> turns() {
    List<List<Line>> turns = new ArrayList<>();
    for (Line line : lines) {
      boolean goesOn =
          !turns.isEmpty() && turns.get(turns.size() - 1).get(0).nick().equals(line.nick());
      if (!goesOn) turns.add(new ArrayList<>());
      turns.get(turns.size() - 1).add(line);
    }
    return turns;
  }
}
