package org.tidelog.mvds;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.wire.Message;
import org.tidelog.mvds.wire.Payload;
import org.tidelog.mvds.wire.PayloadWriter;
import org.tidelog.mvds.wire.WireLimits;

/** Fills the payloads of one epoch, one a peer, up to their limits. What does not fit waits. */
final class Outbox {
  private final PayloadWriter writer;
  private final int bytesMax;
  private final List<PeerState> addressees = new ArrayList<>();

  Outbox(MvdsSettings settings) {
    writer = new PayloadWriter(settings.numbering());
    bytesMax = settings.payloadBytesMax();
  }

  /** A payload for the peer, even if nothing comes into it. */
  Payload.Builder address(PeerState peer) {
    Payload.Builder draft = peer.draft;
    if (draft == null) {
      draft = new Payload.Builder();
      peer.draft = draft;
      peer.draftBytes = 0;
      addressees.add(peer);
    }
    return draft;
  }

  /** Puts the peer's acks and ephemeral messages in, as far as they fit; the rest stay with it. */
  void answer(PeerState peer) {
    address(peer);
    Iterator<Digest> acks = peer.acks.iterator();
    while (acks.hasNext() && reserve(peer, writer.idBytes())) {
      address(peer).ack(acks.next());
      acks.remove();
    }
    Iterator<Message> ephemerals = peer.ephemerals.iterator();
    while (ephemerals.hasNext()) {
      if (!message(peer, ephemerals.next())) return;
      ephemerals.remove();
    }
  }

  boolean offer(PeerState peer, Digest id) {
    if (!reserve(peer, writer.idBytes())) return false;
    address(peer).offer(id);
    return true;
  }

  boolean request(PeerState peer, Digest id) {
    if (!reserve(peer, writer.idBytes())) return false;
    address(peer).request(id);
    return true;
  }

  boolean message(PeerState peer, Message message) {
    if (!reserve(peer, writer.messageBytes(message))) return false;
    address(peer).message(message);
    return true;
  }

  // The first record always fits: a message larger than a payload should be has to go some day.
  private boolean reserve(PeerState peer, int bytes) {
    int records = address(peer).records();
    if (records > 0 && (long) peer.draftBytes + bytes > bytesMax) return false;
    if (records >= WireLimits.RECORDS_MAX) return false;
    peer.draftBytes += bytes;
    return true;
  }

  /** The payloads, in the order in which their peers came up. */
  List<Outgoing> take() {
    List<Outgoing> payloads = new ArrayList<>(addressees.size());
    for (PeerState peer : addressees) {
      payloads.add(new Outgoing(peer.number, address(peer).build()));
      peer.draft = null;
    }
    addressees.clear();
    return payloads;
  }
}
