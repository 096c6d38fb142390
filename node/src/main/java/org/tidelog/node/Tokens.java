package org.tidelog.node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tidelog.node.ipfs.Place;

/**
 * Secrets that places of the mirror ask for, by place. As text, one {@code PLACE = SECRET} a line,
 * such as {@code kubo:http://127.0.0.1:5001 = bearer:…}; empty lines and lines that begin with
 * {@code #} mean nothing. Never shown.
 */
public final class Tokens {
  private final Map<String, String> secrets;

  private Tokens(Map<String, String> secrets) {
    this.secrets = Map.copyOf(secrets);
  }

  public static Tokens none() {
    return new Tokens(Map.of());
  }

  /**
   * Reads the lines of a file or of an environment variable.
   *
   * @param where what to call it in an error
   */
  public static Tokens parse(String text, String where) {
    Map<String, String> secrets = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String content = line.trim();
      if (content.isEmpty() || content.startsWith("#")) continue;
      int equals = content.indexOf(" = ");
      if (equals < 0) throw bad(where, number, "it is not PLACE = SECRET");
      String secret = content.substring(equals + " = ".length()).trim();
      if (secret.isEmpty()) throw bad(where, number, "its secret is empty");
      if (!secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw bad(where, number, "its secret has characters that no header can hold");
      }
      try {
        secrets.put(Place.parse(content.substring(0, equals).trim()).text(), secret);
      } catch (IllegalArgumentException e) {
        throw bad(where, number, String.valueOf(e.getMessage()));
      }
    }
    return new Tokens(secrets);
  }

  private static TidelogException bad(String where, int line, String what) {
    return new TidelogException(
        ErrorKind.USAGE,
        "cannot read " + where + ": line " + line + ": " + what,
        "write one PLACE = SECRET a line, such as kubo:http://127.0.0.1:5001 = bearer:TOKEN");
  }

  /** These, and {@code others} where there is none here. */
  Tokens or(Tokens others) {
    Map<String, String> all = new LinkedHashMap<>(others.secrets);
    all.putAll(secrets);
    return new Tokens(all);
  }

  Optional<String> of(Place place) {
    return Optional.ofNullable(secrets.get(place.text()));
  }

  @Override
  public String toString() {
    return secrets.size() + " tokens";
  }
}
