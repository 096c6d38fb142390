package org.tidelog.node.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;

/** Knows what is held, or knows that it does not. */
class HeldRangesTest {
  private final HeldRanges held = new HeldRanges();

  private static SeqRanges ranges(long from, long to) {
    return SeqRanges.of(List.of(new SeqRange(from, to)));
  }

  @Test
  void growsByWhatIsPutBehindAndBeside() {
    held.put(1, ranges(0, 5));

    held.add(1, new SeqRange(5, 6));
    held.add(1, new SeqRange(8, 9));

    assertThat(held.of(1)).contains(SeqRanges.of(List.of(new SeqRange(0, 6), new SeqRange(8, 9))));
  }

  @Test
  void knowsNothingWhereASliceTakesThePlaceOfOthers() {
    held.put(1, ranges(0, 5));
    held.add(1, new SeqRange(4, 6));
    assertThat(held.of(1)).isEmpty();

    held.put(1, ranges(0, 5));
    held.forget(1);
    assertThat(held.of(1)).isEmpty();
  }

  @Test
  void knowsNothingOfALogThatWasNotRead() {
    held.add(2, new SeqRange(0, 1));

    assertThat(held.of(2)).isEmpty();
  }
}
