package org.tidelog.sim.run;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tidelog.sim.world.Trace;

/** One message's way in each strategy, as CSV. */
final class TraceFile {
  private final StringBuilder text =
      new StringBuilder("scenario,strategy,time_s,event,message,from,to,bytes\n");

  void note(Job job, Trace.Step step) {
    text.append(job.combination().scenario().name())
        .append(',')
        .append(job.strategy().word())
        .append(',')
        .append(BigDecimal.valueOf(step.micros(), 6).toPlainString())
        .append(',')
        .append(step.what())
        .append(',')
        .append(step.message())
        .append(',')
        .append(step.from())
        .append(',')
        .append(step.to())
        .append(',')
        .append(step.bytes())
        .append('\n');
  }

  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("trace.csv"), text);
  }
}
