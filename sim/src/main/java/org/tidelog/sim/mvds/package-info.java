/**
 * The baselines: MVDS in batch and interactive mode and with a cache, on the machine of {@code
 * store-forward}, over datagrams.
 */
@NullMarked
package org.tidelog.sim.mvds;

import org.jspecify.annotations.NullMarked;
