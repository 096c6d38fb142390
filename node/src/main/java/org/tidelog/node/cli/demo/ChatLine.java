package org.tidelog.node.cli.demo;

import java.time.Instant;

/** What somebody said. The array is nobody else's. */
record ChatLine(String nick, byte[] text, Instant time) {}
