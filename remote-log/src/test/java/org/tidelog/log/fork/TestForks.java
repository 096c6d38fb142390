package org.tidelog.log.fork;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.EntryHeader;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.ParentRef;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.merkle.RangeProof;

/** Forks of logs of any size: all entries but the one that differs are the same made-up ones. */
public final class TestForks {
  public static final Signer SIGNER = TestLogs.signer(1);
  public static final IpnsName LOG = TestLogs.name(1);

  /** A subtree of each height over made-up leaves. */
  private static final class MadeUp implements RangeProof.Source {
    @Override
    public List<Digest> peaks(long size) {
      return roots(0, size);
    }

    @Override
    public List<Digest> roots(long from, long to) {
      List<Digest> roots = new ArrayList<>();
      for (int height : AlignedRoots.heights(from, to)) {
        roots.add(Sha256.hash(new byte[] {(byte) height}));
      }
      return roots;
    }
  }

  private TestForks() {}

  /** An entry whose every field is there; {@code which} tells it from others. */
  public static EntryHeader entry(long seq, int which, int parents) {
    Digest previous = seq == 0 ? Digest.ZERO : Sha256.hash(new byte[] {1});
    return new EntryHeader(
        LOG,
        seq,
        seq == 0 ? EntryKind.GENESIS : EntryKind.DATA,
        previous,
        TestLogs.NOW + which,
        parents == 0 ? 0 : Flags.EXPIRING | Flags.SALTED,
        parents == 0 ? 0 : TestLogs.NOW * 100,
        Collections.nCopies(parents, new ParentRef(Integer.MAX_VALUE, (1L << 40) - 2)),
        200_000,
        Sha256.hash(new byte[] {(byte) which}));
  }

  public static ForkPoint.Branch branch(EntryHeader entry, long size) {
    long seq = entry.seq();
    RangeProof proof = RangeProof.prove(seq, seq + 1, size, new MadeUp());
    Digest root = proof.rootWith(List.of(entry.id()));
    Digest last = seq == size - 1 ? entry.id() : Sha256.hash(new byte[] {9});
    return new ForkPoint.Branch(head(size, last, root), entry, proof);
  }

  public static Head head(long size, Digest last, Digest root) {
    return Head.sign(new Head.Statement(LOG, size, last, root, TestLogs.NOW), SIGNER);
  }

  public static ForkPoint fork(long seq, long size, long otherSize, int parents) {
    return ForkPoint.of(
        branch(entry(seq, 2, parents), size), branch(entry(seq, 3, parents), otherSize));
  }

  /** That a log of {@code size} had another root when it was {@code smaller}. */
  public static ForkedHeads heads(long smaller, long size) {
    Digest id = Sha256.hash(new byte[] {4});
    Head small = head(smaller, id, Sha256.hash(new byte[] {5}));
    if (smaller == size) return ForkedHeads.of(small, head(size, id, Sha256.hash(new byte[] {6})));
    RangeProof prefix = RangeProof.prove(smaller, smaller, size, new MadeUp());
    return ForkedHeads.of(small, head(size, id, prefix.rootWith(List.of())), prefix);
  }

  public static FalseHead falseHead(long size) {
    EntryHeader entry = entry(size - 1, 2, 0);
    RangeProof proof = RangeProof.prove(size - 1, size, size, new MadeUp());
    Digest root = proof.rootWith(List.of(entry.id()));
    return FalseHead.of(head(size, Sha256.hash(new byte[] {7}), root), entry, proof);
  }
}
