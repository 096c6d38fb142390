package org.tidelog.node.cli.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.tidelog.node.Draft;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.TidelogException;
import org.tidelog.node.cli.imports.ImportOptions;
import org.tidelog.node.cli.imports.IrcClock;
import org.tidelog.node.cli.imports.IrcLine;
import org.tidelog.node.cli.imports.LineReader;
import org.tidelog.node.cli.imports.MalformedLineException;

/**
 * A chat to replay, all of it in memory.
 *
 * @param title what it is, for people
 * @param lines in the order they were said
 */
public record Chat(String title, List<ChatLine> lines) {
  /** The transcript that comes with the program; see ATTRIBUTION beside it. */
  private static final String SHIPPED = "ubuntu-2015-08-10.txt";

  private static final LocalDate SHIPPED_DAY = LocalDate.of(2015, 8, 10);

  /** A demonstration is to end while somebody watches. */
  private static final int LINES_MAX = 20_000;

  public Chat {
    lines = List.copyOf(lines);
  }

  /** The transcript that comes with the program. */
  public static Chat shipped() throws IOException {
    try (InputStream in = Chat.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new FileNotFoundException(SHIPPED + " is missing from the program");
      }
      return read("the #ubuntu channel on 10 August 2015", in, SHIPPED_DAY);
    }
  }

  /** The IRC transcript in {@code file}; throws {@link ErrorKind#BAD_INPUT} if it is none. */
  public static Chat of(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new TidelogException(ErrorKind.IO, file + ": it is a directory");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in, ImportOptions.DAY_DEFAULT);
    }
  }

  /** How much people said. */
  long payloadBytes() {
    return lines.stream().mapToLong(line -> line.text().length).sum();
  }

  private static Chat read(String title, InputStream in, LocalDate day) throws IOException {
    List<ChatLine> lines = new ArrayList<>();
    IrcClock clock = new IrcClock(day);
    LineReader reader = new LineReader(in);
    try {
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        if (!IrcLine.isServerLine(line)) {
          lines.add(chatLine(title, line, reader.number(), clock));
        }
        if (lines.size() > LINES_MAX) {
          throw bad(title, "more than " + LINES_MAX + " messages are too many for a demonstration");
        }
      }
    } catch (MalformedLineException e) {
      throw bad(title, String.valueOf(e.getMessage()));
    }
    if (lines.isEmpty()) {
      throw bad(title, "nobody says anything in it");
    }
    return new Chat(title, lines);
  }

  private static ChatLine chatLine(String title, byte[] line, long number, IrcClock clock) {
    IrcLine irc =
        IrcLine.parse(line)
            .orElseThrow(() -> bad(title, "line " + number + ": not a line of an IRC transcript"));
    if (irc.text().length > Draft.PAYLOAD_BYTES_MAX) {
      throw bad(title, "line " + number + ": too long for a demonstration");
    }
    Instant time = clock.time(irc.minuteOfDay());
    return new ChatLine(irc.nickText(), irc.text(), time);
  }

  private static TidelogException bad(String title, String why) {
    return new TidelogException(ErrorKind.BAD_INPUT, title + ": " + why);
  }
}
