package org.tidelog.log.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.TestLogs;

class HeadTest {
  private static final IpnsName LOG = TestLogs.name(1);
  private static final Digest LAST = Sha256.hash(new byte[] {1});
  private static final Digest ROOT = Sha256.hash(new byte[] {2});
  private static final Head.Statement STATEMENT = new Head.Statement(LOG, 9, LAST, ROOT, 77);

  @Test
  void signsTagKeySizeLastRootAndTime() {
    assertThat(Hex.encode(STATEMENT.bytes()))
        .isEqualTo(
            Hex.encode(Sha256.tag("tidelog/head/1"))
                + Hex.encode(LOG.key())
                + "0000000000000009"
                + LAST.hex()
                + ROOT.hex()
                + "000000000000004d");
  }

  @Test
  void verifiesForItsLogOnlyAndUnchangedOnly() {
    Head head = Head.sign(STATEMENT, TestLogs.signer(1));
    Head.Statement elsewhere = new Head.Statement(TestLogs.name(2), 9, LAST, ROOT, 77);
    Head.Statement later = new Head.Statement(LOG, 9, LAST, ROOT, 78);

    assertThat(head.verify(TestLogs.VERIFIER)).isTrue();
    assertThat(Head.claimed(elsewhere, head.signature()).verify(TestLogs.VERIFIER)).isFalse();
    assertThat(Head.claimed(later, head.signature()).verify(TestLogs.VERIFIER)).isFalse();
    assertThat(Head.sign(STATEMENT, TestLogs.signer(2)).verify(TestLogs.VERIFIER)).isFalse();
  }

  @Test
  void agreesWithARestatementAndWithNothingElse() {
    Head head = Head.sign(STATEMENT, TestLogs.signer(1));

    assertThat(head.agreesWith(head(9, LAST, ROOT))).isTrue();
    assertThat(head.agreesWith(head(10, LAST, ROOT))).isFalse();
    assertThat(head.agreesWith(head(9, ROOT, ROOT))).isFalse();
    assertThat(head.agreesWith(head(9, LAST, LAST))).isFalse();
  }

  private static Head head(long size, Digest last, Digest root) {
    return Head.sign(new Head.Statement(LOG, size, last, root, 5_000), TestLogs.signer(1));
  }

  @Test
  void refusesStatementsOutsideTheLimits() {
    assertThatThrownBy(() -> new Head.Statement(LOG, 0, LAST, ROOT, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Head.Statement(LOG, Limits.SIZE_MAX + 1, LAST, ROOT, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Head.Statement(LOG, 1, LAST, ROOT, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Head.claimed(STATEMENT, new byte[63]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
