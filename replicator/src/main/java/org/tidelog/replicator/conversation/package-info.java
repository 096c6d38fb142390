/**
 * How entries of one topic are made and understood: what was seen of the others' logs becomes the
 * parents of the next entry, alias entries bind numbers to their names, payloads are salted and
 * sealed, and opened again.
 */
@NullMarked
package org.tidelog.replicator.conversation;

import org.jspecify.annotations.NullMarked;
