package org.tidelog.node.ipfs;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * The secret that a place asks for, if it is known: it goes into a header, and out of whatever the
 * place says. Source of the header: RFC 7617 and RFC 6750.
 */
final class Credentials {
  private static final String REMOVED = "(secret)";
  private static final String BEARER = "bearer:";
  private static final String BASIC = "basic:";

  static final Credentials NONE = new Credentials("", new TreeSet<>());

  private final String header;

  /** What would give the secret away, what contains another one first. */
  private final SortedSet<String> words =
      new TreeSet<>((a, b) -> a.length() == b.length() ? a.compareTo(b) : b.length() - a.length());

  private Credentials(String header, SortedSet<String> words) {
    this.header = header;
    for (String word : words) {
      if (!word.isEmpty()) this.words.add(word);
    }
  }

  /**
   * @param secret as Kubo's configuration writes it: {@code bearer:TOKEN}, {@code
   *     basic:USER:PASSWORD} or {@code basic:} and that in Base64; anything else is a token
   */
  static Credentials of(@Nullable String secret) {
    if (secret == null) return NONE;
    if (secret.startsWith(BASIC)) return basic(secret.substring(BASIC.length()));
    String token = secret.startsWith(BEARER) ? secret.substring(BEARER.length()) : secret;
    SortedSet<String> words = new TreeSet<>();
    words.add(token);
    return new Credentials("Bearer " + token, words);
  }

  private static Credentials basic(String written) {
    boolean plain = written.indexOf(':') >= 0;
    String pair = plain ? written : decoded(written).orElse("");
    String encoded = plain ? encoded(written) : written;
    SortedSet<String> words = new TreeSet<>();
    words.add(encoded);
    words.add(pair.substring(pair.indexOf(':') + 1));
    return new Credentials("Basic " + encoded, words);
  }

  private static String encoded(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Optional<String> decoded(String base64) {
    try {
      byte[] pair = Base64.getDecoder().decode(base64);
      return Optional.of(new String(pair, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // It is sent as it is.
    }
  }

  boolean areKnown() {
    return !header.isEmpty();
  }

  /** Adds the header, and remembers with the request what its answer may not show. */
  Request.Builder sign(Request.Builder request) {
    if (areKnown()) request.header("Authorization", header);
    return request.tag(Credentials.class, this);
  }

  /** Those that a request was signed with. */
  static Credentials of(Request request) {
    Credentials credentials = request.tag(Credentials.class);
    return credentials == null ? NONE : credentials;
  }

  /** The text without the secret, for people. */
  String removedFrom(String text) {
    String left = text;
    for (String word : words) {
      left = left.replace(word, REMOVED);
    }
    return left;
  }

  @Override
  public String toString() {
    return areKnown() ? REMOVED : "none";
  }
}
