/**
 * Mirroring a log of one's own: which blocks to write, then the record that names them. Machines
 * without clock, socket or thread; they ask for effects and are told the outcome.
 */
@NullMarked
package org.tidelog.log.publish;

import org.jspecify.annotations.NullMarked;
