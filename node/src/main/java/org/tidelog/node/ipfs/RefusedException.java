package org.tidelog.node.ipfs;

import java.io.IOException;

/** A server answers only who knows a secret. */
public final class RefusedException extends IOException {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private static final long serialVersionUID = 1L;

  private RefusedException(String message) {
    super(message);
  }

  /** Throws one if the answer says so. */
  static HttpClient.Answer check(HttpClient.Answer answer, boolean sent) throws RefusedException {
    int status = answer.status();
    if (status != UNAUTHORIZED && status != FORBIDDEN) return answer;
    throw new RefusedException(
        (sent ? "it refuses the token that it was sent" : "it wants a token, and none is known")
            + " (HTTP "
            + status
            + ")");
  }
}
