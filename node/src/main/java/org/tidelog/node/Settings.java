package org.tidelog.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.node.home.Config;
import org.tidelog.node.home.HomeException;

/**
 * What a home remembers of how it is to be used. {@code mirror}: the layers to publish to and read
 * from, one a line; {@code display-name}: what goes into the logs made from now on; {@code
 * passphrase}: {@code required} or {@code none}, which cannot be set.
 */
public final class Settings {
  private static final String MIRROR = "mirror";
  private static final String DISPLAY_NAME = "display-name";
  private static final String PASSPHRASE = "passphrase";

  private final Core core;

  Settings(Core core) {
    this.core = core;
  }

  /** The value of a setting; empty where it has none. */
  public Optional<String> get(String key) {
    if (!List.of(MIRROR, DISPLAY_NAME, PASSPHRASE).contains(key)) throw unknown(key);
    return Optional.ofNullable(all().get(key));
  }

  /** All settings that have a value. */
  public SortedMap<String, String> all() {
    return core.locked(
        () -> {
          Config config = core.home.config();
          SortedMap<String, String> all = new TreeMap<>();
          if (!config.mirrors().isEmpty()) all.put(MIRROR, String.join("\n", config.mirrors()));
          config.displayName().ifPresent(name -> all.put(DISPLAY_NAME, name));
          all.put(PASSPHRASE, config.passphraseRequired() ? "required" : "none");
          return all;
        });
  }

  /**
   * Remembers a setting for the next time the home is opened.
   *
   * @param value for {@code mirror}: a folder, or several, one a line; empty: forget it
   */
  public void set(String key, String value) {
    core.locked(
        () -> {
          try {
            core.home.replaceConfig(changed(core.home.config(), key, value));
          } catch (HomeException e) {
            throw Homes.failure(e);
          } catch (IllegalArgumentException e) {
            throw new TidelogException(
                ErrorKind.USAGE,
                "cannot set " + key + ": the value has control characters or outer spaces",
                null,
                e);
          }
        });
  }

  private Config changed(Config config, String key, String value) {
    return switch (key) {
      case MIRROR -> config.withMirrors(places(value));
      case DISPLAY_NAME -> config.withDisplayName(displayName(value));
      case PASSPHRASE ->
          throw new TidelogException(
              ErrorKind.USAGE, "cannot set passphrase: it is chosen when a home is made");
      default -> throw unknown(key);
    };
  }

  /**
   * In one form, folders by their whole path, so that it does not matter where the next command is
   * run.
   */
  private static List<String> places(String value) {
    List<String> places = new ArrayList<>();
    for (String place : Arrays.asList(value.split("\n", -1))) {
      if (place.isEmpty()) continue;
      places.add(Layer.remembered(place));
    }
    return places;
  }

  private static Optional<String> displayName(String value) {
    if (value.isEmpty()) return Optional.empty();
    Homes.checkDisplayName(value);
    return Optional.of(value);
  }

  private static TidelogException unknown(String key) {
    return new TidelogException(
        ErrorKind.USAGE,
        "cannot find the setting " + key + ": there are mirror, display-name and passphrase");
  }
}
