/**
 * Virtual time and chance: an event queue that holds primitives, and named streams of random
 * numbers that one seed decides.
 */
@NullMarked
package org.tidelog.sim.kernel;

import org.jspecify.annotations.NullMarked;
