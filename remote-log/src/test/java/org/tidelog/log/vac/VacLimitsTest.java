package org.tidelog.log.vac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.entry.Limits;

/** The bounds of pages, and what a page that nobody writes comes to. */
final class VacLimitsTest {
  private static final int PAIR_BYTES_MAX = 96;
  private static final Digest ID = Sha256.hash(new byte[] {1});
  private static final Cid ADDRESS = Cid.sha256(Codec.RAW, new byte[] {2});

  private static VacMessage message(int number, int bytes) {
    byte[] content = new byte[bytes];
    content[0] = (byte) number;
    return new VacMessage(Sha256.hash(content), content);
  }

  private static byte[] field(int tag, byte[] value) {
    return new ByteWriter().u8(tag).varint(value.length).bytes(value).toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteWriter all = new ByteWriter();
    for (byte[] part : parts) all.bytes(part);
    return all.toByteArray();
  }

  private static byte[] page(byte[]... pairFields) {
    return field(0x0a, join(pairFields));
  }

  @Test
  void takesAPageAsLargeAsABlockMayBe() throws Exception {
    byte[] id = field(0x12, ID.bytes());
    int around = page(id, field(0x1a, new byte[1 << 20])).length - (1 << 20);
    byte[] largest = page(id, field(0x1a, new byte[Limits.PAGE_BYTES_MAX - around]));
    assertThat(largest).hasSize(Limits.PAGE_BYTES_MAX);

    assertThat(VacPage.parse(largest).encode()).isEqualTo(largest);
    byte[] over = page(id, field(0x1a, new byte[Limits.PAGE_BYTES_MAX - around + 1]));
    assertThatThrownBy(() -> VacPage.parse(over))
        .isInstanceOf(MalformedException.class)
        .hasMessage("page of 1048577 bytes");
  }

