/**
 * What runs have written down, read again: tables of rows, two of them compared, and budgets that
 * rows have to keep.
 */
@NullMarked
package org.tidelog.sim.results;

import org.jspecify.annotations.NullMarked;
