/**
 * Reading chat logs and other line files so that they can be appended to a log.
 *
 * <p>Everything streams: a file is read twice, once to check every line before anything is
 * appended, and once to hand the entries on. Nothing larger than one line is held in memory.
 */
@NullMarked
package org.tidelog.node.cli.imports;

import org.jspecify.annotations.NullMarked;
