/**
 * Backups as bytes: one file, sealed under a passphrase, written and read as a stream whatever its
 * size. What belongs in one, and what a home is made of it, is the facade's business; that every
 * entry read from one is proved by a signed head, like a stranger's, is this package's. The format
 * is in {@code spec/backup.md}.
 */
@NullMarked
package org.tidelog.node.backup;

import org.jspecify.annotations.NullMarked;
