package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.fork.ForkProof;

final class HintsTest {
  private final Hints hints = new Hints();

  private static IpnsName name(int number) {
    return IpnsName.of(Sha256.hash(new ByteWriter().u32(number).toByteArray()).bytes());
  }

  @Test
  void keepsABoundedNumber() {
    for (int i = 0; i < 2 * Hints.LOGS_MAX; i++) {
      hints.named(name(i));
      hints.listed(name(i), new byte[1]);
    }

    assertThat(hints.logs()).hasSize(Hints.LOGS_MAX).startsWith(name(0), name(1));
  }

  @Test
  void keepsRecordsOfABoundedSizeTogether() {
    long bytes = 0;
    for (int i = 0; i < 5_000; i++) {
      hints.listed(name(i), new byte[IpnsRecord.BYTES_MAX]);
      bytes += hints.record(name(i)).map(record -> record.length).orElse(0);
    }

    assertThat(hints.logs()).hasSize(5_000);
    assertThat(bytes).isBetween(Hints.RECORD_BYTES_MAX / 2L, (long) Hints.RECORD_BYTES_MAX);
  }

  @Test
  void keepsTheLastRecordOfALog() {
    hints.listed(name(1), new byte[] {1});
    hints.named(name(1));
    hints.listed(name(1), new byte[] {2});

    assertThat(hints.record(name(1))).hasValue(new byte[] {2});
    assertThat(hints.record(name(2))).isEmpty();
  }

  @Test
  void keepsProofsWithinTheSameBound() {
    for (int i = 0; i < 8_000; i++) {
      hints.proved(name(i), new byte[ForkProof.BYTES_MAX]);
    }
    hints.proved(name(0), new byte[1]);

    assertThat(hints.proof(name(0))).hasValueSatisfying(p -> assertThat(p).hasSize(4_096));
    assertThat(hints.proof(name(7_999))).isEmpty();
    assertThat(hints.logs()).hasSize(8_000);
  }
}
