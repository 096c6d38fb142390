/**
 * The command line: arguments in, results on standard output, everything else on standard error.
 *
 * <p>Written against the facade in {@code org.tidelog.node} and nothing below it.
 */
@NullMarked
package org.tidelog.node.cli;

import org.jspecify.annotations.NullMarked;
