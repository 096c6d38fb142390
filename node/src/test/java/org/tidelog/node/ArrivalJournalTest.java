package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.replicator.memory.MemoryDeviceStore;

/** In which order entries came. */
final class ArrivalJournalTest {
  private static final IpnsName A = name(1);
  private static final IpnsName B = name(2);
  private static final Set<IpnsName> LOGS = Set.of(A, B);

  private final Book book = new Book(new MemoryDeviceStore());
  private final ArrivalJournal journal = new ArrivalJournal(book, "notes", 8);

  private static IpnsName name(int number) {
    byte[] key = new byte[32];
    key[0] = (byte) number;
    return IpnsName.of(key);
  }

  private static SeqRanges ranges(long from, long to) {
    return SeqRanges.of(List.of(new SeqRange(from, to)));
  }

  private void came(IpnsName log, long from, long to) {
    journal.note(log, new SeqRange(from, to));
    book.commit();
  }

  private void delivered(String cursor, IpnsName log, long from, long to) {
    SeqRanges before = book.delivered("notes", cursor, log);
    book.putDelivered("notes", cursor, log, before.with(new SeqRange(from, to)));
    journal.drop(LOGS);
    book.commit();
  }

  @Test
  void isNotKeptWhileNobodyWantsToKnow() {
    came(A, 0, 3);

    assertThat(journal.runs()).isEmpty();
    assertThat(book.values("arriv")).isEmpty();
  }

  @Test
  void beginsWithWhatWasHere() {
    journal.keepFor("screen", Map.of(A, ranges(0, 3)));
    came(B, 0, 1);
    came(A, 3, 4);

    assertThat(journal.runs())
        .containsExactly(Map.of(A, ranges(0, 3)), Map.of(B, ranges(0, 1)), Map.of(A, ranges(3, 4)));
  }

  @Test
  void joinsWhatGoesOnButNothingThatCameInBetween() {
    journal.keepFor("screen", Map.of());
    came(A, 5, 6);
    came(A, 6, 9);
    came(A, 0, 5);
    came(B, 0, 1);

    assertThat(journal.runs())
        .containsExactly(Map.of(A, ranges(5, 9)), Map.of(A, ranges(0, 5)), Map.of(B, ranges(0, 1)));
  }

  @Test
  void dropsWhatEveryCursorHasHad() {
    journal.keepFor("screen", Map.of(A, ranges(0, 3)));
    came(B, 0, 1);
    came(A, 3, 4);
    journal.keepFor("mail", Map.of(A, ranges(0, 4), B, ranges(0, 1)));

    delivered("screen", A, 0, 4);
    assertThat(journal.runs()).hasSize(3);
    delivered("mail", A, 0, 3);
    assertThat(journal.runs()).containsExactly(Map.of(B, ranges(0, 1)), Map.of(A, ranges(3, 4)));
    delivered("screen", B, 0, 1);
    delivered("mail", B, 0, 1);
    delivered("mail", A, 3, 4);

    assertThat(journal.runs()).isEmpty();
    assertThat(book.values("arrival/")).isEmpty();
  }

  @Test
  void putsWhatIsGoneFromItBeforeTheRestForANewCursor() {
    journal.keepFor("screen", Map.of());
    came(A, 0, 3);
    delivered("screen", A, 0, 3);
    came(B, 0, 1);

    journal.keepFor("mail", Map.of(A, ranges(0, 3), B, ranges(0, 1)));

    assertThat(journal.runs()).containsExactly(Map.of(A, ranges(0, 3)), Map.of(B, ranges(0, 1)));
  }

  @Test
  void isForgottenWithTheLastCursor() {
    journal.keepFor("screen", Map.of(A, ranges(0, 3)));
    journal.forget("screen");
    journal.drop(LOGS);
    book.commit();

    assertThat(book.values("arriv")).isEmpty();
  }

  @Test
  void joinsTheOldestOfVeryMany() {
    journal.keepFor("screen", Map.of());
    for (int i = 0; i < 100; i++) {
      came(i % 2 == 0 ? A : B, i / 2, i / 2 + 1);
    }

    List<Map<IpnsName, SeqRanges>> runs = journal.runs();
    assertThat(runs).hasSizeBetween(4, 8);
    assertThat(book.values("arrival/")).hasSize(runs.size());
    SeqRanges ofA = SeqRanges.none();
    for (Map<IpnsName, SeqRanges> run : runs) {
      ofA = ofA.with(run.getOrDefault(A, SeqRanges.none()));
    }
    assertThat(ofA).isEqualTo(ranges(0, 50));
    assertThat(runs.get(runs.size() - 1)).isEqualTo(Map.of(B, ranges(49, 50)));
    assertThat(runs.get(runs.size() - 2)).isEqualTo(Map.of(A, ranges(49, 50)));
  }

  @Test
  void isWhatItWasAfterARestart() {
    journal.keepFor("screen", Map.of(A, ranges(0, 3)));
    came(B, 0, 1);

    assertThat(new ArrivalJournal(book, "notes").runs()).isEqualTo(journal.runs());
    assertThat(new ArrivalJournal(book, "others").runs()).isEmpty();
  }
}
