package org.tidelog.log.vac;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.entry.Limits;

/**
 * A page: pairs, oldest first, and the address of the page before. Source of the format:
 * 3/REMOTE-LOG, {@code message RemoteLog} and {@code Pair}.
 *
 * @param tail where the page before lies; empty for the first
 */
public record VacPage(List<VacPair> pairs, Optional<Cid> tail) {
  private static final int PAIR = 1;
  private static final int TAIL = 2;

  private static final int REMOTE_HASH = 1;
  private static final int LOCAL_HASH = 2;
  private static final int DATA = 3;

  private static final int BYTES_TYPE = 2;

  public VacPage {
    pairs = List.copyOf(pairs);
  }

  /** The message's bytes, fields in the order of their numbers. */
  public byte[] encode() {
    ByteWriter out = new ByteWriter();
    for (VacPair pair : pairs) {
      field(out, PAIR, encode(pair));
    }
    tail.ifPresent(address -> field(out, TAIL, address.bytes()));
    return out.toByteArray();
  }

  private static byte[] encode(VacPair pair) {
    ByteWriter out = new ByteWriter();
    pair.address().ifPresent(address -> field(out, REMOTE_HASH, address.bytes()));
    field(out, LOCAL_HASH, pair.id().bytes());
    pair.data().ifPresent(data -> field(out, DATA, data));
    return out.toByteArray();
  }

  private static void field(ByteWriter out, int number, byte[] value) {
    out.varint((long) number << 3 | BYTES_TYPE).varint(value.length).bytes(value);
  }

  /**
   * Reads a page. Fields must come in order, each at most once save the pairs, and none that is not
   * known: a block has one encoding, or its address would not be a function of what it says.
   */
  public static VacPage parse(byte[] block) throws MalformedException {
    if (block.length > Limits.PAGE_BYTES_MAX) {
      throw new MalformedException("page of " + block.length + " bytes");
    }
    List<VacPair> pairs = new ArrayList<>();
    Optional<Cid> tail = Optional.empty();
    Fields fields = new Fields(block);
    while (fields.next(PAIR, TAIL)) {
      if (fields.number == PAIR) {
        pairs.add(pair(fields.value));
      } else {
        tail = Optional.of(Cid.parse(fields.value));
      }
    }
    if (pairs.isEmpty()) throw new MalformedException("page without pairs");
    return new VacPage(pairs, tail);
  }

  private static VacPair pair(byte[] bytes) throws MalformedException {
    Optional<Cid> address = Optional.empty();
    @Nullable Digest id = null;
    Optional<byte[]> data = Optional.empty();
    Fields fields = new Fields(bytes);
    while (fields.next(0, DATA)) {
      switch (fields.number) {
        case REMOTE_HASH -> address = Optional.of(Cid.parse(fields.value));
        case LOCAL_HASH -> id = Digest.parse(fields.value);
        default -> data = Optional.of(fields.value);
      }
    }
    if (id == null || (!address.isPresent() && !data.isPresent())) {
      throw new MalformedException("pair without a hash, or without address and data");
    }
    return new VacPair(address, id, data);
  }

  /** The fields of one message, all of them of bytes. */
  private static final class Fields {
    private final ByteReader in;
    private int number;
    private byte[] value = {};

    Fields(byte[] message) {
      in = new ByteReader(message);
    }

    /** Moves on; only the field {@code repeated} may come twice. */
    boolean next(int repeated, int last) throws MalformedException {
      if (in.remaining() == 0) return false;
      long tag = in.varint();
      long next = tag >>> 3;
      boolean ordered = next > number || (next == number && next == repeated);
      if ((tag & 7) != BYTES_TYPE || next < 1 || next > last || !ordered) {
        throw new MalformedException("field " + next + " after field " + number);
      }
      number = (int) next;
      long length = in.varint();
      if (length > in.remaining()) {
        throw new MalformedException("field of " + length + " bytes, of " + in.remaining());
      }
      value = in.bytes((int) length);
      return true;
    }
  }
}
