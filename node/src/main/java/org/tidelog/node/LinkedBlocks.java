package org.tidelog.node;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.linked.LinkedContent;
import org.tidelog.log.linked.LinkedWalk;
import org.tidelog.log.linked.LinkedWriter;
import org.tidelog.log.read.Entries;
import org.tidelog.node.folder.FolderStore;
import org.tidelog.node.folder.IoReason;
import org.tidelog.node.folder.NoSpaceException;
import org.tidelog.replicator.conversation.LogKeys;

/**
 * Moves the blocks of large payloads: from a stream to this home, from here to the mirror, from the
 * mirror here, and out as a stream.
 */
final class LinkedBlocks {
  private static final int KEY_BYTES = 32;

  /** As many as a publication has under way. */
  private static final int BLOCKS_AT_ONCE = 8;

  private final Core core;
  private final FolderStore blobs;

  LinkedBlocks(Core core) {
    this.core = core;
    this.blobs = new FolderStore(core.home.blobs());
  }

  /**
   * Stores a stream's bytes as blocks of this home.
   *
   * @param first the bytes already read from it, a whole chunk
   */
  LinkedContent store(byte[] first, InputStream rest) throws IOException {
    byte[] key = Entropy.system().bytes(KEY_BYTES);
    BlobWriter blocks = new BlobWriter(core, blobs, key);
    try {
      LinkedWriter writer = new LinkedWriter(key, blocks::put);
      byte[] chunk = first;
      while (chunk.length > 0) {
        byte[] next = Streams.read(rest, LinkedContent.CHUNK_BYTES);
        writer.write(chunk, next.length == 0);
        chunk = next;
      }
      LinkedContent content = writer.finish();
      blocks.flush();
      return content;
    } catch (IOException | RuntimeException e) {
      blocks.giveUp();
      throw e;
    }
  }

  /**
   * Copies to the mirror what entries of an own log link to.
   *
   * @param all also what was copied before: a layer may have lost it, or be new
   */
  void mirror(String label, IpnsName log, boolean all, Targets targets, Progress progress) {
    for (long seq : all ? core.book.linked(log) : core.book.pendingLinked(log)) {
      Optional<LinkedContent> content = content(label, log, seq);
      if (!content.isPresent()) continue;
      long[] done = {0};
      Map<Cid, byte[]> batch = new LinkedHashMap<>();
      LinkedWalk.Source source =
          cid -> {
            byte[] block = local(cid);
            done[0] += block.length;
            batch.put(cid, block);
            if (batch.size() == BLOCKS_AT_ONCE) put(batch, targets);
            progress.at("publishing a large payload", done[0], content.get().size());
            return block;
          };
      walk(content.get(), source);
      put(batch, targets);
      targets.pinLarge(content.get().root(), log);
      core.book.settleLinked(log, seq);
    }
  }

  private static void put(Map<Cid, byte[]> batch, Targets targets) {
    if (!batch.isEmpty()) targets.put(batch, batch.keySet());
    batch.clear();
  }

  /**
   * Notes in the book that the blocks of these entries are to go: here, those that no other entry
   * of this home links to, and, for a log of one's own, all of them in the mirror. Whoever commits
   * that calls {@link #drop} then; if it comes to no more, opening the home and publishing the log
   * do it.
   */
  List<LinkedContent> unlink(String label, IpnsName log, SeqRanges gone) {
    List<LinkedContent> contents = new ArrayList<>();
    for (long seq : core.book.linked(log)) {
      if (!gone.contains(seq)) continue;
      content(label, log, seq).ifPresent(contents::add);
      core.book.removeLinked(log, seq);
    }
    if (contents.isEmpty()) return List.of();
    StillLinked still = new StillLinked(core, label, contents);
    for (LinkedContent content : contents) {
      DoomedBlobs.add(core, content.key(), still.without(content, this));
      if (core.isOwn(log)) leave(log, content);
    }
    return contents;
  }

  /** What the mirrors have of a payload of one's own is remembered until it is gone from them. */
  private void leave(IpnsName log, LinkedContent content) {
    Set<String> layers = new LinkedHashSet<>(core.layers.names());
    layers.addAll(core.book.facts(log).sources());
    new Leftovers(core.book, log).add(layers, blocks(content));
  }

  /** The blocks of a content as far as they are here; none where they are not what it says. */
  List<Cid> blocks(LinkedContent content) {
    List<Cid> blocks = new ArrayList<>();
    try {
      walkThrough(
          content,
          cid -> {
            blocks.add(cid);
            return local(cid);
          });
    } catch (IOException e) {
      // What was not fetched, or is damaged, has no more blocks to drop than were found.
    } catch (MalformedException e) {
      // It names blocks that it has no key to: they are another's.
      blocks.clear();
    }
    return blocks;
  }

  /**
   * Drops blocks that nothing links to here, as has been committed. In the mirror the record in it
   * still does: they go when the next publication has replaced that, so that no reader misses them.
   */
  void drop(List<LinkedContent> unlinked) {
    for (LinkedContent gone : unlinked) {
      try {
        DoomedBlobs.remove(core.book, gone.key(), blobs);
        DoomedBlobs.spare(core.book, gone.key());
      } catch (IOException e) {
        throw failure("drop a large payload", e);
      }
    }
    core.book.commit();
  }

