/**
 * Blocks and records as files of one folder: a mirror that any program may copy, serve or carry on
 * a stick, and the blocks of large payloads within a home. {@code blocks/<next-to-last two
 * characters of the CID>/<CID in base 32>} and {@code names/<k51…>} hold the raw bytes. Files
 * appear whole or not at all: they are written as {@code .tmp-*} beside their place, synced and
 * renamed.
 */
@NullMarked
package org.tidelog.node.folder;

import org.jspecify.annotations.NullMarked;
