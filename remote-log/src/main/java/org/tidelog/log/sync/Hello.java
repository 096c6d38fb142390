package org.tidelog.log.sync;

import java.util.ArrayList;
import java.util.List;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * The first frame of each side.
 *
 * @param versionMin the oldest version spoken
 * @param versionMax the newest
 * @param windowBytes of slices that may be sent before more are granted
 * @param pushes whether entries may come unasked
 * @param proofs of the sender's topics, in its order: the responder's, who knows both nonces
 */
record Hello(
    int versionMin,
    int versionMax,
    byte[] nonce,
    long windowBytes,
    boolean pushes,
    List<byte[]> proofs) {
  static final int VERSION = 1;

  /** More topics than anybody shares with one peer. */
  static final int PROOFS_MAX = 4_096;

  private static final int VERSIONS_MAX = 1 << 20;
  private static final int PUSHES = 1;

  static Hello of(SyncConfig config, long window, List<byte[]> proofs) {
    boolean pushes = config.limits().pushes();
    return new Hello(VERSION, VERSION, config.nonce(), window, pushes, proofs);
  }

  void write(ByteWriter out) {
    out.varint(versionMin).varint(versionMax).bytes(nonce).varint(windowBytes);
    out.u8(pushes ? PUSHES : 0).varint(proofs.size());
    proofs.forEach(out::bytes);
  }

  boolean speaks(int version) {
    return versionMin <= version && version <= versionMax;
  }

  /** Of another version only the range of versions is read. */
  static Hello read(ByteReader in) throws MalformedException {
    long min = in.varint();
    long max = in.varint();
    if (min > max || max > VERSIONS_MAX) {
      throw new MalformedException("versions " + min + " to " + max);
    }
    if (min > VERSION || max < VERSION) {
      return new Hello((int) min, (int) max, new byte[SyncConfig.NONCE_BYTES], 0, false, List.of());
    }
    byte[] nonce = in.bytes(SyncConfig.NONCE_BYTES);
    long window = in.varint();
    int flags = in.u8();
    if (flags > PUSHES) throw new MalformedException("hello with flags " + flags);
    List<byte[]> proofs = new ArrayList<>();
    long count = in.varint();
    if (count > PROOFS_MAX) throw new MalformedException("proofs of " + count + " topics");
    for (int i = 0; i < count; i++) {
      proofs.add(in.bytes(TopicProofs.LENGTH));
    }
    in.end();
    return new Hello((int) min, (int) max, nonce, window, flags == PUSHES, proofs);
  }
}