  /**
   * Hands on the blocks of this home that an entry links to.
   *
   * @return the root of them, if all are here
   */
  Optional<Cid> copy(String label, IpnsName log, long seq, LinkedWriter.Sink sink) {
    Optional<LinkedContent> content = content(label, log, seq);
    if (!content.isPresent()) return Optional.empty();
    try {
      walkThrough(
          content.get(),
          cid -> {
            byte[] block = local(cid);
            sink.put(cid, block);
            return block;
          });
      return content.map(LinkedContent::root);
    } catch (IOException | MalformedException e) {
      return Optional.empty();
    }
  }

  /** What is wrong with the blocks, in this home, of an entry that links to some. */
  Optional<String> damage(String label, IpnsName log, long seq) {
    Optional<LinkedContent> content = content(label, log, seq);
    if (!content.isPresent()) return Optional.empty();
    try {
      walkThrough(content.get(), this::local);
      return Optional.empty();
    } catch (IOException | MalformedException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** What fetching large payloads came to. */
  record Fetched(long bytes, long blocks, Optional<Problem> problem) {}

  /**
   * Copies to this home what an entry of another's log links to. Stops at the first block that
   * cannot be had.
   */
  Fetched fetch(
      Layers.Source layers,
      String label,
      IpnsName log,
      long seq,
      long bytesMax,
      Progress progress) {
    long[] read = {0, 0};
    Optional<LinkedContent> content = content(label, log, seq);
    if (!content.isPresent()) return new Fetched(0, 0, Optional.empty());
    LinkedWalk.Source source =
        cid -> {
          Optional<byte[]> here = blobs.get(cid, LinkedWalk.BLOCK_BYTES_MAX);
          if (here.isPresent() && cid.matches(here.get())) return here.get();
          if (read[0] >= bytesMax) throw new BudgetException();
          Layers.Block block = layers.block(cid, LinkedWalk.BLOCK_BYTES_MAX);
          if (!block.bytes().isPresent()) throw new MissingException(cid, block);
          read[0] += block.bytes().get().length;
          read[1]++;
          blobs.put(cid, block.bytes().get());
          progress.at("fetching a large payload", read[0], content.get().size());
          return block.bytes().get();
        };
    Optional<Problem> problem = Optional.empty();
    try {
      walkThrough(content.get(), source);
      core.book.settleLinked(log, seq);
    } catch (BudgetException e) {
      problem = Optional.empty(); // What is missing is remembered and fetched another time.
    } catch (MissingException e) {
      problem = Optional.of(e.problem());
    } catch (MalformedException e) {
      core.book.removeLinked(log, seq);
      problem =
          Optional.of(new Problem(ErrorKind.BAD_ENTRY, e.getMessage(), log.text() + " " + seq));
    } catch (IOException e) {
      throw failure("store a large payload", e);
    }
    return new Fetched(read[0], read[1], problem);
  }

  private static final class BudgetException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static final class MissingException extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    MissingException(Cid cid, Layers.Block block) {
      problem =
          block.failures().isEmpty()
              ? new Problem(ErrorKind.INCOMPLETE, "no layer has the block", cid.text())
              : FollowDriver.problem(block.failures().get(0));
    }

    Problem problem() {
      return problem;
    }
  }

  private void walk(LinkedContent content, LinkedWalk.Source source) {
    try {
      walkThrough(content, source);
    } catch (MalformedException e) {
      throw new TidelogException(
          ErrorKind.BAD_STORE,
          "cannot read a large payload of this home: " + e.getMessage(),
          null,
          e);
    } catch (IOException e) {
      throw failure("read a large payload of this home", e);
    }
  }

  private static void walkThrough(LinkedContent content, LinkedWalk.Source source)
      throws IOException, MalformedException {
    LinkedWalk walk = new LinkedWalk(content, source);
    while (walk.next().isPresent()) {
      // The source has done what was to be done.
    }
  }

  private byte[] local(Cid cid) throws IOException {
    Optional<byte[]> block = blobs.get(cid, LinkedWalk.BLOCK_BYTES_MAX);
    if (block.isPresent() && cid.matches(block.get())) return block.get();
    throw new IOException(
        "block " + cid.text() + (block.isPresent() ? " is damaged" : " is missing"));
  }

  /** What an entry links to; empty where it cannot be read, or links to nothing. */
  Optional<LinkedContent> content(String label, IpnsName log, long seq) {
    Entries entries = new Entries(log, core.store, seq, seq + 1);
    if (!entries.hasNext()) return Optional.empty();
    return content(entries.next(), core.keys(label, log));
  }

  static Optional<LinkedContent> content(Entry entry, LogKeys keys) {
    if (!entry.header().has(Flags.LINKED)) return Optional.empty();
    Optional<byte[]> plain = keys.open(entry);
    if (!plain.isPresent()) return Optional.empty();
    try {
      return Optional.of(LinkedContent.parse(plain.get()));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /** The payload as a stream of what is in this home. */
  InputStream open(LinkedContent content) {
    return new LinkedStream(new LinkedWalk(content, this::local));
  }

  static TidelogException failure(String what, IOException e) {
    if (e instanceof NoSpaceException) {
      return new TidelogException(
          ErrorKind.NO_SPACE, "cannot " + what + ": no space left", "free some space", e);
    }
    return new TidelogException(ErrorKind.IO, "cannot " + what + ": " + IoReason.of(e), null, e);
  }
}
