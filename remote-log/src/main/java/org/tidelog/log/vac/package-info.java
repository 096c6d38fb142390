/**
 * The remote log as Vac's 3/REMOTE-LOG has it: pages of pairs, chained by their tails, in protobuf.
 * Here to read and write what others do, and to compare its modes with our own pages; what we write
 * by default is {@link org.tidelog.log.page}. Without clock, socket or thread.
 */
@NullMarked
package org.tidelog.log.vac;

import org.jspecify.annotations.NullMarked;
