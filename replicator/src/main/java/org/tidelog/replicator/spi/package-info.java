/**
 * What a device needs from the platform: a {@link org.tidelog.replicator.spi.DeviceStore} that
 * keeps logs and what is remembered beside them.
 */
@NullMarked
package org.tidelog.replicator.spi;

import org.jspecify.annotations.NullMarked;
