package org.tidelog.log.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.seal.EpochKey;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;

class ControlPayloadsTest {
  private static final IpnsName LOG = TestLogs.name(1);
  private static final IpnsName OTHER = TestLogs.name(2);
  private static final Signer DEVICE = TestLogs.signer(3);
  private static final Digest TOPIC = Sha256.hash(new byte[] {1});
  private static final Digest ELSEWHERE = Sha256.hash(new byte[] {2});
  private static final EpochKey KEY = EpochKey.of(new byte[32]);
  private static final EpochKey OTHER_KEY = EpochKey.of(TOPIC.bytes());

  private static GenesisStatement statement(String displayName) {
    GenesisStatement.Author author =
        new GenesisStatement.Author(
            DEVICE, new byte[GenesisStatement.INCARNATION_BYTES], ELSEWHERE, displayName);
    return GenesisStatement.sign(author, LOG, TOPIC, LogPurpose.LOG);
  }

  @Test
  void anOpenGenesisShowsItsTopicAndStatement() throws Exception {
    GenesisStatement statement = statement("Ada ☕");

    Genesis genesis = Genesis.parse(Genesis.open(TOPIC, statement).encode());

    assertThat(genesis.open()).isTrue();
    assertThat(genesis.topic()).isEqualTo(TOPIC);
    assertThat(genesis.statementIn(TOPIC)).contains(statement);
    assertThat(genesis.statementIn(ELSEWHERE)).isEmpty();
    assertThat(genesis.statementIn(TOPIC, KEY, LOG)).isEmpty();
  }

  @Test
  void aSealedGenesisOpensWithItsKeyInItsTopicAndLogOnly() throws Exception {
    GenesisStatement statement = statement("");

    Genesis genesis = Genesis.parse(Genesis.sealed(LOG, TOPIC, KEY, statement).encode());

    assertThat(genesis.open()).isFalse();
    assertThat(genesis.topic()).isNotEqualTo(TOPIC);
    assertThat(genesis.statementIn(TOPIC, KEY, LOG)).contains(statement);
    assertThat(genesis.statementIn(TOPIC)).isEmpty();
    assertThat(genesis.statementIn(ELSEWHERE, KEY, LOG)).isEmpty();
    assertThat(genesis.statementIn(TOPIC, OTHER_KEY, LOG)).isEmpty();
    assertThat(genesis.statementIn(TOPIC, KEY, OTHER)).isEmpty();
  }

  @Test
  void aSealedGenesisThatWasChangedDoesNotOpen() throws Exception {
    byte[] payload = Genesis.sealed(LOG, TOPIC, KEY, statement("Ada")).encode();
    for (int at = 34; at < payload.length; at++) {
      byte[] changed = payload.clone();
      changed[at] ^= 1;

      assertThat(Genesis.parse(changed).statementIn(TOPIC, KEY, LOG)).isEmpty();
    }
  }

  @Test
  void logsOfOneTopicCannotBeLinkedByTheirGenesis() {
    Genesis one = Genesis.sealed(LOG, TOPIC, KEY, statement("Ada"));
    Genesis two = Genesis.sealed(OTHER, TOPIC, KEY, statement("Ada"));

    assertThat(one.topic()).isNotEqualTo(two.topic());
    assertThat(one.statement()).isNotEqualTo(two.statement());
  }

  @Test
  void theDeviceVouchesForLogTopicPurposeAndIncarnation() {
    GenesisStatement statement = statement("Ada");
    GenesisStatement index =
        new GenesisStatement(
            LogPurpose.INDEX,
            statement.incarnation(),
            statement.deviceKey(),
            statement.deviceSignature(),
            statement.recoveryKeyHash(),
            "Ada");

    assertThat(statement.verify(LOG, TOPIC, TestLogs.VERIFIER)).isTrue();
    assertThat(statement.verify(OTHER, TOPIC, TestLogs.VERIFIER)).isFalse();
    assertThat(statement.verify(LOG, ELSEWHERE, TestLogs.VERIFIER)).isFalse();
    assertThat(index.verify(LOG, TOPIC, TestLogs.VERIFIER)).isFalse();
  }

