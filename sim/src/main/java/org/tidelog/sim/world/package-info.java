/**
 * The virtual world of one run, and the seam between it and what runs in it: a {@link
 * org.tidelog.sim.world.Strategy} makes an {@link org.tidelog.sim.world.Actor} for each device; the
 * world tells the actor what happens; the actor acts through its {@link
 * org.tidelog.sim.world.Device}.
 */
@NullMarked
package org.tidelog.sim.world;

import org.jspecify.annotations.NullMarked;
