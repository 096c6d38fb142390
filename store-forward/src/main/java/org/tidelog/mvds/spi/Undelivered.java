package org.tidelog.mvds.spi;

import org.tidelog.crypto.Digest;

/**
 * A message that is held and waits for its parents.
 *
 * @param peer whom it came from
 */
public record Undelivered(Digest message, int peer) {}
