/**
 * Self-describing values of the multiformats family, each with one encoding: varints, multibase
 * text, content ids, peer ids. Here too are the cursors with which the project's own binary formats
 * are read and written.
 */
@NullMarked
package org.tidelog.crypto.multiformats;

import org.jspecify.annotations.NullMarked;
