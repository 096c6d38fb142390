package org.tidelog.node;

import org.tidelog.crypto.ipns.IpnsName;

/**
 * The log that another one goes on from, as its author claims.
 *
 * @param size entries that the author had of it
 * @param proved whether the key that signed the claim is the one that the old log's first entry
 *     names; else that entry is not here, or cannot be read
 */
public record Continued(IpnsName name, long size, boolean proved) {}
