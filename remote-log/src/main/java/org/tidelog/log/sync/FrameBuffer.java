package org.tidelog.log.sync;

import java.util.Arrays;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.Limits;

/**
 * Frames out of a byte stream that comes cut anywhere. Takes memory for what came, never for what
 * is announced.
 */
final class FrameBuffer {
  /** A slice, the two proofs that may come with it, and a genesis. */
  static final int FRAME_BYTES_MAX = Limits.SLICE_BYTES_MAX + Limits.PAYLOAD_BYTES_MAX + 8 * 1024;

  /** Before the peer has proved anything: versions, limits, and proofs of its topics. */
  static final int HELLO_BYTES_MAX = 80 * 1024;

  private static final int LENGTH_BYTES_MAX = 3;

  private byte[] buffer = new byte[0];
  private int from;
  private int to;
  private int bytesMax = HELLO_BYTES_MAX;

  /** A frame without its length: the kind's byte, then the body. */
  record Frame(int kind, byte[] buffer, int from, int to) {
    /** Reads the body in place: valid until more bytes are put in. */
    ByteReader body() {
      return new ByteReader(buffer, from, to);
    }
  }

  /** The peer has said hello. */
  void admitLarge() {
    bytesMax = FRAME_BYTES_MAX;
  }

  void put(byte[] bytes) {
    if (from == to) {
      buffer = bytes.clone();
      from = 0;
      to = bytes.length;
      return;
    }
    if (to + bytes.length > buffer.length) {
      int left = to - from;
      byte[] larger = new byte[Math.max(left + bytes.length, Math.min(2 * left, bytesMax))];
      System.arraycopy(buffer, from, larger, 0, left);
      buffer = larger;
      from = 0;
      to = left;
    }
    System.arraycopy(bytes, 0, buffer, to, bytes.length);
    to += bytes.length;
  }

  /** The next frame that is there in whole. */
  Optional<Frame> next() throws MalformedException {
    int header = headerLength();
    if (header == 0) return Optional.empty();
    ByteReader in = new ByteReader(buffer, from, from + header);
    long length = in.varint();
    if (length < 1 || length > bytesMax) {
      throw new MalformedException("frame of " + length + " bytes");
    }
    int begin = in.position();
    if (to - begin < length) return Optional.empty();
    from = begin + (int) length;
    Frame frame = new Frame(buffer[begin] & 0xff, buffer, begin + 1, from);
    if (from == to) release();
    return Optional.of(frame);
  }

  /** An idle session holds no buffer. */
  private void release() {
    buffer = new byte[0];
    from = 0;
    to = 0;
  }

  /** Bytes of the length that comes next; 0 where it is not there in whole. */
  private int headerLength() throws MalformedException {
    for (int i = 0; i < LENGTH_BYTES_MAX; i++) {
      if (from + i >= to) return 0;
      if (buffer[from + i] >= 0) return i + 1;
    }
    throw new MalformedException("frame of over " + bytesMax + " bytes");
  }

  /** A whole frame as it is sent. */
  static byte[] frame(FrameKind kind, ByteWriter body) {
    return new ByteWriter()
        .varint(body.size() + 1)
        .u8(kind.code())
        .bytes(body.array(), 0, body.size())
        .toByteArray();
  }

  /** Forgets what came. */
  void clear() {
    release();
    buffer = Arrays.copyOf(buffer, 0);
  }
}
