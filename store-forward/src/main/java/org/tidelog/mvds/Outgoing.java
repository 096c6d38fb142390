package org.tidelog.mvds;

import org.tidelog.mvds.wire.Payload;

/** A payload for a peer. Nothing depends on its arriving: what matters is sent again. */
public record Outgoing(int peer, Payload payload) {}
