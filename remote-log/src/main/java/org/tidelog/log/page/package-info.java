/**
 * The remote log's bytes: pages of slices, the index over them, and what the name's record carries.
 * All are a deterministic function of the entries, the head and the limits, so that whoever has the
 * slices makes the same blocks.
 */
@NullMarked
package org.tidelog.log.page;

import org.jspecify.annotations.NullMarked;
