/** In-memory twin of the node's store: for tests, and for nodes that keep nothing. */
@NullMarked
package org.tidelog.node.memory;

import org.jspecify.annotations.NullMarked;
