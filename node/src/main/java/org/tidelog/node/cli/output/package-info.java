/**
 * What the command line prints: JSON lines for programs, tables and plain words for people,
 * progress bars, errors.
 *
 * <p>Knows nothing of logs. Everything that came from others is made printable before it reaches a
 * terminal.
 */
@NullMarked
package org.tidelog.node.cli.output;

import org.jspecify.annotations.NullMarked;
