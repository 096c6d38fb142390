package org.tidelog.mvds.spi;

import org.tidelog.crypto.Digest;

/**
 * A peer that has a part in a group.
 *
 * @param mode how messages set out to this peer
 */
public record Membership(Digest group, int peer, Mode mode) {}
