package org.tidelog.node;

import org.tidelog.crypto.ipns.IpnsName;

/** An entry that the author of another had seen. */
public record Parent(IpnsName name, long seq) {}
