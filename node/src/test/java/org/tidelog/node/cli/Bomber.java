package org.tidelog.node.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.TestHome;
import org.tidelog.log.TestLogs;
import org.tidelog.log.TestMirror;
import org.tidelog.log.control.Genesis;
import org.tidelog.log.control.GenesisStatement;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.merkle.Frontier;
import org.tidelog.log.page.IndexChild;
import org.tidelog.log.page.IndexNode;
import org.tidelog.log.page.IndexRoot;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.node.folder.FolderStore;

/** An author whose keys are in order and who means harm: he signs whatever he likes. */
final class Bomber {
  static final long NOW = System.currentTimeMillis();
  static final Digest ANY = Sha256.hash("any".getBytes(StandardCharsets.UTF_8));

  private static final int GROUP = 4_096;

  final Signer signer;
  final IpnsName log;
  private final int seed;
  private final FolderStore folder;

  Bomber(Path mirror, int seed) {
    this.seed = seed;
    this.signer = TestLogs.signer(seed);
    this.log = TestLogs.name(seed);
    this.folder = new FolderStore(mirror);
  }

  Cid put(byte[] block) throws IOException {
    return put(Codec.DAG_CBOR, block);
  }

  Cid put(Codec codec, byte[] block) throws IOException {
    Cid cid = Cid.sha256(codec, block);
    folder.put(cid, block);
    return cid;
  }

  void record(byte[] record) throws IOException {
    folder.put(log, record);
  }

  /** A child of whose range nothing is known but that it has roots. */
  static IndexChild child(int level, long first, long end, Cid cid, int bytes) {
    List<Digest> roots = Collections.nCopies(AlignedRoots.heights(first, end).length, ANY);
    return new IndexChild(level, first, end, bytes, cid, first == 0 ? Digest.ZERO : ANY, roots);
  }

  /** A node over children, and the child that names it. */
  IndexChild node(int level, List<IndexChild> children) throws IOException {
    byte[] block = new IndexNode(children).encode();
    IndexChild oldest = children.get(0);
    long end = children.get(children.size() - 1).end();
    List<AlignedRoots.Part> parts = new ArrayList<>();
    children.forEach(child -> parts.add(new AlignedRoots.Part(child.end(), child.roots())));
    return new IndexChild(
        level,
        oldest.first(),
        end,
        block.length,
        put(block),
        oldest.previous(),
        AlignedRoots.join(oldest.first(), parts));
  }

  /** Publishes an index of these children, with heads that are right by it. */
  void index(List<IndexChild> children) throws IOException {
    index(children, ANY);
  }

  void index(List<IndexChild> children, Digest last) throws IOException {
    Frontier frontier = Frontier.empty();
    children.forEach(child -> frontier.appendRange(child.end(), child.roots()));
    Head.Statement said = new Head.Statement(log, frontier.size(), last, frontier.root(), NOW);
    Head head = Head.sign(said, signer);
    index(put(new IndexRoot(head, children).encode()), head);
  }

  /** Publishes a record of a head that names any block as its index. */
  void index(Cid root, Head head) throws IOException {
    record(
        new RemoteHead(head, Optional.of(root), head.size(), head.last(), Optional.empty())
            .sign(signer)
            .bytes());
  }

  Head head(long size, Digest root) {
    return Head.sign(new Head.Statement(log, size, ANY, root, NOW), signer);
  }

  /** Publishes a log whose entries are encoded as they should be, whatever is in them. */
  void log(List<NewEntry> entries) throws IOException {
    TestHome home = new TestHome(seed);
    for (int from = 0; from < entries.size(); from += GROUP) {
      home.append(entries.subList(from, Math.min(entries.size(), from + GROUP)), NOW);
    }
    TestMirror mirror = new TestMirror();
    mirror.published(home.publisher, false, NOW);
    for (Cid cid : mirror.blocks.cids()) {
      folder.put(cid, mirror.block(cid, Integer.MAX_VALUE).get());
    }
    record(mirror.record(log).get());
  }

  NewEntry genesis(LogPurpose purpose) {
    GenesisStatement.Author author =
        new GenesisStatement.Author(TestLogs.signer(99), new byte[16], ANY, "M");
    GenesisStatement statement = GenesisStatement.sign(author, log, ANY, purpose);
    return NewEntry.plain(EntryKind.GENESIS, NOW, Genesis.open(ANY, statement).encode());
  }
}
