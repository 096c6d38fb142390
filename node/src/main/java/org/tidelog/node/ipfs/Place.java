package org.tidelog.node.ipfs;

import java.util.Locale;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A place on IPFS as a user writes it: {@code kubo:URL}, {@code gateway:URL}, {@code delegated:URL}
 * or {@code pin:URL}. The URL is of {@code http} or {@code https}, without user, password, query
 * and fragment: secrets come from elsewhere.
 */
public record Place(Kind kind, HttpUrl url) {
  /** What speaks at the URL. */
  public enum Kind {
    KUBO,
    GATEWAY,
    DELEGATED,
    PIN;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static @Nullable Kind kind(String text) {
    for (Kind kind : Kind.values()) {
      if (text.startsWith(kind.word() + ":")) return kind;
    }
    return null;
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with what is wrong, in words for people; a secret in it is not
   *     repeated
   */
  public static Place parse(String text) {
    Kind kind = kind(text);
    if (kind == null) throw new IllegalArgumentException("it is no place on IPFS");
    String rest = text.substring(kind.word().length() + 1);
    if (!rest.startsWith("http://") && !rest.startsWith("https://")) {
      throw new IllegalArgumentException("after " + kind.word() + ": comes http:// or https://");
    }
    HttpUrl url = HttpUrl.parse(rest);
    if (url == null) throw new IllegalArgumentException("its URL is malformed");
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      throw new IllegalArgumentException("a URL has no user and no password here");
    }
    if (url.query() != null || url.fragment() != null) {
      throw new IllegalArgumentException("a URL has no query and no fragment here");
    }
    return new Place(kind, url);
  }

  /** Whether a secret sent there stays on this machine or is encrypted. */
  public boolean keepsSecrets() {
    String host = url.host();
    boolean loopback =
        host.equals("localhost") || host.equals("::1") || host.matches("127(\\.[0-9]{1,3}){3}");
    return url.isHttps() || loopback;
  }

  /** As a user writes it, in one form for all spellings. */
  public String text() {
    String bare = url.toString();
    return kind.word() + ":" + (bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare);
  }

  /** Of the URL and what comes below it. */
  HttpUrl.Builder below(String path) {
    return url.newBuilder().addPathSegments(path);
  }
}
