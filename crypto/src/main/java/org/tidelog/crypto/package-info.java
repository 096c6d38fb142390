/**
 * Keys, signatures and hashes: the values everything else is named and checked by.
 *
 * <p>Bytes in, bytes out: no clock, no file, no network. Randomness comes in through {@link
 * org.tidelog.crypto.Entropy}.
 */
@NullMarked
package org.tidelog.crypto;

import org.jspecify.annotations.NullMarked;
