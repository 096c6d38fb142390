package org.tidelog.node.home;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.MalformedException;

/**
 * The settings of a home. As text, one {@code key = value} a line, in UTF-8: {@code mirror = PLACE}
 * once for each layer, {@code display-name = TEXT}, and {@code passphrase = none} or {@code
 * required}. Empty lines and lines that begin with {@code #} mean nothing.
 *
 * @param mirrors where to publish and to read from, in order; empty for the folder in the home
 * @param displayName what this device's logs say of their author
 * @param passphraseRequired whether the keys are protected by one
 */
public record Config(
    List<String> mirrors, Optional<String> displayName, boolean passphraseRequired) {
  /** A file of settings is read at once; a person writes less. */
  static final int BYTES_MAX = 64 * 1024;

  private static final String MIRROR = "mirror";
  private static final String DISPLAY_NAME = "display-name";
  private static final String PASSPHRASE = "passphrase";

  /**
   * @throws IllegalArgumentException for a value that no line can hold: an empty one, or one with
   *     control characters or outer spaces
   */
  public Config {
    mirrors = List.copyOf(mirrors);
    mirrors.forEach(value -> check(MIRROR, value));
    displayName.ifPresent(value -> check(DISPLAY_NAME, value));
  }

  private static void check(String key, String value) {
    boolean control = value.chars().anyMatch(Character::isISOControl);
    if (control || value.isEmpty() || !value.equals(value.trim())) {
      throw new IllegalArgumentException(key + ": \"" + (control ? "…" : value) + "\"");
    }
  }

  public static Config of(Optional<String> displayName, boolean passphraseRequired) {
    return new Config(List.of(), displayName, passphraseRequired);
  }

  public Config withMirrors(List<String> others) {
    return new Config(others, displayName, passphraseRequired);
  }

  public Config withDisplayName(Optional<String> other) {
    return new Config(mirrors, other, passphraseRequired);
  }

  byte[] encode() {
    StringBuilder text = new StringBuilder("# Settings of this home; see: tidelog config\n");
    mirrors.forEach(value -> line(text, MIRROR, value));
    displayName.ifPresent(value -> line(text, DISPLAY_NAME, value));
    line(text, PASSPHRASE, passphraseRequired ? "required" : "none");
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append(" = ").append(value).append('\n');
  }

  static Config parse(byte[] bytes) throws MalformedException {
    Reading reading = new Reading();
    int number = 0;
    for (String line : text(bytes).split("\n", -1)) {
      number++;
      String content = line.trim();
      if (content.isEmpty() || content.startsWith("#")) continue;
      try {
        reading.take(content);
      } catch (MalformedException | IllegalArgumentException e) {
        throw new MalformedException("line " + number + ": " + e.getMessage(), e);
      }
    }
    return reading.finish();
  }

  private static String text(byte[] bytes) throws MalformedException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("it is not text", e);
    }
  }

  /** What the lines said so far. */
  private static final class Reading {
    private final List<String> mirrors = new ArrayList<>();
    private @Nullable String displayName;
    private @Nullable Boolean passphrase;

    void take(String line) throws MalformedException {
      int equals = line.indexOf('=');
      if (equals < 0) throw new MalformedException("it is not key = value");
      String key = line.substring(0, equals).trim();
      String value = line.substring(equals + 1).trim();
      check(key, value);
      switch (key) {
        case MIRROR -> mirrors.add(value);
        case DISPLAY_NAME -> {
          if (displayName != null) throw new MalformedException(key + " a second time");
          displayName = value;
        }
        case PASSPHRASE -> {
          if (passphrase != null) throw new MalformedException(key + " a second time");
          passphrase = isRequired(value);
        }
        default -> throw new MalformedException("no setting is called " + key);
      }
    }

    private static boolean isRequired(String value) throws MalformedException {
      if (value.equals("required")) return true;
      if (value.equals("none")) return false;
      throw new MalformedException(PASSPHRASE + " is neither none nor required");
    }

    Config finish() throws MalformedException {
      if (passphrase == null) throw new MalformedException("it does not say " + PASSPHRASE);
      return new Config(mirrors, Optional.ofNullable(displayName), passphrase);
    }
  }
}
