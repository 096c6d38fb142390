/**
 * The command line: what a person or a script types, turned into calls of the facade, and of
 * nothing below it.
 *
 * <p>One command is one class. {@link org.tidelog.node.cli.Main} parses, runs one action in a
 * context and turns what went wrong into one or two lines and an exit code. What programs may rely
 * on is in {@code docs/cli.md}. Not for Android: picocli and the console live here.
 */
@NullMarked
package org.tidelog.node.cli;

import org.jspecify.annotations.NullMarked;
