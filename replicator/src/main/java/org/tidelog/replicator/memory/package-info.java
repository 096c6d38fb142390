/** In-memory twin of the device's store: for tests, simulations, and devices that keep nothing. */
@NullMarked
package org.tidelog.replicator.memory;

import org.jspecify.annotations.NullMarked;
