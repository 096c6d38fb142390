package org.tidelog.sim.logs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.sim.network.Breakdown;
import org.tidelog.sim.network.Layer;
import org.tidelog.sim.world.Parcel;

/**
 * Requests to the service that keeps blocks and names, as bodies of HTTPS calls: what a path and a
 * query would say, in as many bytes.
 */
final class MirrorTalk {
  private static final byte[] NOTHING = {};
  private static final int TAG_BYTES = 8;

  /** What stands for the record that the reader has. */
  static final byte[] UNCHANGED = {1};

  private MirrorTalk() {}

  enum Verb {
    GET_NAME('n'),
    PUT_NAME('N'),
    GET_BLOCK('b'),
    PUT_BLOCK('B'),
    REMOVE_BLOCKS('r');

    private final char letter;

    Verb(char letter) {
      this.letter = letter;
    }

    static Verb of(byte letter) {
      for (Verb verb : values()) {
        if (verb.letter == letter) return verb;
      }
      throw new IllegalArgumentException("verb: " + letter);
    }
  }

  /** The answer has no record in it where that is still the known one, as by an entity tag. */
  static Parcel getName(IpnsName name, Optional<byte[]> known) {
    byte[] tag = known.map(MirrorTalk::tag).orElse(NOTHING);
    return named(Verb.GET_NAME, Layer.RECORD, name.key(), tag, Breakdown.NONE);
  }

  /** The record that an answer means. */
  static Optional<byte[]> record(byte[] answer, Optional<byte[]> known) {
    if (Arrays.equals(answer, UNCHANGED)) return known;
    return answer.length == 0 ? Optional.empty() : Optional.of(answer);
  }

  static byte[] tag(byte[] record) {
    return Arrays.copyOf(Sha256.hash(record).bytes(), TAG_BYTES);
  }

  static Parcel putName(IpnsName name, byte[] record, Breakdown inRecord) {
    return named(Verb.PUT_NAME, Layer.RECORD, name.key(), record, inRecord);
  }

  static Parcel getBlock(Cid cid) {
    return named(Verb.GET_BLOCK, Layer.PAGE, cid.bytes(), NOTHING, Breakdown.NONE);
  }

  static Parcel putBlock(Cid cid, byte[] block, Breakdown inBlock) {
    return named(Verb.PUT_BLOCK, Layer.PAGE, cid.bytes(), block, inBlock);
  }

  static Parcel removeBlocks(List<Cid> cids) {
    ByteWriter out = new ByteWriter();
    cids.forEach(cid -> out.varint(cid.bytes().length).bytes(cid.bytes()));
    return named(Verb.REMOVE_BLOCKS, Layer.PAGE, NOTHING, out.toByteArray(), Breakdown.NONE);
  }

  private static Parcel named(Verb verb, Layer layer, byte[] name, byte[] body, Breakdown inBody) {
    byte[] bytes =
        new ByteWriter().u8(verb.letter).u8(name.length).bytes(name).bytes(body).toByteArray();
    return new Parcel(bytes, inBody.plus(layer, bytes.length - inBody.total()));
  }

  /** A request as the service reads it. */
  record Request(Verb verb, byte[] name, byte[] body) {
    static Request parse(byte[] bytes) {
      int end = 2 + bytes[1];
      return new Request(
          Verb.of(bytes[0]),
          Arrays.copyOfRange(bytes, 2, end),
          Arrays.copyOfRange(bytes, end, bytes.length));
    }

    /** The blocks that are to go. */
    List<Cid> cids() throws MalformedException {
      List<Cid> cids = new ArrayList<>();
      ByteReader in = new ByteReader(body);
      while (in.remaining() > 0) {
        cids.add(Cid.parse(in.bytes((int) in.varint())));
      }
      return cids;
    }
  }
}
