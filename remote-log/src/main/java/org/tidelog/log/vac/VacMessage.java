package org.tidelog.log.vac;

import org.tidelog.crypto.Digest;

/**
 * What a remote log holds: opaque to it.
 *
 * @param id the message's own hash, the pair's {@code localHash}
 */
public record VacMessage(Digest id, byte[] content) {}
