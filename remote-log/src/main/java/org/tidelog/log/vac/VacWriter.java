package org.tidelog.log.vac;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;

/**
 * Writes a remote log: first contents and pages, then the name. The newest page is written anew at
 * each publication until it is full. Owned by one thread.
 */
public final class VacWriter {
  /** What a pair takes at the most beside its content: tags, lengths, address and hash. */
  private static final int PAIR_BYTES_MAX = 96;

  private final VacPolicy policy;
  private final List<Pair> pairs = new ArrayList<>();
  private long bytes;
  private Optional<Cid> tail = Optional.empty();

  public VacWriter(VacPolicy policy) {
    this.policy = policy;
  }

  /** A message of the newest page. */
  private static final class Pair {
    final VacMessage message;
    Optional<Cid> address = Optional.empty();

    Pair(VacMessage message) {
      this.message = message;
    }

    VacPair written() {
      return address
          .map(cid -> VacPair.mapped(message, cid))
          .orElseGet(() -> VacPair.embedded(message));
    }
  }

  /** A block for content-addressed storage. */
  public record Block(Cid cid, byte[] bytes) {
    static Block of(byte[] bytes) {
      return new Block(Cid.sha256(Codec.RAW, bytes), bytes);
    }
  }

  /**
   * What one publication writes.
   *
   * @param blocks in the order in which they are to be written
   * @param page the address that the name is to point to then: that of the last block
   */
  public record Publication(List<Block> blocks, Cid page) {}

  /**
   * Adds messages behind those published before.
   *
   * @throws IllegalArgumentException if there are none, or one is larger than a page
   */
  public Publication publish(List<VacMessage> messages) {
    if (messages.isEmpty()) throw new IllegalArgumentException("messages: none");
    List<Block> blocks = new ArrayList<>();
    for (VacMessage message : messages) {
      long size = message.content().length + (long) PAIR_BYTES_MAX;
      if (size > policy.bytesMax()) throw new IllegalArgumentException("content: " + size);
      if (pairs.size() == policy.pairsMax() || bytes + size > policy.bytesMax()) close(blocks);
      pairs.add(new Pair(message));
      bytes += size;
      moveOut(blocks);
    }
    return new Publication(blocks, page(blocks));
  }

  /** Gives a block of its own to the content that is not among the newest any more. */
  private void moveOut(List<Block> blocks) {
    int at = pairs.size() - 1 - policy.embeddedMax();
    if (at < 0) return;
    Pair pair = pairs.get(at);
    Block content = Block.of(pair.message.content());
    blocks.add(content);
    pair.address = Optional.of(content.cid());
    bytes -= pair.message.content().length;
  }

  /** The newest page takes no more. */
  private void close(List<Block> blocks) {
    tail = Optional.of(page(blocks));
    pairs.clear();
    bytes = 0;
  }

  private Cid page(List<Block> blocks) {
    List<VacPair> written = new ArrayList<>(pairs.size());
    pairs.forEach(pair -> written.add(pair.written()));
    Block page = Block.of(new VacPage(written, tail).encode());
    blocks.add(page);
    return page.cid();
  }
}
