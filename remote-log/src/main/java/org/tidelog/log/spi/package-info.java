/**
 * What the log needs from the outside: {@link org.tidelog.log.spi.LogStore} on this device, called
 * directly, and the two remote stores {@link org.tidelog.log.spi.ContentStore} and {@link
 * org.tidelog.log.spi.NameSystem}, which machines reach by effects only. In-memory twins are in
 * {@code org.tidelog.log.memory}; one contract test runs against every adapter.
 */
@NullMarked
package org.tidelog.log.spi;

import org.jspecify.annotations.NullMarked;
