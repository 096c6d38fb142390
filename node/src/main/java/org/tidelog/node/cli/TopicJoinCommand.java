package org.tidelog.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.Invitation;
import org.tidelog.node.Topic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelog topic join}. */
@Command(
    name = "join",
    description = "Join a topic with an invitation.",
    customSynopsis = "tidelog topic join INVITATION|- [--as NAME]",
    footer = {
      "",
      "Examples:",
      "  tidelog topic join INVITATION --as trip",
      "  tidelog topic join - < invitation.txt"
    })
final class TopicJoinCommand implements Action {
  /** Above any invitation; standard input may be anything. */
  private static final int INVITATION_BYTES_MAX = 64 << 10;

  @Parameters(
      paramLabel = "INVITATION",
      description = "What 'topic share' printed; - reads it from standard input.")
  String invitation = "";

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "What the topic is to be called on this device.")
  @Nullable String label;

  @Override
  public void run(Context context) throws IOException {
    String text = invitation.equals("-") ? read(context.standardInput()) : invitation;
    Topic topic = context.tidelog().join(Invitation.parse(text), label);
    TopicLines.print(List.of(topic), context.output());
  }

  private static String read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(INVITATION_BYTES_MAX + 1);
    if (bytes.length > INVITATION_BYTES_MAX) {
      throw CommandFailure.of(
          ErrorKind.BAD_INVITATION, "invitation: longer than " + INVITATION_BYTES_MAX + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8).strip();
  }
}
