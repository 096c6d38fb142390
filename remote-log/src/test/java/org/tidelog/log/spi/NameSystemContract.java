package org.tidelog.log.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.ipns.IpnsContent;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.log.TestLogs;

/** What every {@link NameSystem} does. An adapter's test extends this. */
public abstract class NameSystemContract {
  private static final Signer SIGNER = TestLogs.signer(1);
  protected static final IpnsName NAME = IpnsName.of(SIGNER.publicKey());
  private static final IpnsName OTHER = TestLogs.name(2);

  protected NameSystem names;

  /** A new name system with nothing in it. */
  protected abstract NameSystem create() throws Exception;

  @BeforeEach
  final void createNames() throws Exception {
    names = create();
  }

  @Test
  void findsNoRecordWhereNoneIs() throws Exception {
    assertThat(names.get(NAME)).isEmpty();
    assertThat(names.describe()).isNotEmpty();
  }

  /** A record that is valid for long, and longer by some padding. */
  protected static byte[] record(long sequence, int padding) {
    TreeMap<String, Cbor> extra = new TreeMap<>();
    extra.put("_padding", new Cbor.Bytes(new byte[padding]));
    Instant validity = Instant.parse("2090-01-01T00:00:00Z");
    byte[] value = "/ipfs/bafkqaaa".getBytes(StandardCharsets.UTF_8);
    IpnsContent content = new IpnsContent(value, sequence, validity, Duration.ofSeconds(1), extra);
    return IpnsRecord.create(SIGNER, content).bytes();
  }

  @Test
  void givesBackTheRecordPutLast() throws Exception {
    names.put(NAME, record(1, 0));
    names.put(NAME, record(2, 5));

    assertThat(names.get(NAME)).hasValueSatisfying(r -> assertThat(r).isEqualTo(record(2, 5)));
    assertThat(names.get(OTHER)).isEmpty();
  }

  @Test
  void takesABetterRecordOfTheSameSequence() throws Exception {
    byte[] a = record(7, 1);
    byte[] b = record(7, 2);
    boolean inOrder = IpnsRecord.compare(IpnsRecord.parse(a), IpnsRecord.parse(b)) < 0;
    names.put(NAME, inOrder ? a : b);

    names.put(NAME, inOrder ? b : a);

    byte[] better = inOrder ? b : a;
    assertThat(names.get(NAME)).hasValueSatisfying(r -> assertThat(r).isEqualTo(better));
  }

  @Test
  void takesTheLargestRecordAndGivesNoLarger() throws Exception {
    int padding = NameSystem.RECORD_BYTES_MAX - record(3, 10_000).length + 10_000;
    byte[] largest = record(3, padding);
    assertThat(largest).hasSize(NameSystem.RECORD_BYTES_MAX);
    names.put(NAME, largest);
    assertThat(names.get(NAME)).hasValueSatisfying(r -> assertThat(r).isEqualTo(largest));

    assertThatThrownBy(
            () -> {
              names.put(NAME, new byte[NameSystem.RECORD_BYTES_MAX + 1]);
              names.get(NAME);
            })
        .isInstanceOf(IOException.class);
  }

  /** Whether the place carries fork proofs. */
  protected boolean carriesForkProofs() {
    return true;
  }

  @Test
  void givesBackTheForkProofPutLastAndTakesItForNoRecord() throws Exception {
    assertThat(names.forkProof(NAME)).isEmpty();
    assumeTrue(carriesForkProofs(), "it carries none");
    names.putForkProof(NAME, new byte[] {1, 2, 3});
    names.putForkProof(NAME, new byte[] {5});

    assertThat(names.forkProof(NAME)).hasValueSatisfying(p -> assertThat(p).containsExactly(5));
    assertThat(names.forkProof(OTHER)).isEmpty();
    assertThat(names.get(NAME)).isEmpty();
  }
}
