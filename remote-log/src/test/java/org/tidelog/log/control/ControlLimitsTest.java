package org.tidelog.log.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;

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

  private static Genesis genesis(String displayName) {
    GenesisStatement.Author author =
        new GenesisStatement.Author(TestLogs.signer(4), new byte[16], ANY, displayName);
    return Genesis.open(ANY, GenesisStatement.sign(author, TestLogs.name(1), ANY, LogPurpose.LOG));
  }
}
