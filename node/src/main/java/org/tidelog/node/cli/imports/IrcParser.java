package org.tidelog.node.cli.imports;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/**
 * Format {@code irc}: a transcript of one person (their text alone) or of everybody ({@code <nick>
 * text}).
 */
final class IrcParser implements LineParser {
  private final Optional<byte[]> author;
  private final IrcClock clock;

  IrcParser(Optional<String> author, LocalDate day) {
    this.author = author.map(nick -> nick.getBytes(StandardCharsets.UTF_8));
    this.clock = new IrcClock(day);
  }

  @Override
  public ParsedLine parse(byte[] line, long number) throws MalformedLineException {
    byte[] bare = number == 1 ? ByteOrderMark.dropped(line) : line;
    if (IrcLine.isServerLine(bare)) {
      return new ParsedLine.LeftOut();
    }
    IrcLine irc = IrcLine.parse(bare).orElse(null);
    if (irc == null) {
      throw MalformedLineException.quoting(number, "not a line of an IRC transcript", line);
    }
    // Before looking at the author: the days are counted over everybody's lines.
    Instant time = clock.time(irc.minuteOfDay());
    if (author.isPresent() && !Arrays.equals(author.get(), irc.nick())) {
      return new ParsedLine.Foreign();
    }
    byte[] payload = author.isPresent() ? irc.text() : irc.attributed();
    return new ParsedLine.Entry(new ImportItem(payload, Optional.of(time)));
  }
}