  @Test
  void refusesAGenesisThatIsCutOrOdd() throws Exception {
    byte[] payload = Genesis.open(TOPIC, statement("Ada")).encode();
    for (int length = 0; length < payload.length - 3; length++) {
      byte[] cut = Arrays.copyOf(payload, length);
      malformed(() -> Genesis.parse(cut).statementIn(TOPIC));
    }
    changed(payload, 0, 2); // Version.
    changed(payload, 1, 2); // Visibility.
    changed(payload, 34, 2); // Purpose.
    changed(payload, payload.length - 1, 0xff); // No UTF-8.
    byte[] longName = Arrays.copyOf(payload, payload.length - 3 + 257);
    malformed(() -> Genesis.parse(longName).statementIn(TOPIC));
    assertThatThrownBy(() -> statement(String.join("", Collections.nCopies(257, "x"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void changed(byte[] payload, int at, int value) {
    byte[] changed = payload.clone();
    changed[at] = (byte) value;
    malformed(() -> Genesis.parse(changed).statementIn(TOPIC));
  }

  private interface Reading {
    void run() throws MalformedException;
  }

  private static void malformed(Reading reading) {
    assertThatThrownBy(reading::run).isInstanceOf(MalformedException.class);
  }

  @Test
  void aliasesAreNamesInOrder() throws Exception {
    List<IpnsName> names = List.of(OTHER, LOG, TestLogs.name(5));

    assertThat(Aliases.parse(Aliases.encode(names))).isEqualTo(names);
    assertThat(Aliases.encode(names)).hasSize(96).startsWith(OTHER.key());
  }

  @Test
  void refusesAliasesThatAreNone() {
    malformed(() -> Aliases.parse(new byte[0]));
    malformed(() -> Aliases.parse(new byte[31]));
    malformed(() -> Aliases.parse(new byte[33]));
    malformed(() -> Aliases.parse(new byte[32 * (Aliases.NAMES_MAX + 1)]));
    assertThatThrownBy(() -> Aliases.encode(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDeletionIsASetOfPositions() throws Exception {
    SeqRanges gone = SeqRanges.of(List.of(new SeqRange(3, 5), new SeqRange(9, 10)));

    assertThat(Deletion.encode(gone)).containsExactly(3, 2, 4, 1);
    assertThat(Deletion.parse(Deletion.encode(gone), 10)).isEqualTo(gone);
  }

  @Test
  void refusesDeletionsOfNothingAndOfTooMuch() {
    malformed(() -> Deletion.parse(new byte[0], 10));
    malformed(() -> Deletion.parse(new byte[] {3}, 10));
    malformed(() -> Deletion.parse(new byte[] {3, 0}, 10));
    ByteWriter many = new ByteWriter();
    List<SeqRange> ranges = new ArrayList<>();
    for (int i = 0; i <= Deletion.RANGES_MAX; i++) {
      many.varint(1).varint(1);
      ranges.add(new SeqRange(2 * i, 2 * i + 1));
    }
    malformed(() -> Deletion.parse(many.toByteArray(), 1 << 20));
    assertThatThrownBy(() -> Deletion.encode(SeqRanges.of(ranges)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Deletion.encode(SeqRanges.none()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aContinuationIsOneLogsClaimByTheRecoveryKey() throws Exception {
    Signer recovery = TestLogs.signer(9);
    Continuation.Claim claim = new Continuation.Claim(OTHER, 300, ELSEWHERE);

    Continuation made = Continuation.sign(recovery, LOG, claim);
    Continuation read = Continuation.parse(made.encode());

    assertThat(read).isEqualTo(made);
    assertThat(read.claim()).isEqualTo(claim);
    assertThat(read.verify(LOG, TestLogs.VERIFIER)).isTrue();
    assertThat(read.verify(TestLogs.name(7), TestLogs.VERIFIER)).isFalse();
    assertThat(read.isBy(statement("Ada"))).isFalse();
    assertThat(read.isBy(statementOf(recovery))).isTrue();
  }

  private static GenesisStatement statementOf(Signer recovery) {
    return GenesisStatement.sign(
        new GenesisStatement.Author(
            DEVICE,
            new byte[GenesisStatement.INCARNATION_BYTES],
            Continuation.recoveryKeyHash(recovery.publicKey()),
            "Ada"),
        OTHER,
        TOPIC,
        LogPurpose.LOG);
  }

  @Test
  void noPartOfAContinuationCanBeChanged() {
    byte[] payload =
        Continuation.sign(TestLogs.signer(9), LOG, new Continuation.Claim(OTHER, 300, ELSEWHERE))
            .encode();
    for (int at = 0; at < payload.length; at++) {
      byte[] changed = payload.clone();
      changed[at] ^= 1;

      assertThat(isGood(changed)).as("byte " + at).isFalse();
    }
  }

  private static boolean isGood(byte[] payload) {
    try {
      return Continuation.parse(payload).verify(LOG, TestLogs.VERIFIER);
    } catch (MalformedException e) {
      return false;
    }
  }

  @Test
  void refusesContinuationsThatAreCutOrOfNothing() {
    byte[] payload =
        Continuation.sign(TestLogs.signer(9), LOG, new Continuation.Claim(OTHER, 1, ELSEWHERE))
            .encode();
    for (int length = 0; length < payload.length; length++) {
      byte[] cut = Arrays.copyOf(payload, length);
      malformed(() -> Continuation.parse(cut));
    }
    malformed(() -> Continuation.parse(Arrays.copyOf(payload, payload.length + 1)));
    byte[] empty = payload.clone();
    empty[33] = 0;
    malformed(() -> Continuation.parse(empty));
    assertThatThrownBy(() -> new Continuation.Claim(LOG, 0, TOPIC))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Continuation.Claim(LOG, 1L << 40, TOPIC))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
