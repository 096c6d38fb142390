/** The store of a node in memory: for tests, and for simulations in which nothing restarts. */
@NullMarked
package org.tidelog.mvds.memory;

import org.jspecify.annotations.NullMarked;
