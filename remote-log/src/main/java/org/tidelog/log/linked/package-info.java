/**
 * Payloads too large for an entry: encrypted chunks in blocks of their own, under a small tree of
 * links that IPFS tools can pin, named by the entry. Streams in memory that does not grow with the
 * size.
 */
@NullMarked
package org.tidelog.log.linked;

import org.jspecify.annotations.NullMarked;
