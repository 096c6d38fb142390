package org.tidelog.log.fork;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.merkle.Frontier;
import org.tidelog.log.merkle.RangeProof;
import org.tidelog.log.page.IndexChild;
import org.tidelog.log.page.IndexNode;
import org.tidelog.log.page.IndexRoot;
import org.tidelog.log.page.Page;
import org.tidelog.log.page.RemoteHead;

/**
 * A published log as its record and index tell it: parts whose aligned roots are known, made finer
 * where somebody looks closer. Every part is checked against the one it was in.
 */
final class Branch implements RangeProof.Source {
  private final IpnsName name;
  private final RemoteHead remote;
  private final Verifier verifier;
  private final List<Part> parts = new ArrayList<>();

  /** Without an index the record holds all entries; else {@link #root} comes first. */
  Branch(IpnsName name, RemoteHead remote, Verifier verifier) {
    this.name = name;
    this.remote = remote;
    this.verifier = verifier;
    if (!remote.index().isPresent()) addTail();
  }

  /**
   * A run of entries: a block not looked into, or entries themselves.
   *
   * @param ids of the entries; empty for a block
   * @param previous the id before the first entry
   */
  record Part(
      long first,
      long end,
      Optional<IndexChild> child,
      List<Slice> slices,
      List<Digest> ids,
      Digest previous) {
    static Part of(IndexChild child) {
      return new Part(
          child.first(), child.end(), Optional.of(child), List.of(), List.of(), child.previous());
    }

    static Part of(IpnsName log, List<Slice> slices, Digest previous) {
      List<Digest> ids = new ArrayList<>();
      Digest before = previous;
      for (Slice slice : slices) {
        ids.addAll(slice.ids(log, before));
        before = ids.get(ids.size() - 1);
      }
      long first = slices.get(0).first();
      return new Part(first, first + ids.size(), Optional.empty(), slices, ids, previous);
    }

    Digest id(long seq) {
      return ids.get((int) (seq - first));
    }

    Entry entry(IpnsName log, long seq) {
      Digest before = previous;
      for (Slice slice : slices) {
        if (seq < slice.end()) return slice.entries(log, before).get((int) (seq - slice.first()));
        before = id(slice.end() - 1);
      }
      throw new IllegalArgumentException("seq: " + seq + " of [" + first + ", " + end + ")");
    }

    /** The aligned roots of the part of {@code [from, to)} that lies in here. */
    AlignedRoots.Part within(long from, long to) {
      if (child.isPresent()) return new AlignedRoots.Part(end, child.get().roots());
      long begin = Math.max(from, first);
      long stop = Math.min(to, end);
      List<Digest> some = ids.subList((int) (begin - first), (int) (stop - first));
      return new AlignedRoots.Part(stop, AlignedRoots.of(begin, some));
    }
  }

  /** All of it, ascending. */
  List<Part> parts() {
    return parts;
  }

  private void addTail() {
    remote.tail().ifPresent(tail -> parts.add(Part.of(name, List.of(tail), remote.previous())));
  }

  /** The index root that the record names. */
  void root(byte[] block) throws MalformedException {
    IndexRoot root = IndexRoot.parse(block);
    Optional<String> problem = root.problem(name, remote, verifier);
    if (problem.isPresent()) throw new MalformedException(problem.get());
    root.children().forEach(child -> parts.add(Part.of(child)));
    addTail();
  }

  /** Puts what is in a block in place of its part. */
  void expand(IndexChild child, byte[] block) throws MalformedException {
    int at = parts.indexOf(Part.of(child));
    if (at < 0) throw new IllegalArgumentException("child: " + child.range() + " is no part");
    List<Part> inside = child.level() == 0 ? page(child, block) : node(child, block);
    parts.remove(at);
    parts.addAll(at, inside);
  }

  private static List<Part> node(IndexChild child, byte[] block) throws MalformedException {
    List<Part> inside = new ArrayList<>();
    for (IndexChild below : IndexNode.parse(block, child).children()) {
      inside.add(Part.of(below));
    }
    return inside;
  }

  private List<Part> page(IndexChild child, byte[] block) throws MalformedException {
    Page page = Page.parse(block);
    boolean fits =
        page.log().equals(name) && page.first() == child.first() && page.end() == child.end();
    if (!fits) throw new MalformedException("it is a page of another range or log");
    Part part = Part.of(name, page.slices(), child.previous());
    if (!AlignedRoots.of(child.first(), part.ids()).equals(child.roots())) {
      throw new MalformedException("its entries are not those that the index commits to");
    }
    return List.of(part);
  }

  /** The block that holds entries on both sides of a position. */
  Optional<IndexChild> straddling(long position) {
    for (Part part : parts) {
      if (part.first() < position && position < part.end()) return part.child();
    }
    return Optional.empty();
  }

  /** The peaks at a position that no block straddles. */
  Frontier peaksAt(long position) {
    Frontier frontier = Frontier.empty();
    for (Part part : parts) {
      if (part.first() >= position) break;
      AlignedRoots.Part within = part.within(0, position);
      frontier.appendRange(within.to(), within.roots());
    }
    return frontier;
  }

  @Override
  public List<Digest> peaks(long size) {
    return peaksAt(size).peaks();
  }

  /** As {@link #peaksAt}: no block may straddle either end, unless it is a peak's. */
  @Override
  public List<Digest> roots(long from, long to) {
    long size = remote.head().size();
    List<AlignedRoots.Part> behind = new ArrayList<>();
    for (Part part : parts) {
      if (part.end() > from) behind.add(part.within(from, size));
    }
    List<Digest> all = AlignedRoots.join(from, behind);
    return all.subList(0, AlignedRoots.heights(from, to).length);
  }

  /** That the log had some root when it was of this size. */
  RangeProof prefix(long size) {
    return RangeProof.prove(size, size, remote.head().size(), this);
  }
}
