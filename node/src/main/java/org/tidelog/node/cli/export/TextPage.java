package org.tidelog.node.cli.export;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.cli.output.Printable;
import org.tidelog.node.cli.output.Words;

/** Plain text: a heading a day, a line an entry, further lines of a text set in. */
public final class TextPage implements Page {
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final String INDENT = "       ";

  private final String title;
  private final ZoneId zone;
  private final Consumer<String> lines;
  private @Nullable LocalDate day;

  /**
   * @param lines takes each line, without its end
   */
  public TextPage(String title, ZoneId zone, Consumer<String> lines) {
    this.title = title;
    this.zone = zone;
    this.lines = lines;
  }

  @Override
  public void begin() {
    lines.accept(Printable.line(title) + " (times in " + zone.getId() + ")");
  }

  @Override
  public void add(Passage passage) {
    LocalDate on = LocalDate.ofInstant(passage.time(), zone);
    if (!on.equals(day)) {
      day = on;
      lines.accept("");
      lines.accept(Days.name(on));
      lines.accept("");
    }
    String[] text = passage.text().orElse("(" + passage.note() + ")").split("\r?\n", -1);
    lines.accept(
        MINUTE.format(passage.time().atZone(zone))
            + "  "
            + Printable.line(passage.author())
            + passage.contested().map(what -> " [" + what + "]").orElse("")
            + ": "
            + Printable.line(text[0]));
    for (int i = 1; i < text.length; i++) {
      lines.accept((INDENT + Printable.line(text[i])).stripTrailing());
    }
  }

  @Override
  public void addGap(String author, long count) {
    lines.accept(
        INDENT
            + "("
            + Words.count(count, "entry", "entries")
            + " of "
            + Printable.line(author)
            + (count == 1 ? " is" : " are")
            + " not here)");
  }

  @Override
  public void end() {
    if (day == null) {
      lines.accept("");
      lines.accept("(nothing was written yet)");
    }
  }
}
