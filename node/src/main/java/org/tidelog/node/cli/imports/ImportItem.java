package org.tidelog.node.cli.imports;

import java.time.Instant;
import java.util.Optional;

/**
 * What one line of a file becomes: an entry's payload and, where the file says it, its time.
 *
 * <p>The array is handed over, not copied: a line may be 64 MiB, and nobody else holds it.
 */
public record ImportItem(byte[] payload, Optional<Instant> time) {}
