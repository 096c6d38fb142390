package org.tidelog.log.publish;

import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.entry.Head;

/** What a {@link Publisher} asks for. Handled in the order in which they are drained. */
public sealed interface PublishEffect {
  void applyTo(Driver driver);

  /** Carries effects out, and answers each by the publisher's method named there. */
  interface Driver {
    void getRecord(GetRecord effect);

    void putBlock(PutBlock effect);

    void putRecord(PutRecord effect);

    void removeBlock(RemoveBlock effect);

    void published(Published effect);

    void ownHeadAhead(OwnHeadAhead effect);
  }

  /** Ask every layer for the name's record; answer {@link Publisher#onRecords}. */
  record GetRecord(IpnsName name) implements PublishEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.getRecord(this);
    }
  }

  /**
   * Make the block durable in every layer; answer {@link Publisher#onBlockStored} or {@link
   * Publisher#onFailed}.
   *
   * @param isNew whether nothing would remember, after a crash, that a layer may have the block: it
   *     is to be remembered durably before it is put, and told to {@link Publisher#onLeftovers} at
   *     the next publication
   */
  record PutBlock(Cid cid, byte[] block, boolean isNew) implements PublishEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.putBlock(this);
    }
  }

  /**
   * Make the record the name's in every layer; answer {@link Publisher#onRecordStored} or {@link
   * Publisher#onFailed}.
   */
  record PutRecord(IpnsName name, byte[] record) implements PublishEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.putRecord(this);
    }
  }

  /** The block is named by nothing any more; answer {@link Publisher#onBlockRemoved}. */
  record RemoveBlock(Cid cid) implements PublishEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.removeBlock(this);
    }
  }

  /** Everything up to the head is mirrored. No answer. */
  record Published(PublishOutcome outcome) implements PublishEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.published(this);
    }
  }

  /**
   * A layer has a head of this log that this device does not know: the device was restored, rolled
   * back or copied. Nothing was written, and nothing more must be. No answer.
   */
  record OwnHeadAhead(Head head) implements PublishEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.ownHeadAhead(this);
    }
  }
}
