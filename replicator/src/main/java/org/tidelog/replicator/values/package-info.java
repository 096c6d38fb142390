/** What a device remembers beside its logs, gathered and committed together with them. */
@NullMarked
package org.tidelog.replicator.values;

import org.jspecify.annotations.NullMarked;
