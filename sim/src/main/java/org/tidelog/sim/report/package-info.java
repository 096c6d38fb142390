/**
 * The report that people look at: one page, drawn from a table of results alone, which needs
 * nothing beside itself.
 */
@NullMarked
package org.tidelog.sim.report;

import org.jspecify.annotations.NullMarked;
