package org.tidelog.log.sync;

import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.fork.ForkProof;

/**
 * What a {@link SyncSession} wants done, or tells. Handled in the order in which they are drained.
 */
public sealed interface SyncEffect {
  void applyTo(Driver driver);

  /** Carries effects out; none is answered. */
  interface Driver {
    void send(Send effect);

    void stored(Stored effect);

    void forked(Forked effect);

    void missing(Missing effect);

    void settled(Settled effect);

    void close(Close effect);
  }

  /**
   * Send a frame.
   *
   * @param bytes whole, with its length; the driver's to keep
   * @param slice the entries in it, for those who account for bytes
   */
  record Send(FrameKind kind, byte[] bytes, Optional<Slice> slice) implements SyncEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.send(this);
    }
  }

  /** Entries of a log were verified and committed to the store. */
  record Stored(Digest topic, IpnsName log, SeqRanges added) implements SyncEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.stored(this);
    }
  }

  /** A fork is proved, or a better proof of one is there. */
  record Forked(Digest topic, IpnsName log, ForkProof proof) implements SyncEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.forked(this);
    }
  }

  /** The peer does not have these entries. */
  record Missing(Digest topic, IpnsName log, SeqRanges ranges) implements SyncEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.missing(this);
    }
  }

  /**
   * Neither side has anything more to say of a topic; may come again after changes.
   *
   * @param agreed whether both have the same heads and the peer said that it holds all below them
   */
  record Settled(Digest topic, boolean agreed) implements SyncEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.settled(this);
    }
  }

  /** Nothing more will be sent or read: close the stream once all is sent. */
  record Close(String reason) implements SyncEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.close(this);
    }
  }
}
