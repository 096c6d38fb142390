package org.tidelog.node.cli;

import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.node.EntryStream;
import org.tidelog.node.LogStatus;
import org.tidelog.node.ReadEntry;
import org.tidelog.node.ReadQuery;
import org.tidelog.node.Target;
import org.tidelog.node.Tidelog;
import org.tidelog.node.cli.export.HtmlPage;
import org.tidelog.node.cli.export.Page;
import org.tidelog.node.cli.export.Passage;
import org.tidelog.node.cli.export.TextPage;
import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Output;
import org.tidelog.node.cli.output.Words;

/** What was written in a topic or log, handed to a file line by line as it is read. */
final class Conversation {
  /** Nobody reads on through a text that is longer than a thick book. */
  private static final long TEXT_BYTES_MAX = 1 << 20;

  private final Tidelog tidelog;
  private final Target target;
  private final Output output;
  private final Map<IpnsName, String> names = new HashMap<>();
  private final Map<IpnsName, Gaps> gaps = new LinkedHashMap<>();

  Conversation(Tidelog tidelog, Target target, Output output) {
    this.tidelog = tidelog;
    this.target = target;
    this.output = output;
  }

  /** What is missing of a log and was not told yet. */
  private record Gaps(String author, Deque<SeqRange> ranges) {}

  /** What names it, for JSON. */
  Fields fields() {
    return new Fields()
        .with("topic", target.topic().label())
        .with("name", target.name().map(IpnsName::text));
  }

  /**
   * Writes it.
   *
   * @param done true once nobody wants more
   * @return how many entries
   */
  long write(ExportFormat format, Consumer<String> lines, BooleanSupplier done) {
    return switch (format) {
      case JSONL -> {
        EntryLines entries = new EntryLines(target.topic(), output, false);
        yield each(entry -> lines.accept(entries.fields(entry).json()), done);
      }
      case TEXT -> write(new TextPage(title(), ZoneId.systemDefault(), lines), done);
      case HTML -> write(new HtmlPage(title(), ZoneId.systemDefault(), lines), done);
      case CAR -> throw new AssertionError("a CAR file is not written by lines");
    };
  }

  private String title() {
    String label = target.topic().label();
    return target.name().map(name -> label + ", " + name.shortText()).orElse(label);
  }

  private long each(Consumer<ReadEntry> sink, BooleanSupplier done) {
    ReadQuery query = target.name().map(ReadQuery.all()::withLog).orElseGet(ReadQuery::all);
    long count = 0;
    try (EntryStream entries = target.topic().read(query)) {
      while (entries.hasNext() && !done.getAsBoolean()) {
        sink.accept(entries.next());
        count++;
      }
    }
    return count;
  }

  private long write(Page page, BooleanSupplier done) {
    findGaps();
    page.begin();
    long count =
        each(
            entry -> {
              tellGaps(entry.name(), entry.seq(), page);
              page.add(passage(entry));
            },
            done);
    gaps.keySet().forEach(name -> tellGaps(name, Long.MAX_VALUE, page));
    page.end();
    return count;
  }

  private void findGaps() {
    for (LogStatus log : tidelog.status().logs()) {
      boolean shown =
          log.topic().equals(target.topic().label())
              && target.name().orElse(log.name()).equals(log.name());
      if (!shown || log.missing().isEmpty()) continue;
      String author = log.author().orElseGet(() -> log.name().shortText());
      gaps.put(log.name(), new Gaps(author, new ArrayDeque<>(log.missing())));
    }
  }

  private void tellGaps(IpnsName name, long before, Page page) {
    Gaps of = gaps.get(name);
    if (of == null) return;
    long count = 0;
    while (!of.ranges.isEmpty() && of.ranges.getFirst().from() < before) {
      count += of.ranges.removeFirst().length();
    }
    if (count > 0) page.addGap(of.author, count);
  }

  private Passage passage(ReadEntry entry) {
    ShownPayload payload =
        entry.isLarge() && entry.payloadBytes() > TEXT_BYTES_MAX
            ? new ShownPayload(Optional.empty(), Optional.empty(), entry.payloadBytes())
            : ShownPayload.of(target.topic(), entry);
    Optional<String> text = payload.bytes().flatMap(ShownPayload::utf8);
    List<Passage.Reference> parents = new ArrayList<>();
    entry
        .parents()
        .forEach(parent -> parents.add(new Passage.Reference(text(parent.name()), parent.seq())));
    return new Passage(
        text(entry.name()),
        entry.seq(),
        entry.author(),
        entry.time(),
        text,
        text.isPresent() ? "" : note(payload),
        parents,
        entry.branch());
  }

  private static String note(ShownPayload payload) {
    String length = Words.bytes(payload.length());
    if (payload.isTooLarge()) return length + ", too large to be shown";
    return payload.absence().map(Conversation::words).orElse(length + " that are not text");
  }

  private static String words(String state) {
    return switch (state) {
      case "missing" -> "not here";
      case "sealed" -> "encrypted, and the key is not here";
      default -> state;
    };
  }

  private String text(IpnsName name) {
    return names.computeIfAbsent(name, IpnsName::text);
  }
}
