package org.tidelog.node;

import java.nio.file.Path;
import java.util.List;

/**
 * What a backup, or a restored home, came to.
 *
 * @param file the backup
 * @param entries in it, of all logs
 * @param bytes of the file
 * @param problems what could not be taken along, or was not there; the rest is
 */
public record BackupReport(Path file, long entries, long bytes, List<Problem> problems) {
  public BackupReport {
    problems = List.copyOf(problems);
  }
}
