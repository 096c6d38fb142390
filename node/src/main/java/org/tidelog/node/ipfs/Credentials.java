package org.tidelog.node.ipfs;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  static final Credentials NONE = new Credentials("", Set.of());

  private final String header;

  /** What would give the secret away, what contains another one first. */
  private final Pattern shown;

  private Credentials(String header, Set<String> words) {
    this.header = header;
    this.shown =
        Pattern.compile(
            words.stream()
                .filter(word -> !word.isEmpty())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Credentials::pattern)
                .collect(Collectors.joining("|")));
  }

  /**
   * @param secret as Kubo's configuration writes it: {@code bearer:TOKEN}, {@code
   *     basic:USER:PASSWORD} or {@code basic:} and that in Base64; anything else is a token
   */
  static Credentials of(@Nullable String secret) {
    if (secret == null) return NONE;
    if (secret.startsWith(BASIC)) return basic(secret.substring(BASIC.length()));
    String token = secret.startsWith(BEARER) ? secret.substring(BEARER.length()) : secret;
    return new Credentials("Bearer " + token, Set.of(token));
  }

  private static Credentials basic(String written) {
    boolean plain = written.indexOf(':') >= 0;
    String pair = plain ? written : decoded(written).orElse("");
    String encoded = plain ? encoded(written) : written;
    String password = pair.substring(pair.indexOf(':') + 1);
    return new Credentials("Basic " + encoded, new HashSet<>(List.of(encoded, password)));
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

  /** The word as it is, and with any of its characters as JSON or a URL may write them. */
  private static String pattern(String word) {
    StringBuilder pattern = new StringBuilder();
    word.codePoints().forEach(point -> pattern.append(pattern(point)));
    return pattern.toString();
  }

  private static String pattern(int point) {
    String plain = new String(Character.toChars(point));
    StringBuilder json = new StringBuilder();
    for (char c : Character.toChars(point))
      json.append(String.format(Locale.ROOT, "\\\\u%04x", (int) c));
    StringBuilder url = new StringBuilder();
    for (byte b : plain.getBytes(StandardCharsets.UTF_8))
      url.append(String.format(Locale.ROOT, "%%%02x", b));
    String space = point == ' ' ? "|\\+" : "";
    return "(?:\\\\?" + Pattern.quote(plain) + "|(?i:" + json + "|" + url + ")" + space + ")";
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
    return shown.pattern().isEmpty() ? text : shown.matcher(text).replaceAll(REMOVED);
  }

  @Override
  public String toString() {
    return areKnown() ? REMOVED : "none";
  }
}
