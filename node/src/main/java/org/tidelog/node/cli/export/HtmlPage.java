package org.tidelog.node.cli.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.cli.output.Words;

/**
 * One page for a browser, complete in itself: no script, nothing loaded from anywhere, light or
 * dark as the reader has it. Entries of one writer that follow each other stand together under the
 * name. A browser lays out only what is near the window, so long logs stay usable.
 */
public final class HtmlPage implements Page {
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  /** Colours in the style sheet; neighbours in it differ well. */
  static final int COLOURS = 12;

  /** What a browser lays out at once. */
  private static final int BLOCK_PASSAGES = 50;

  /** After so long the name is said again. */
  private static final int TOGETHER_MINUTES = 15;

  /** Entries whose time is remembered, to say what an answer answers. */
  private static final int REMEMBERED = 10_000;

  private final String title;
  private final ZoneId zone;
  private final Consumer<String> lines;
  private final Map<String, Integer> colours = new HashMap<>();
  private final Map<String, String> authors = new HashMap<>();
  private final Map<Passage.Reference, Instant> times =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Passage.Reference, Instant> eldest) {
          return size() > REMEMBERED;
        }
      };
  private @Nullable LocalDate day;
  private @Nullable Passage before;
  private int inBlock;

  /**
   * @param title what the conversation is called
   * @param zone in which times are shown
   * @param lines takes each line, without its end
   */
  public HtmlPage(String title, ZoneId zone, Consumer<String> lines) {
    this.title = title;
    this.zone = zone;
    this.lines = lines;
  }

  @Override
  public void begin() {
    String name = HtmlText.line(title);
    lines.accept("<!doctype html>");
    lines.accept("<html lang=\"en\">");
    lines.accept("<head>");
    lines.accept("<meta charset=\"utf-8\">");
    lines.accept("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    // Should anything slip through as markup, a browser still runs and loads nothing.
    lines.accept(
        "<meta http-equiv=\"Content-Security-Policy\""
            + " content=\"default-src 'none'; style-src 'unsafe-inline'\">");
    lines.accept("<meta name=\"referrer\" content=\"no-referrer\">");
    lines.accept("<meta name=\"color-scheme\" content=\"light dark\">");
    lines.accept("<title>" + name + "</title>");
    lines.accept("<style>");
    lines.accept(style());
    lines.accept("</style>");
    lines.accept("</head>");
    lines.accept("<body>");
    lines.accept("<header>");
    lines.accept("<h1 dir=\"auto\">" + name + "</h1>");
    lines.accept("<p>Times are in " + HtmlText.line(zone.getId()) + ".</p>");
    lines.accept("</header>");
    lines.accept("<main>");
  }

  private static String style() {
    try (InputStream in = HtmlPage.class.getResourceAsStream("page.css")) {
      byte[] bytes = Objects.requireNonNull(in, "page.css").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void add(Passage passage) {
    LocalDate on = LocalDate.ofInstant(passage.time(), zone);
    if (!on.equals(day)) beginDay(on);
    if (inBlock == BLOCK_PASSAGES) {
      lines.accept("</div>");
      inBlock = 0;
    }
    boolean together = isTogether(passage);
    if (inBlock++ == 0) {
      lines.accept("<div class=\"block\">");
      together = false;
    }
    write(passage, together);
    authors.put(passage.log(), passage.author());
    times.putIfAbsent(passage.reference(), passage.time());
    before = passage;
  }

  private void beginDay(LocalDate on) {
    endDay();
    day = on;
    lines.accept("<section>");
    lines.accept("<h2><time datetime=\"" + on + "\">" + Days.name(on) + "</time></h2>");
  }

  private void endDay() {
    if (inBlock > 0) lines.accept("</div>");
    if (day != null) lines.accept("</section>");
    inBlock = 0;
    before = null;
  }

  private boolean isTogether(Passage passage) {
    return before != null
        && before.log().equals(passage.log())
        && before.branch().equals(passage.branch())
        && ChronoUnit.MINUTES.between(before.time(), passage.time()) < TOGETHER_MINUTES;
  }

  private void write(Passage passage, boolean together) {
    StringBuilder html = new StringBuilder("<article id=\"");
    html.append(anchor(passage)).append("\" class=\"c").append(colour(passage.log()));
    html.append(together ? " on\">" : "\">");
    html.append("<div class=\"by\"><b dir=\"auto\">").append(HtmlText.line(passage.author()));
    html.append("</b> <time datetime=\"").append(passage.time()).append("\">");
    html.append(minute(passage.time())).append("</time>");
    passage
        .contested()
        .ifPresent(
            what -> html.append(" <span class=\"contested\">").append(what).append("</span>"));
    html.append(answered(passage)).append("</div>");
    if (passage.text().isPresent()) {
      html.append("<p dir=\"auto\">").append(HtmlText.lines(passage.text().get())).append("</p>");
    } else {
      html.append("<p class=\"note\">").append(HtmlText.line(passage.note())).append("</p>");
    }
    lines.accept(html.append("</article>").toString());
  }

  private String minute(Instant time) {
    return MINUTE.format(time.atZone(zone));
  }

  /** Which entries of others the author had seen last, where the page itself does not show it. */
  private String answered(Passage passage) {
    List<Passage.Reference> parents = passage.parents();
    StringBuilder html = new StringBuilder();
    for (Passage.Reference parent : parents) {
      if (parent.log().equals(passage.log())) continue;
      if (before != null && parent.equals(before.reference())) continue;
      html.append(html.length() == 0 ? " <span class=\"after\">after " : ", ");
      html.append("<a href=\"#").append(anchor(parent)).append("\"><bdi>");
      html.append(HtmlText.line(author(parent))).append("</bdi> ").append(when(parent));
      html.append("</a>");
    }
    return html.length() == 0 ? "" : html.append("</span>").toString();
  }

  private String author(Passage.Reference parent) {
    return authors.getOrDefault(parent.log(), "another");
  }

  private String when(Passage.Reference parent) {
    Instant time = times.get(parent);
    return time == null ? "no. " + parent.seq() : minute(time);
  }

  /** Of the two entries of a contested position, what refers to it leads to the first branch's. */
  private static String anchor(Passage passage) {
    boolean second = passage.branch().orElse(0) == 1;
    return anchor(passage.reference()) + (second ? "-b" : "");
  }

  /** Logs' names are letters and digits; they differ in their last ones as well as in all. */
  private static String anchor(Passage.Reference entry) {
    String log = entry.log();
    return log.substring(Math.max(0, log.length() - 12)) + "-" + entry.seq();
  }

  /** In the order in which writers appear, so that the first dozen have each their own. */
  private int colour(String log) {
    return colours.computeIfAbsent(log, name -> colours.size() % COLOURS);
  }

  @Override
  public void addGap(String author, long count) {
    lines.accept(
        "<p class=\"gap\">"
            + Words.count(count, "entry", "entries")
            + " of <bdi>"
            + HtmlText.line(author)
            + "</bdi> "
            + (count == 1 ? "is" : "are")
            + " not here</p>");
  }

  @Override
  public void end() {
    if (day == null) lines.accept("<p class=\"gap\">Nothing was written yet.</p>");
    endDay();
    lines.accept("</main>");
    lines.accept("</body>");
    lines.accept("</html>");
  }
}
