/**
 * What the facade needs from the platform: a {@link org.tidelog.node.spi.NodeStore} that keeps logs
 * and what is remembered beside them.
 */
@NullMarked
package org.tidelog.node.spi;

import org.jspecify.annotations.NullMarked;
