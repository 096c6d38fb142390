package org.tidelog.node.ipfs;

import java.io.IOException;
import java.util.Locale;

/** What Kubo's RPC says when it fails: JSON with a message, or plain text. */
record RpcError(int status, String message) {
  private static final int FORBIDDEN = 403;
  private static final int NO_SUCH_PATH = 404;
  private static final int SHOWN_MAX = 200;
  private static final String NO_SPACE = "no space left on device";

  static RpcError of(HttpClient.Answer answer) {
    return of(answer, answer.field("/Message").orElseGet(answer::text));
  }

  /** What is said somewhere in an answer that is none as a whole. */
  static RpcError of(HttpClient.Answer answer, String words) {
    return new RpcError(answer.status(), plain(words));
  }

  /** One line without what is no character to be shown, such as controls and half characters. */
  private static String plain(String text) {
    return text.replaceAll("[\\p{C}\\s]+", " ").trim();
  }

  private String shown() {
    if (message.length() <= SHOWN_MAX) return message;
    boolean half = Character.isHighSurrogate(message.charAt(SHOWN_MAX - 1));
    return message.substring(0, half ? SHOWN_MAX - 1 : SHOWN_MAX) + "…";
  }

  private boolean says(String words) {
    return message.toLowerCase(Locale.ROOT).contains(words);
  }

  /** Not there. */
  boolean isNotFound() {
    // A path that a server does not know is no answer to what was asked.
    if (status == NO_SUCH_PATH || isOutOfTime()) return false;
    return says("not found") || says("could not find");
  }

  /** Not found in the time there was: it may be there all the same. */
  boolean isOutOfTime() {
    return says("deadline exceeded");
  }

  boolean isNotPinned() {
    return says("not pinned") || says("pinned indirectly");
  }

  IOException exception() {
    if (status == FORBIDDEN) {
      return new IOException("it refuses us (HTTP 403): it needs a token, or another one");
    }
    if (isOutOfTime()) return new IOException("it looked for too long, and gave up");
    // Often behind the path of a file, which is long and nobody's business here.
    if (says(NO_SPACE)) return new IOException("it has " + NO_SPACE);
    return new IOException("it failed (HTTP " + status + "): " + shown());
  }
}
