package org.tidelog.node;

import java.time.Instant;

/** When and why this device last began anew, with new keys and new logs. */
public record Renewal(Instant time, RenewalReason reason) {}
