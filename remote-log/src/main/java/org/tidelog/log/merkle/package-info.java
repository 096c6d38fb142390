/**
 * The Merkle mountain range over a log's entry ids: roots, aligned ranges and proofs that a run of
 * entries, or an earlier head, belongs to a later head. Pure functions of hashes; nothing here
 * knows what an entry is.
 */
@NullMarked
package org.tidelog.log.merkle;

import org.jspecify.annotations.NullMarked;
