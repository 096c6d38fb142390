package org.tidelog.sim.mvds;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.tidelog.sim.network.Breakdown;
import org.tidelog.sim.network.Layer;
import org.tidelog.sim.world.Parcel;

/**
 * What devices and the cache say to each other: a kind, two numbers, and mostly an MVDS payload.
 * The post leaves that open; this is about the least that works where datagrams get lost.
 *
 * @param peer of a deposit the recipient, of something forwarded who wrote it, of a query 0
 * @param number of a query: below which everything has come; of something forwarded: which it is
 * @param payload empty in a query
 */
record CacheTalk(Kind kind, int peer, int number, byte[] payload) {
  private static final int HEADER_BYTES = 9;

  enum Kind {
    DEPOSIT(1),
    QUERY(2),
    FORWARD(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    static Kind of(int code) {
      return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst().orElseThrow();
    }
  }

  /** {@code inner} is what the payload's bytes are for. */
  Parcel parcel(Breakdown inner, int... about) {
    byte[] bytes = new byte[HEADER_BYTES + payload.length];
    ByteBuffer.wrap(bytes).put((byte) kind.code).putInt(peer).putInt(number).put(payload);
    return new Parcel(bytes, inner.plus(Layer.ENVELOPE, HEADER_BYTES), about);
  }

  static CacheTalk parse(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Kind kind = Kind.of(in.get());
    int peer = in.getInt();
    int number = in.getInt();
    byte[] payload = new byte[in.remaining()];
    in.get(payload);
    return new CacheTalk(kind, peer, number, payload);
  }
}
