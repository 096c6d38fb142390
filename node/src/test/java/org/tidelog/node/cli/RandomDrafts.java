package org.tidelog.node.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.tidelog.node.AppendOptions;
import org.tidelog.node.Draft;

/** What people write, made by chance: mostly short texts, and everything else that there may be. */
final class RandomDrafts {
  private static final String[] WORDS = {
    "tide",
    "日本語",
    "naïve",
    "🌊",
    "Ω≠ω",
    "e\u0301",
    "\uFEFFmark",
    "\"quoted\\\"",
    "a\u0000b",
    "line\nbreak",
    "\u2028",
    "\uFFFD",
    "𝄞",
    "עברית",
    "ok",
    "see you",
    "\t",
    "\u007f",
    "<b>"
  };

  /** The largest payload that an entry holds itself. */
  private static final int ENTRY_MAX = Draft.PAYLOAD_BYTES_MAX;

  /** Large payloads, and long logs, are few: a run of 200 logs shall take a minute. */
  private int large = 24;

  private int longRuns = 6;
  private final Random random;

  RandomDrafts(Random random) {
    this.random = random;
  }

  String displayName() {
    StringBuilder name = new StringBuilder(WORDS[random.nextInt(8)]);
    while (random.nextInt(3) > 0) {
      name.append(' ').append(WORDS[random.nextInt(6)]);
    }
    return name.toString();
  }

  /** As many as somebody writes in one sitting. */
  List<Draft> next() {
    List<Draft> drafts = new ArrayList<>();
    for (int i = count(); i > 0; i--) {
      drafts.add(draft());
    }
    return drafts;
  }

  private int count() {
    if (random.nextInt(20) == 0 && longRuns-- > 0) return 1 + random.nextInt(3_000);
    return 1 + random.nextInt(random.nextInt(4) == 0 ? 300 : 12);
  }

  private Draft draft() {
    Optional<Duration> timeToLive =
        random.nextInt(8) == 0
            ? Optional.of(Duration.ofMillis(1 + random.nextInt(100_000_000)))
            : Optional.empty();
    return Draft.of(payload()).with(new AppendOptions(timeToLive, random.nextInt(6) == 0));
  }

  private byte[] payload() {
    int kind = random.nextInt(100);
    if (kind == 0 && large-- > 0) return bytes(ENTRY_MAX - 3 + random.nextInt(6));
    if (kind == 1 && large-- > 0) return bytes(1 + random.nextInt(3 * ENTRY_MAX));
    if (kind < 8) return new byte[0];
    if (kind < 14) return bytes(random.nextInt(300));
    if (kind < 16) return bytes(random.nextInt(5_000));
    return Draft.text(text()).payload();
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    }
    return text.toString();
  }
}
