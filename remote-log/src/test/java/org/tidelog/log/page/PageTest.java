package org.tidelog.log.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.Slice;

class PageTest {
  private static final IpnsName LOG = TestLogs.name(1);
  private static final Slice FIRST = slice(0, 5);
  private static final Slice SECOND = slice(5, 7);

  private static Slice slice(long first, int count) {
    return TestLogs.slice(first, TestLogs.anyEntries(new Random(first), first, count, 50));
  }

  @Test
  void holdsItsLogAndSlices() throws Exception {
    Page page = Page.parse(new Page(LOG, List.of(FIRST, SECOND)).encode());

    assertThat(page).isEqualTo(new Page(LOG, List.of(FIRST, SECOND)));
    assertThat(page.first()).isZero();
    assertThat(page.end()).isEqualTo(12);
  }

  @Test
  void isAListOfByteStrings() {
    byte[] expected =
        DagCbor.encode(
            new Cbor.Array(List.of(new Cbor.Bytes(LOG.key()), new Cbor.Bytes(FIRST.bytes()))));

    assertThat(new Page(LOG, List.of(FIRST)).encode()).isEqualTo(expected);
  }

  @Test
  void refusesGapsAndOverlapsAndWhatIsNoPage() {
    refuses(new Page(LOG, List.of(SECOND, FIRST)).encode());
    refuses(new Page(LOG, List.of(FIRST, FIRST)).encode());
    refuses(new Page(LOG, List.of(FIRST, slice(6, 2))).encode());
    refuses(DagCbor.encode(new Cbor.Array(List.of(new Cbor.Bytes(LOG.key())))));
    refuses(DagCbor.encode(new Cbor.Array(List.of())));
    refuses(DagCbor.encode(Cbor.of(7)));
    refuses(new byte[Limits.PAGE_BYTES_MAX + 1]);
    assertThatThrownBy(() -> new Page(LOG, List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  private static void refuses(byte[] block) {
    assertThatThrownBy(() -> Page.parse(block)).isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesTruncatedOnesAndReadsChangedOnesAsOtherPages() throws Exception {
    byte[] block = new Page(LOG, List.of(FIRST, SECOND)).encode();
    for (int length = 0; length < block.length; length++) {
      byte[] cut = Arrays.copyOf(block, length);
      refuses(cut);
    }
    for (int bit = 0; bit < 8 * block.length; bit++) {
      byte[] flipped = block.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      encodesAsItIsIfRead(flipped);
    }
  }

  private static void encodesAsItIsIfRead(byte[] block) {
    try {
      assertThat(Page.parse(block).encode()).isEqualTo(block);
    } catch (MalformedException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }
}
