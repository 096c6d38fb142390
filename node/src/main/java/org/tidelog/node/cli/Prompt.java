package org.tidelog.node.cli;

import org.jspecify.annotations.Nullable;

/** A person at a terminal who can be asked. */
interface Prompt {
  /** Asks without showing the answer; null if the person ends the input. */
  char @Nullable [] askHidden(String question);
}
