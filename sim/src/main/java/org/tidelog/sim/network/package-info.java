/**
 * What a byte costs: layers, headers, connection set-up, links and radios, who can reach whom.
 * Holds figures and arithmetic; what moves in virtual time is in {@code world}.
 */
@NullMarked
package org.tidelog.sim.network;

import org.jspecify.annotations.NullMarked;
