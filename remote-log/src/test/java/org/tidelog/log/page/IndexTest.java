package org.tidelog.log.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.merkle.NaiveMerkle;

class IndexTest {
  private static final IpnsName LOG = TestLogs.name(1);
  private static final NaiveMerkle MERKLE = NaiveMerkle.ofSize(60);
  private static final Head HEAD =
      Head.sign(
          new Head.Statement(LOG, 60, previous(60), MERKLE.root(60), TestLogs.NOW),
          TestLogs.signer(1));

  private static Digest previous(int first) {
    return first == 0 ? Digest.ZERO : MERKLE.leaves().get(first - 1);
  }

  private static IndexChild child(int level, int first, int end) {
    Cid cid = Cid.sha256(Codec.DAG_CBOR, new byte[] {(byte) first, (byte) end});
    return new IndexChild(
        level, first, end, 1_000 + end, cid, previous(first), MERKLE.roots(first, end));
  }

  private static final List<IndexChild> CHILDREN =
      List.of(child(1, 0, 23), child(1, 23, 40), child(0, 40, 41), child(0, 41, 60));

  @Test
  void rootHoldsItsHeadAndChildren() throws Exception {
    IndexRoot root = IndexRoot.parse(new IndexRoot(HEAD, CHILDREN).encode());

    assertThat(root).isEqualTo(new IndexRoot(HEAD, CHILDREN));
    assertThat(root.head().verify(TestLogs.VERIFIER)).isTrue();
    assertThat(root.log()).isEqualTo(LOG);
    assertThat(root.size()).isEqualTo(60);
    assertThat(root.frontier().root()).isEqualTo(MERKLE.root(60));
  }

  @Test
  void headOfAChangedRootDoesNotVerify() {
    byte[] block = new IndexRoot(HEAD, CHILDREN).encode();
    int links = 0;
    for (int bit = 0; bit < 8 * block.length; bit += 5) {
      byte[] flipped = block.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      if (verifies(flipped)) links++;
    }
    // Levels, lengths, CIDs and links to entries before are not signed; pages are checked anyway.
    assertThat(links).isLessThan(8 * CHILDREN.size() * (1 + 2 + 37 + 32));
  }

  private static boolean verifies(byte[] block) {
    try {
      IndexRoot root = IndexRoot.parse(block);
      assertThat(root.encode()).isEqualTo(block);
      return root.head().verify(TestLogs.VERIFIER);
    } catch (MalformedException e) {
      return false;
    }
  }

  @Test
  void nodeFitsTheChildThatNamesIt() throws Exception {
    List<IndexChild> below = List.of(child(0, 23, 24), child(0, 24, 33), child(0, 33, 40));
    byte[] block = new IndexNode(below).encode();

    assertThat(IndexNode.parse(block, child(1, 23, 40)).children()).isEqualTo(below);
    assertThat(IndexNode.parse(block, child(2, 23, 40)).children()).isEqualTo(below);
  }

