/**
 * What an MVDS node keeps across restarts: {@link org.tidelog.mvds.spi.MvdsStore}, on this device
 * and called directly. The twin in memory is in {@code org.tidelog.mvds.memory}; one contract test
 * runs against every adapter.
 */
@NullMarked
package org.tidelog.mvds.spi;

import org.jspecify.annotations.NullMarked;
