package org.tidelog.log.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.TestLogs;
import org.tidelog.log.fork.ForkPoint;

class SyncForksTest {
  private final TestDevice one = new TestDevice(1);
  private final TestDevice other = new TestDevice(2);
  private final IpnsName log = TestLogs.name(1);
  private final Random random = new Random(1);

  private TestLink sync(TestDevice a, TestDevice b) {
    TestLink link = new TestLink(a, b).run();
    assertThat(link.closed()).isEmpty();
    assertThat(link.initiator.isSettled()).as("%s", link).isTrue();
    assertThat(link.responder.isSettled()).as("%s", link).isTrue();
    return link;
  }

  private void fork(int common, int here, int there) {
    one.append(1, random, common, 100);
    sync(one, other);
    one.append(1, random, here, 100);
    other.append(1, random, there, 100);
  }

  @ParameterizedTest
  @CsvSource({"10,1,1", "10,3,5", "10,7,2", "1,1,300", "1,300,1", "100,1500,2100", "3000,2000,1"})
  void proveAForkAndFindItsPosition(int common, int here, int there) {
    fork(common, here, there);

    TestLink link = sync(one, other);

    for (TestDevice device : new TestDevice[] {one, other}) {
      assertThat(device.proofs.get(log)).as("%s", link).isInstanceOf(ForkPoint.class);
      assertThat(device.proofs.get(log).point()).isEqualTo(OptionalLong.of(common));
      assertThat(device.proofs.get(log).problem(TestLogs.VERIFIER)).isEmpty();
    }
    assertThat(one.held(log).get(0).to()).isEqualTo(common + here);
    assertThat(other.held(log).get(0).to()).isEqualTo(common + there);
  }

  @Test
  void tellEachPeerThatHasTheLogOnce() {
    TestDevice third = new TestDevice(3);
    fork(10, 1, 2);
    sync(other, third);
    sync(one, other);

    TestLink first = sync(one, third);
    TestLink second = sync(third, one);

    assertThat(third.proofs.get(log)).isInstanceOf(ForkPoint.class);
    assertThat(first.sent).containsKey(FrameKind.FORK);
    assertThat(second.sent).containsOnlyKeys(FrameKind.HELLO, FrameKind.PROVE, FrameKind.STATE);
  }

  @Test
  void leaveOtherLogsAlone() {
    fork(10, 1, 2);
    other.append(2, random, 5, 100);

    TestLink link = sync(one, other);
    one.append(3, random, 5, 100);
    link.initiator.onChanged(TestLogs.name(3), TestLogs.NOW);
    link.run();

    assertThat(one.held(TestLogs.name(2))).isEqualTo(other.held(TestLogs.name(2))).isNotEmpty();
    assertThat(other.held(TestLogs.name(3))).isEqualTo(one.held(TestLogs.name(3))).isNotEmpty();
  }
}
