/**
 * MVDS, Vac's minimum viable data synchronization (2/MVDS with 4/MVDS-META), as a machine: no
 * clock, socket, thread or chance.
 */
@NullMarked
package org.tidelog.mvds;

import org.jspecify.annotations.NullMarked;
