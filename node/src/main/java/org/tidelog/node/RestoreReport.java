package org.tidelog.node;

import java.nio.file.Path;
import java.time.Instant;

/**
 * What a restored home came to.
 *
 * @param device the new device: another than the one that made the backup
 * @param file the backup
 * @param entries in it, of all logs
 * @param bytes of the file
 * @param topics in it
 * @param made when the backup was made
 */
public record RestoreReport(
    Device device, Path file, long entries, long bytes, int topics, Instant made) {}
