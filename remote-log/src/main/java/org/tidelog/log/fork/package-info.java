/**
 * What shows that an author contradicted himself, to anybody and without a network: {@link
 * org.tidelog.log.fork.ForkProof} in its three forms, the search for the position from which two
 * branches differ, and a view of a log's second branch as if it were the log.
 */
@NullMarked
package org.tidelog.log.fork;

import org.jspecify.annotations.NullMarked;
