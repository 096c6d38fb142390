package org.tidelog.log.linked;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.seal.BlockSealer;

/**
 * Visits the blocks of a large payload from first to last, nodes before what is below them. Every
 * node must have the links that the length calls for, so the walk is bounded by what the entry
 * says. Owned by one thread.
 */
public final class LinkedWalk {
  /** A sealed chunk, or a node of links. */
  public static final int BLOCK_BYTES_MAX = LinkedContent.CHUNK_BYTES + 64;

  private final LinkedContent content;
  private final Source source;
  private final BlockSealer sealer;
  private final Deque<Step> todo = new ArrayDeque<>();
  private long nextChunk;

  /** Finds blocks whose hash is that of their CID. */
  @FunctionalInterface
  public interface Source {
    /**
     * The bytes of a block.
     *
     * @throws IOException where the block cannot be had
     */
    byte[] get(Cid cid) throws IOException;
  }

  private record Step(Cid cid, int level, long chunks) {}

  public LinkedWalk(LinkedContent content, Source source) {
    this.content = content;
    this.source = source;
    this.sealer = new BlockSealer(content.key());
    todo.push(new Step(content.root(), content.levels(), content.chunks()));
  }

  /**
   * The next chunk, decrypted; empty after the last.
   *
   * @throws MalformedException if a node or chunk is not what the entry commits to
   * @throws IOException from the source
   */
  public Optional<byte[]> next() throws IOException, MalformedException {
    while (!todo.isEmpty()) {
      Step step = todo.pop();
      byte[] block = source.get(step.cid);
      if (step.level == 0) return Optional.of(open(block));
      descend(step, block);
    }
    return Optional.empty();
  }

  private byte[] open(byte[] block) throws MalformedException {
    long index = nextChunk++;
    boolean last = index == content.chunks() - 1;
    Optional<byte[]> plain = sealer.open(index, last, block);
    long expected =
        last ? content.size() - index * LinkedContent.CHUNK_BYTES : LinkedContent.CHUNK_BYTES;
    if (!plain.isPresent() || plain.get().length != expected) {
      throw new MalformedException("chunk " + index + " of " + content);
    }
    return plain.get();
  }

  private void descend(Step step, byte[] block) throws MalformedException {
    long below = 1;
    for (int level = 1; level < step.level; level++) {
      below *= LinkedContent.FAN_OUT;
    }
    long count = (step.chunks + below - 1) / below;
    List<Cid> links = LinkedContent.parseNode(block, count);
    for (int i = links.size() - 1; i >= 0; i--) {
      long chunks = Math.min(below, step.chunks - i * below);
      todo.push(new Step(links.get(i), step.level - 1, chunks));
    }
  }
}
