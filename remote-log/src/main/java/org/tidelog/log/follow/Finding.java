package org.tidelog.log.follow;

/**
 * Something that was refused, or could not be had.
 *
 * @param what in words
 * @param where the layer, the block or the position
 */
public record Finding(Kind kind, String what, String where) {
  /** Named for what is wrong, gravest first. */
  public enum Kind {
    /** Two signed statements of the author contradict each other. */
    FORK,
    /** A head whose signature, root or last id is wrong. */
    BAD_HEAD,
    /** A record that is malformed or not signed by the name's key. */
    BAD_RECORD,
    /** A block whose bytes are not those its CID names. */
    BAD_BLOCK,
    /** An index node that does not lead to the head. */
    BAD_INDEX,
    /** A page whose entries are not those the head commits to. */
    BAD_PAGE,
    /** No layer has the block. */
    MISSING_BLOCK,
    /** No layer has a record under the name. */
    NO_RECORD,
    /** A layer could not be asked. */
    UNREACHABLE;

    /** Whether bytes were wrong, rather than absent. */
    public boolean isRefusal() {
      return compareTo(MISSING_BLOCK) < 0;
    }
  }
}
