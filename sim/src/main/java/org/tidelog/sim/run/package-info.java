/**
 * Running simulations: one combination, strategy and replicate in one thread, all of them on all
 * cores, and the table that comes of it.
 */
@NullMarked
package org.tidelog.sim.run;

import org.jspecify.annotations.NullMarked;
