package org.tidelog.log.follow;

import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;

/** What a {@link Follower} asks for. Handled in the order in which they are drained. */
public sealed interface FollowEffect {
  void applyTo(Driver driver);

  /** Carries effects out, and answers each by the follower's method named there. */
  interface Driver {
    void getRecords(GetRecords effect);

    void getBlock(GetBlock effect);

    void done(Done effect);
  }

  /** Ask the layers for the name's record; answer {@link Follower#onRecords}. */
  record GetRecords(IpnsName name) implements FollowEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.getRecords(this);
    }
  }

  /**
   * Find the block in any layer, its hash checked; answer {@link Follower#onBlock}, {@link
   * Follower#onBlockMissing} or {@link Follower#onBlockBad}.
   *
   * @param bytes how long the block is said to be, an upper bound for what is read
   */
  record GetBlock(Cid cid, int bytes) implements FollowEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.getBlock(this);
    }
  }

  /** Nothing more will be asked for. No answer. */
  record Done(FollowOutcome outcome) implements FollowEffect {
    @Override
    public void applyTo(Driver driver) {
      driver.done(this);
    }
  }
}