  @Test
  void takesAPairOfAnAddressOrOfDataAndNoOther() throws Exception {
    byte[] address = field(0x0a, ADDRESS.bytes());
    byte[] id = field(0x12, ID.bytes());
    byte[] data = field(0x1a, new byte[] {7});

    assertThat(VacPage.parse(page(address, id)).pairs().get(0).address()).contains(ADDRESS);
    assertThat(VacPage.parse(page(id, data)).pairs().get(0).data()).contains(new byte[] {7});
    assertThat(VacPage.parse(page(id, data)).pairs().get(0).id()).isEqualTo(ID);
    refuses(page(id));
    refuses(page(address));
    refuses(page(address, data));
    refuses(page(id, address)); // Out of order.
    refuses(page(address, address, id)); // Twice.
    refuses(page(id, id, data));
    refuses(page(id, data, data));
    refuses(page(id, data, field(0x22, new byte[1]))); // A field that no pair has.
    refuses(page(id, field(0x02, new byte[1]), data)); // Field 0.
    assertThatThrownBy(() -> new VacPair(Optional.empty(), ID, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesOneTailBehindThePairs() throws Exception {
    byte[] pair = page(field(0x12, ID.bytes()), field(0x1a, new byte[1]));
    byte[] tail = field(0x12, ADDRESS.bytes());

    assertThat(VacPage.parse(join(pair, pair, tail)).tail()).contains(ADDRESS);
    assertThat(VacPage.parse(join(pair, pair, tail)).pairs()).hasSize(2);
    refuses(join(tail, pair));
    refuses(join(pair, tail, tail));
    refuses(tail);
  }

  private static void refuses(byte[] page) {
    assertThatThrownBy(() -> VacPage.parse(page)).isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesAChainOfPagesThatComesBackToItself() throws Exception {
    byte[] page =
        new VacPage(List.of(VacPair.embedded(message(1, 5))), Optional.of(ADDRESS)).encode();
    VacReader reader = new VacReader(ADDRESS, Set.<Digest>of()::contains, 10);
    reader.onBlock(page);

    assertThat(reader.wanted()).contains(ADDRESS);
    assertThatThrownBy(() -> reader.onBlock(page)).isInstanceOf(MalformedException.class);
  }

  @Test
  void asksForContentsBeforeTheNextPage() throws Exception {
    VacMessage first = message(1, 5);
    VacMessage second = message(2, 5);
    VacPage page =
        new VacPage(
            List.of(
                VacPair.mapped(first, Cid.sha256(Codec.RAW, first.content())),
                VacPair.mapped(second, Cid.sha256(Codec.RAW, second.content()))),
            Optional.of(ADDRESS));
    VacReader reader = new VacReader(Cid.sha256(Codec.RAW, page.encode()), id -> false, 10);

    reader.onBlock(page.encode());
    assertThat(reader.wanted()).contains(Cid.sha256(Codec.RAW, second.content()));
    reader.onBlock(second.content());
    assertThat(reader.wanted()).contains(Cid.sha256(Codec.RAW, first.content()));
    reader.onBlock(first.content());
    assertThat(reader.wanted()).contains(ADDRESS);
    assertThat(reader.messages())
        .extracting(VacMessage::id)
        .containsExactly(second.id(), first.id());
  }

  @Test
  void readsAsManyMessagesAsItMay() throws Exception {
    VacWriter writer = new VacWriter(VacPolicy.embedded());
    List<VacMessage> three = List.of(message(1, 5), message(2, 5), message(3, 5));
    VacWriter.Publication all = writer.publish(three);
    byte[] page = all.blocks().get(0).bytes();
    for (int max = 1; max <= 4; max++) {
      VacReader reader = new VacReader(all.page(), id -> false, max);
      reader.onBlock(page);

      assertThat(reader.messages()).hasSize(Math.min(max, 3));
      assertThat(reader.wanted()).isEmpty();
    }
    VacReader done = new VacReader(all.page(), id -> false, 9);
    done.onBlock(page);
    assertThatThrownBy(() -> done.onBlock(page)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void beginsAPageWhereTheLastIsFull() {
    VacWriter writer = new VacWriter(VacPolicy.mapped(3));
    List<VacMessage> four = new ArrayList<>();
    for (int i = 0; i < 4; i++) four.add(message(i, 5));

    // Three contents, their page, the fourth content and the page that names the one before.
    assertThat(writer.publish(four).blocks()).hasSize(6);
    assertThat(new VacWriter(VacPolicy.mapped(4)).publish(four).blocks()).hasSize(5);
    assertThat(new VacWriter(VacPolicy.lastK(1, 4)).publish(four).blocks()).hasSize(4);
    assertThat(new VacWriter(VacPolicy.embedded()).publish(four).blocks()).hasSize(1);
  }

  @Test
  void fillsAPageToItsLastByte() {
    VacPolicy two = new VacPolicy(9, 9, 2 * (5 + PAIR_BYTES_MAX));
    assertThat(new VacWriter(two).publish(List.of(message(1, 5), message(2, 5))).blocks())
        .hasSize(1);
    assertThat(new VacWriter(two).publish(List.of(message(1, 5), message(2, 6))).blocks())
        .hasSize(2);
    VacPolicy one = new VacPolicy(9, 9, 5 + PAIR_BYTES_MAX);
    assertThat(new VacWriter(one).publish(List.of(message(1, 5))).blocks()).hasSize(1);
    assertThatThrownBy(() -> new VacWriter(one).publish(List.of(message(1, 6))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new VacWriter(one).publish(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** What lies in a block of its own counts for the page no more. */
  @Test
  void makesRoomByMovingContentsOut() {
    VacPolicy policy = new VacPolicy(9, 1, 2 * PAIR_BYTES_MAX + 100);
    List<VacMessage> large = List.of(message(1, 60), message(2, 60));

    VacWriter writer = new VacWriter(policy);
    assertThat(writer.publish(large.subList(0, 1)).blocks()).hasSize(1);
    // 60 and 60 do not fit together, and the first is still in the page when the second comes.
    assertThat(writer.publish(large.subList(1, 2)).blocks()).hasSize(2);
    VacWriter small = new VacWriter(new VacPolicy(9, 0, 2 * PAIR_BYTES_MAX + 60));
    assertThat(small.publish(large).blocks()).hasSize(3);
  }

  @Test
  void hasPoliciesWithinABlock() {
    assertThat(VacPolicy.linked()).isEqualTo(new VacPolicy(1, 0, Limits.PAGE_BYTES_MAX));
    assertThat(VacPolicy.lastK(3, 10)).isEqualTo(new VacPolicy(10, 3, Limits.PAGE_BYTES_MAX));
    assertThat(new VacPolicy(1, 0, 1).bytesMax()).isEqualTo(1);
    for (int[] odd :
        new int[][] {{0, 0, 1}, {1, -1, 1}, {1, 0, 0}, {1, 0, Limits.PAGE_BYTES_MAX + 1}}) {
      assertThatThrownBy(() -> new VacPolicy(odd[0], odd[1], odd[2]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
