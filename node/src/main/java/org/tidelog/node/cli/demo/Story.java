package org.tidelog.node.cli.demo;

import org.tidelog.node.cli.output.Fields;
import org.tidelog.node.cli.output.Ink;
import org.tidelog.node.cli.output.Output;

/**
 * Tells what happens: sentences for people, an object a step for programs. Remembers whether all
 * went well.
 */
final class Story {
  private final Output output;
  private boolean good = true;

  Story(Output output) {
    this.output = output;
  }

  /** What is going to happen. */
  void tell(String sentence) {
    if (!output.json()) {
      output.line(sentence);
      output.flush();
    }
  }

  /** What happened. */
  void step(String name, boolean ok, Fields figures, String sentence) {
    good &= ok;
    if (output.json()) {
      output.line(new Fields().with("step", name).with("ok", ok).with(figures));
    } else {
      String mark = ok ? output.paint(Ink.GOOD, "✓") : output.paint(Ink.BAD, "✗");
      output.line("  " + mark + " " + sentence);
    }
    output.flush();
  }

  boolean good() {
    return good;
  }

  Output output() {
    return output;
  }
}
