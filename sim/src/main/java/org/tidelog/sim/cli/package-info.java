/** The command {@code tidelog sim}: runs scenarios, lists and shows those that are shipped. */
@NullMarked
package org.tidelog.sim.cli;

import org.jspecify.annotations.NullMarked;
