package org.tidelog.node.cli;

import java.util.ArrayList;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidelog completion}. */
@Command(
    name = "completion",
    description = "Print a script that completes commands and options in a shell.",
    customSynopsis = "tidelog completion bash|zsh",
    footer = {
      "",
      "Examples:",
      "  source <(tidelog completion bash)",
      "  tidelog completion bash > ~/.local/share/bash-completion/completions/tidelog"
    })
final class CompletionCommand implements Action {
  /** The shells there is a script for. */
  enum Shell {
    BASH,
    ZSH
  }

  /** For completion in a shell. */
  static final class ShellWords extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    ShellWords() {
      super(new Choice<>(Shell.values()).words());
    }
  }

  @Parameters(
      paramLabel = "SHELL",
      completionCandidates = ShellWords.class,
      description = "bash or zsh.")
  Shell shell = Shell.BASH;

  @Override
  public void run(Context context) {
    // One script for both: it turns on zsh's emulation itself.
    context.output().line(AutoComplete.bash("tidelog", context.commandLine()).stripTrailing());
  }
}
