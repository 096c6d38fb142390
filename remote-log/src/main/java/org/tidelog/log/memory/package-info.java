/**
 * In-memory twins of the ports in {@code org.tidelog.log.spi}: for tests, for simulations and for
 * devices that keep nothing. They pass the same contract tests as every other adapter and forget
 * everything with the process.
 */
@NullMarked
package org.tidelog.log.memory;

import org.jspecify.annotations.NullMarked;
