package org.tidelog.node;

import java.util.Locale;

/** Stable words for what went wrong, each with the exit code that the command line ends with. */
public enum ErrorKind {
  /** What was asked for does not exist here. */
  NOT_FOUND(1),
  EXISTS(1),
  /** This device may not do that: it only follows the topic. */
  NOT_A_MEMBER(1),
  BAD_PASSPHRASE(1),
  NEEDS_PASSPHRASE(1),
  MIRROR_UNWRITABLE(1),
  /** A layer holds a head of this device's own log that the device does not know. */
  OWN_HEAD_AHEAD(1),
  IO(1),
  INTERNAL(1),
  USAGE(2),
  /** Something that needs what this version does not have. */
  UNSUPPORTED(2),
  BAD_NAME(2),
  BAD_INVITATION(3),
  /** A backup that is no backup, was altered or cut short, or claims what is not so. */
  BAD_BACKUP(3),
  /** Words that are no recovery phrase. */
  BAD_PHRASE(3),
  BAD_INPUT(3),
  /** A CAR file that is damaged, cut short, or has no logs in it. */
  BAD_CAR(3),
  BAD_RECORD(3),
  BAD_HEAD(3),
  BAD_BLOCK(3),
  BAD_INDEX(3),
  BAD_PAGE(3),
  BAD_ENTRY(3),
  BAD_PROOF(3),
  BAD_SIGNATURE(3),
  /** A log that does not belong to the topic it was offered for. */
  BAD_GENESIS(3),
  FORK(3),
  /** The home's own files are not what was written there. */
  BAD_STORE(3),
  UNREACHABLE(4),
  INCOMPLETE(4),
  LOCKED(5),
  NO_SPACE(6);

  private final int exitCode;

  ErrorKind(int exitCode) {
    this.exitCode = exitCode;
  }

  /** Lower case with hyphens, such as {@code not-found}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public int exitCode() {
    return exitCode;
  }
}
