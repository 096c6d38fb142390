package org.tidelog.log.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.Slice;

/** Effects in the order in which they are to be carried out. */
final class Outbox {
  private List<SyncEffect> effects = new ArrayList<>();
  private long bytes;

  void send(FrameKind kind, ByteWriter body) {
    send(kind, body, Optional.empty());
  }

  /** Sends a frame with these entries in it. */
  void send(FrameKind kind, ByteWriter body, Optional<Slice> slice) {
    byte[] frame = FrameBuffer.frame(kind, body);
    bytes += frame.length;
    effects.add(new SyncEffect.Send(kind, frame, slice));
  }

  void add(SyncEffect effect) {
    effects.add(effect);
  }

  /** Bytes of frames since they were last taken. */
  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return effects.isEmpty();
  }

  List<SyncEffect> take() {
    List<SyncEffect> taken = effects;
    effects = new ArrayList<>();
    bytes = 0;
    return taken;
  }
}
