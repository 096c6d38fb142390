package org.tidelog.log.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.TestHome;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.Slice;

class HostilePeerTest {
  private final TestDevice one = new TestDevice(1);
  private final TestDevice other = new TestDevice(2);
  private final Random random = new Random(1);

  private static String refusal(SyncSession session, byte[] bytes) {
    session.onBytes(bytes, TestLogs.NOW);
    List<SyncEffect> effects = new ArrayList<>();
    for (List<SyncEffect> some = session.drain(); !some.isEmpty(); some = session.drain()) {
      effects.addAll(some);
    }
    assertThat(effects).hasSizeGreaterThanOrEqualTo(2);
    SyncEffect last = effects.get(effects.size() - 1);
    assertThat(effects.get(effects.size() - 2))
        .isInstanceOfSatisfying(
            SyncEffect.Send.class, send -> assertThat(send.kind()).isEqualTo(FrameKind.REFUSE));
    assertThat(last).isInstanceOf(SyncEffect.Close.class);
    assertThat(session.isSettled()).isTrue();
    return ((SyncEffect.Close) last).reason();
  }

  private static byte[] frame(int kind, ByteWriter body) {
    return new ByteWriter()
        .varint(body.size() + 1L)
        .u8(kind)
        .bytes(body.toByteArray())
        .toByteArray();
  }

  private TestLink open() {
    TestLink link = new TestLink(one, other).run();
    assertThat(link.closed()).isEmpty();
    return link;
  }

  @Test
  void isToldWhichVersionsAreSpoken() {
    SyncSession session = one.session(SyncRole.RESPONDER, other);
    ByteWriter hello = new ByteWriter().varint(2).varint(7).bytes(new byte[40]);

    assertThat(refusal(session, frame(1, hello))).contains("versions 2 to 7");
  }

  @Test
  void mayComeWithVersionsAroundOurs() {
    SyncSession session = one.session(SyncRole.RESPONDER, other);
    ByteWriter hello =
        new ByteWriter().varint(0).varint(9).bytes(new byte[16]).varint(9).u8(0).varint(0);

    session.onBytes(frame(1, hello), TestLogs.NOW);

    assertThat(session.drain()).hasSize(1).hasOnlyElementsOfType(SyncEffect.Send.class);
  }

  @Test
  void hearsWhyOfAProofThatDoesNotHold() {
    TestLink link = new TestLink(one, other);
    link.turn(link.initiator, link.responder);
    ByteWriter proof = new ByteWriter().varint(0).bytes(new byte[16]);

    assertThat(refusal(link.responder, frame(2, proof))).contains("proof");
  }

  @Test
  void cannotSendFramesBeforeTheProofs() {
    SyncSession session = one.session(SyncRole.RESPONDER, other);
    assertThat(refusal(session, frame(7, new ByteWriter().varint(1)))).contains("before");
  }

  @Test
  void cannotAnnounceMoreThanAFrame() {
    SyncSession session = one.session(SyncRole.RESPONDER, other);
    assertThat(refusal(session, new byte[] {-1, -1, -1, -1})).contains("frame");
  }

  @Test
  void isSkippedInExtensionsAndRefusedInUnknownKinds() {
    TestLink link = open();
    link.initiator.onBytes(frame(64, new ByteWriter().varint(5)), TestLogs.NOW);
    assertThat(link.initiator.drain()).isEmpty();
    assertThat(refusal(link.initiator, frame(63, new ByteWriter()))).contains("kind 63");
  }

  @Test
  void cannotSendForAWantThatWasNeverMade() {
    one.append(1, random, 5, 100);
    TestLink link = open();
    byte[] bytes = one.store.slices(TestLogs.name(1), 0, 5, 1).get(0).slice().bytes();
    ByteWriter slice = new ByteWriter().varint(99).u8(0).varint(bytes.length).bytes(bytes);

    assertThat(refusal(link.responder, frame(9, slice))).contains("without a want");
  }

  @Test
  void cannotSendMoreThanWasGranted() {
    other.limits = new SyncLimits(SyncLimits.WINDOW_BYTES_MIN, 10_000, true);
    TestLink link = open();
    Slice large = TestLogs.slice(0, TestLogs.anyEntries(new Random(4), 0, 1_000, 2_000));
    ByteWriter push = new ByteWriter().varint(0).varint(0).varint(0).bytes(new byte[32]);
    push.u8(2).varint(large.length()).bytes(large.bytes()).varint(0).bytes(new byte[64]);

    assertThat(refusal(link.responder, frame(9, push))).contains("granted");
  }

  @Test
  void cannotHaveEverythingComparedAgainAndAgain() {
    one.append(1, random, 5, 100);
    TestLink link = open();
    ByteWriter states = new ByteWriter();
    for (int i = 0; i < 40; i++) {
      states.bytes(frame(3, new ByteWriter().varint(0).u8(2).bytes(new byte[16])));
    }

    assertThat(refusal(link.responder, states.toByteArray())).contains("compared");
  }

  @Test
  void cannotChangeABitOfASlice() throws Exception {
    for (int seed = 0; seed < 300; seed++) {
      TestDevice author = new TestDevice(1);
      TestDevice reader = new TestDevice(2);
      author.append(1, new Random(seed), 40, 300);
      TestLink link = new TestLink(author, reader);
      flipOnTheWay(link, new Random(seed));
      for (String held : reader.contents()) {
        assertThat(author.contents()).as("seed %s", seed).contains(held);
      }
    }
  }

  @Test
  void cannotChangeABitOfAnySliceOfATransfer() throws Exception {
    TestDevice author = new TestDevice(1);
    author.append(1, new Random(1), 3_000, 2_000);
    List<String> entries = TestHome.contents(TestLogs.name(1), author.store);
    for (int seed = 0; seed < 40; seed++) {
      TestDevice reader = new TestDevice(2);
      TestLink link = new TestLink(author, reader);
      untouched = seed % 4;
      flipOnTheWay(link, new Random(seed));
      List<String> held = TestHome.contents(TestLogs.name(1), reader.store);
      assertThat(entries).as("seed %s", seed).containsAll(held);
      if (untouched > 0) assertThat(held).isNotEmpty();
    }
  }

  /** Slices that come as they were sent, before one is changed. */
  private int untouched;

  /** Everything goes to and fro but for one bit of one slice. */
  private void flipOnTheWay(TestLink link, Random random) throws Exception {
    boolean said = true;
    while (said) {
      said = carry(link.initiator, link.responder, random);
      said |= carry(link.responder, link.initiator, random);
    }
  }

  private boolean carry(SyncSession from, SyncSession to, Random random) throws Exception {
    List<SyncEffect> effects = from.drain();
    for (SyncEffect effect : effects) {
      if (!(effect instanceof SyncEffect.Send send)) continue;
      byte[] bytes = send.bytes().clone();
      if (send.kind() == FrameKind.SLICE && untouched-- <= 0) {
        ByteReader in = new ByteReader(bytes);
        in.varint();
        int at = in.position() + 1 + random.nextInt(bytes.length - in.position() - 1);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
      }
      to.onBytes(bytes, TestLogs.NOW);
    }
    return !effects.isEmpty();
  }

  @Test
  void cannotMakeUsKeepWhatItNeverSends() {
    SyncSession session = one.session(SyncRole.RESPONDER, other);
    byte[] start = Arrays.copyOf(new byte[] {(byte) 0xff, (byte) 0xff, 3, 1}, 4);
    session.onBytes(start, TestLogs.NOW);
    session.onEnd(TestLogs.NOW);
    assertThat(session.drain()).isEmpty();
    assertThat(session.isSettled()).isTrue();
  }
}
