package org.tidelog.node.cli;

/** A command that can be run once its options are parsed. */
interface Action {
  /**
   * Does it. What stops the whole command is thrown; what stops a part of it is reported to the
   * context, which then knows the exit code.
   */
  void run(Context context) throws Exception;
}
