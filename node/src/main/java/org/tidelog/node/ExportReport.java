package org.tidelog.node;

import java.nio.file.Path;
import java.util.List;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * What writing logs to a file came to.
 *
 * @param names of the logs in it
 * @param entries of all of them
 * @param bytes of the file
 * @param problems what could not be written, and why
 */
public record ExportReport(
    String topic,
    Path file,
    List<IpnsName> names,
    long entries,
    long bytes,
    List<Problem> problems) {
  public ExportReport {
    names = List.copyOf(names);
    problems = List.copyOf(problems);
  }
}
