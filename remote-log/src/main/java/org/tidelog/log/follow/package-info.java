/**
 * Reading a remote log: the best record, then the newest entries, then older ones as far as a
 * budget goes, every byte checked before it is kept. Machines without clock, socket or thread.
 */
@NullMarked
package org.tidelog.log.follow;

import org.jspecify.annotations.NullMarked;
