/**
 * A log of this device: appending to it, proving ranges of what is stored, joining small slices
 * when there is time.
 */
@NullMarked
package org.tidelog.log.local;

import org.jspecify.annotations.NullMarked;
