package org.tidelog.replicator;

import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.sync.FrameKind;

/** What a {@link Replicator} asks for, or tells. Handled in the order in which they are drained. */
public sealed interface ReplicatorEffect {
  void applyTo(Driver driver);

  /** Carries effects out, and answers those that say so by the replicator's method named there. */
  interface Driver {
    void dial(Dial effect);

    void send(Send effect);

    void hangUp(HangUp effect);

    void publish(Publish effect);

    void fetch(Fetch effect);

    void stored(Stored effect);

    void forked(Forked effect);

    void reached(Reached effect);
  }

  /**
   * Open a connection; answer {@link Replicator#onConnected} or {@link Replicator#onDialFailed}.
   */
  record Dial(PeerId peer) implements ReplicatorEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.dial(this);
    }
  }

  /**
   * Send a frame of the sync protocol; {@link Replicator#onSent} once there is room for more.
   *
   * @param slice the entries in it, for those who account for bytes
   */
  record Send(PeerId peer, FrameKind kind, byte[] bytes, Optional<Slice> slice)
      implements ReplicatorEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.send(this);
    }
  }

  /**
   * Close the connection once all is sent; answer {@link Replicator#onDisconnected}.
   *
   * @param reason for people
   */
  record HangUp(PeerId peer, String reason) implements ReplicatorEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.hangUp(this);
    }
  }

  /**
   * Publish a log of this device; answer {@link Replicator#onPublished} or {@link
   * Replicator#onPublishFailed}.
   */
  record Publish(IpnsName log) implements ReplicatorEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.publish(this);
    }
  }

  /**
   * Read these logs of a topic from the remote log; answer {@link Replicator#onFetched} or {@link
   * Replicator#onFetchFailed} for each.
   */
  record Fetch(Digest topic, List<IpnsName> logs) implements ReplicatorEffect {
    public Fetch {
      logs = List.copyOf(logs);
    }

    @Override
    public void applyTo(Driver driver) {
      driver.fetch(this);
    }
  }

  /** A peer has brought entries; they are verified and durable. No answer. */
  record Stored(Digest topic, IpnsName log, SeqRanges added) implements ReplicatorEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.stored(this);
    }
  }

  /** A fork is proved. No answer. */
  record Forked(Digest topic, IpnsName log, ForkProof proof) implements ReplicatorEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.forked(this);
    }
  }

  /** An own log has reached a rung up to a size. No answer. */
  record Reached(IpnsName log, Rung rung, int copies, long size) implements ReplicatorEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.reached(this);
    }
  }
}
