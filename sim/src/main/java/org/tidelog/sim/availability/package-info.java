/**
 * When devices are online: as in Vac's post, on and off at random, like phones and desktops that
 * were measured, or as a trace says. Every model gives each device a {@link
 * org.tidelog.sim.availability.Presence}, which is asked for one session after the other.
 */
@NullMarked
package org.tidelog.sim.availability;

import org.jspecify.annotations.NullMarked;