  @Test
  void refusesNodesThatDoNotFit() {
    IndexChild parent = child(1, 23, 40);
    refuses(parent, List.of(child(0, 23, 33)), "does not cover");
    refuses(parent, List.of(child(0, 24, 40)), "does not cover");
    refuses(parent, List.of(child(0, 23, 41)), "does not cover");
    refuses(parent, List.of(child(0, 23, 30), child(0, 31, 40)), "gap");
    refuses(parent, List.of(child(0, 23, 30), child(0, 29, 40)), "gap");
    refuses(parent, List.of(child(1, 23, 40)), "level");
    refuses(parent, List.of(child(0, 23, 30), child(2, 30, 40)), "level");
    refuses(parent, List.of(with(child(0, 23, 40), Digest.ZERO)), "another entry");
    List<Digest> otherRoots = new ArrayList<>(parent.roots());
    otherRoots.set(0, Digest.ZERO);
    refuses(parent, List.of(with(child(0, 23, 40), otherRoots)), "roots");
    assertThatThrownBy(() -> IndexNode.parse(new byte[Limits.PAGE_BYTES_MAX + 1], parent))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> IndexNode.parse(DagCbor.encode(new Cbor.Array(List.of())), parent))
        .isInstanceOf(MalformedException.class);
  }

  private static void refuses(IndexChild parent, List<IndexChild> children, String why) {
    byte[] block = new IndexNode(children).encode();
    assertThatThrownBy(() -> IndexNode.parse(block, parent))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(why);
  }

  private static IndexChild with(IndexChild child, Digest previous) {
    return new IndexChild(
        child.level(),
        child.first(),
        child.end(),
        child.bytes(),
        child.cid(),
        previous,
        child.roots());
  }

  private static IndexChild with(IndexChild child, List<Digest> roots) {
    return new IndexChild(
        child.level(),
        child.first(),
        child.end(),
        child.bytes(),
        child.cid(),
        child.previous(),
        roots);
  }

  @Test
  void refusesRootsThatBeginLateOrSayOddThings() {
    refusesRoot(rootWith(List.of(child(0, 5, 9)), headBytes()));
    refusesRoot(rootWith(List.of(with(child(0, 0, 9), previous(5))), headBytes()));
    refusesRoot(rootWith(List.of(child(9, 0, 9)), headBytes()));
    refusesRoot(rootWith(List.of(), headBytes()));
    refusesRoot(rootWith(CHILDREN, Arrays.copyOf(headBytes(), 103)));
    refusesRoot(rootWith(CHILDREN, Arrays.copyOf(headBytes(), 105)));
    byte[] afterTime = headBytes();
    afterTime[32] = 1;
    refusesRoot(rootWith(CHILDREN, afterTime));
    refusesRoot(new byte[Limits.PAGE_BYTES_MAX + 1]);
    refusesRoot(DagCbor.encode(Cbor.of(1)));
  }

  private static byte[] headBytes() {
    return new ByteWriter()
        .digest(HEAD.last())
        .u64(HEAD.timeMillis())
        .bytes(HEAD.signature())
        .toByteArray();
  }

  private static byte[] rootWith(List<IndexChild> children, byte[] head) {
    SortedMap<String, Cbor> map = new TreeMap<>(Cbor.Mapping.KEY_ORDER);
    map.put("log", new Cbor.Bytes(LOG.key()));
    map.put("head", new Cbor.Bytes(head));
    map.put("children", IndexNode.encodeChildren(children));
    return DagCbor.encode(new Cbor.Mapping(map));
  }

  private static void refusesRoot(byte[] block) {
    assertThatThrownBy(() -> IndexRoot.parse(block)).isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesChildrenOutsideTheLimits() {
    Cid cid = CHILDREN.get(0).cid();
    refusesRoot(
        rootWith(
            List.of(new IndexChild(0, 0, 9, 0, cid, Digest.ZERO, MERKLE.roots(0, 9))),
            headBytes()));
    refusesRoot(
        rootWith(
            List.of(
                new IndexChild(
                    0, 0, 9, Limits.PAGE_BYTES_MAX + 1, cid, Digest.ZERO, MERKLE.roots(0, 9))),
            headBytes()));
    refusesRoot(
        rootWith(
            List.of(new IndexChild(0, 0, 9, 5, cid, Digest.ZERO, MERKLE.roots(0, 8))),
            headBytes()));
    refusesRoot(
        rootWith(List.of(new IndexChild(0, 0, 0, 5, cid, Digest.ZERO, List.of())), headBytes()));
  }

  @Test
  void knowsNoFieldsButItsOwn() {
    SortedMap<String, Cbor> map = new TreeMap<>(Cbor.Mapping.KEY_ORDER);
    map.put("log", new Cbor.Bytes(LOG.key()));
    map.put("head", new Cbor.Bytes(headBytes()));
    map.put("children", IndexNode.encodeChildren(CHILDREN));
    map.put("more", Cbor.of(1));
    refusesRoot(DagCbor.encode(new Cbor.Mapping(map)));
  }
}
