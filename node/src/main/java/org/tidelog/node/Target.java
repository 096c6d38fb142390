package org.tidelog.node;

import java.util.Optional;
import org.tidelog.crypto.ipns.IpnsName;

/** A whole topic, or one log of it. */
public record Target(Topic topic, Optional<IpnsName> name) {}
