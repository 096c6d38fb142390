/**
 * Conversations as files for people: plain text, and a page for a browser. Written as they are
 * read, in memory that does not grow with them; nothing in a text can become markup.
 */
@NullMarked
package org.tidelog.node.cli.export;

import org.jspecify.annotations.NullMarked;
