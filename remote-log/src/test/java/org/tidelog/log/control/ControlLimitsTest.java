package org.tidelog.log.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;

/** What is as large as may be is taken, and nothing larger. */
final class ControlLimitsTest {
  private static final Digest ANY = Sha256.hash(new byte[1]);

  @Test
  void takesAsManyAliasesAsThereMayBe() throws Exception {
    List<IpnsName> names = new ArrayList<>();
    for (int i = 0; i < Aliases.NAMES_MAX; i++) {
      names.add(IpnsName.of(Sha256.hash(new ByteWriter().u32(i).toByteArray()).bytes()));
    }

    assertThat(Aliases.parse(Aliases.encode(names))).isEqualTo(names);
    names.add(TestLogs.name(1));
    assertThatThrownBy(() -> Aliases.encode(names)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesAsManyRangesAsThereMayBe() throws Exception {
    List<SeqRange> ranges = new ArrayList<>();
    for (int i = 0; i < Deletion.RANGES_MAX; i++) {
      ranges.add(new SeqRange(2L * i, 2L * i + 1));
    }
    SeqRanges most = SeqRanges.of(ranges);

    assertThat(Deletion.parse(Deletion.encode(most))).isEqualTo(most);
    SeqRanges over = most.with(new SeqRange(1L << 30, (1L << 30) + 1));
    assertThatThrownBy(() -> Deletion.encode(over)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesTheLongestDisplayName() throws Exception {
    char[] letters = new char[GenesisStatement.NAME_BYTES_MAX];
    Arrays.fill(letters, 'n');
    Genesis genesis = genesis(new String(letters));

    assertThat(Genesis.parse(genesis.encode())).isEqualTo(genesis);
    assertThat(genesis.statementIn(ANY).get().displayName()).hasSize(letters.length);
  }

  @Test
  void tellsOneGenesisFromAnother() {
    Genesis genesis = genesis("a");

    assertThat(genesis).isEqualTo(genesis("a")).hasSameHashCodeAs(genesis("a"));
    assertThat(genesis).isNotEqualTo(genesis("b"));
    assertThat(genesis).isNotEqualTo(new Genesis(false, ANY, genesis.statement()));
    assertThat(genesis).isNotEqualTo(new Genesis(true, Digest.ZERO, genesis.statement()));
  }

  @Test
  void continuesLogsOfEverySizeThereIs() throws Exception {
    for (long size : new long[] {1, Limits.SIZE_MAX}) {
      Continuation.Claim claim = new Continuation.Claim(TestLogs.name(2), size, ANY);
      Continuation made = Continuation.sign(TestLogs.signer(3), TestLogs.name(1), claim);

      assertThat(Continuation.parse(made.encode()).claim()).isEqualTo(claim);
    }
  }

  @Test
  void aDeletionNamesNothingFromItsOwnPositionOn() throws Exception {
    byte[] payload = Deletion.encode(SeqRanges.none().with(new SeqRange(3, 10)));

    assertThat(Deletion.parse(payload, 10).end()).isEqualTo(10);
    assertThatThrownBy(() -> Deletion.parse(payload, 9)).isInstanceOf(MalformedException.class);
  }

  @Test
  void aSliceNamesWhatItsDeletionsNameAndNothingByThoseThatAreNone() {
    byte[] first = Deletion.encode(SeqRanges.none().with(new SeqRange(1, 3)));
    byte[] ahead = Deletion.encode(SeqRanges.none().with(new SeqRange(50, 51)));
    Slice slice =
        TestLogs.slice(
            10,
            List.of(
                NewEntry.plain(EntryKind.DELETE, 0, first),
                NewEntry.plain(EntryKind.DATA, 0, new byte[] {7, 1}),
                NewEntry.plain(EntryKind.DELETE, 0, new byte[] {0}),
                NewEntry.plain(EntryKind.DELETE, 0, ahead),
                NewEntry.plain(EntryKind.DELETE, 0, new byte[] {13, 1})));

    assertThat(Deletion.named(slice).ranges())
        .containsExactly(new SeqRange(1, 3), new SeqRange(13, 14));
  }

  @Test
  void tellsOneStatementFromAnother() throws Exception {
    GenesisStatement statement = genesis("a").statementIn(ANY).get();
    GenesisStatement same = genesis("a").statementIn(ANY).get();

    assertThat(statement).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(statement).isNotEqualTo(genesis("b").statementIn(ANY).get());
    statement.incarnation()[0] ^= 1;
    statement.deviceKey()[0] ^= 1;
    statement.deviceSignature()[0] ^= 1;
    assertThat(statement).isEqualTo(same);
    assertThat(statement.deviceKey()).isEqualTo(TestLogs.signer(4).publicKey());
    assertThat(statement.incarnation()).isEqualTo(new byte[16]);
    assertThat(statement.deviceSignature()).hasSize(64);
  }

  @Test
  void tellsOneContinuationFromAnother() {
    Continuation.Claim claim = new Continuation.Claim(TestLogs.name(2), 5, ANY);
    Continuation made = Continuation.sign(TestLogs.signer(3), TestLogs.name(1), claim);
    Continuation same = Continuation.sign(TestLogs.signer(3), TestLogs.name(1), claim);

    assertThat(made).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(made).isNotEqualTo(Continuation.sign(TestLogs.signer(4), TestLogs.name(1), claim));
    made.recoveryKey()[0] ^= 1;
    made.signature()[0] ^= 1;
    assertThat(made.recoveryKey()).isEqualTo(TestLogs.signer(3).publicKey());
    assertThat(made.verify(TestLogs.name(1), TestLogs.VERIFIER)).isTrue();
  }

  private static Genesis genesis(String displayName) {
    GenesisStatement.Author author =
        new GenesisStatement.Author(TestLogs.signer(4), new byte[16], ANY, displayName);
    return Genesis.open(ANY, GenesisStatement.sign(author, TestLogs.name(1), ANY, LogPurpose.LOG));
  }
}
