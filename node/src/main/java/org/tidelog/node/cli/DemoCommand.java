package org.tidelog.node.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.cli.demo.Chat;
import org.tidelog.node.cli.demo.Demo;
import org.tidelog.node.cli.demo.DemoFolder;
import org.tidelog.node.cli.output.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelog demo}. */
@Command(
    name = "demo",
    description = "Replay a real chat between devices that share nothing but a folder.",
    customSynopsis = "tidelog demo [FILE] [--keep DIR]",
    footer = {"", "Examples:", "  tidelog demo", "  tidelog demo my-channel.txt --keep demo"})
final class DemoCommand implements Action {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "An IRC transcript (default: one of #ubuntu that comes with the program).")
  @Nullable Path file;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Keep the devices' homes and the mirror in this new folder.")
  @Nullable Path keep;

  @Override
  public void run(Context context) throws IOException {
    Chat chat = file == null ? Chat.shipped() : Chat.of(file);
    try (DemoFolder folder = keep == null ? DemoFolder.temporary() : DemoFolder.kept(keep)) {
      if (!new Demo(chat, folder.path(), context.output()).run()) {
        context.report(
            new Failure("failed", ExitCodes.FAILED, "demo: a step did not go as it should"));
      }
    }
  }
}
