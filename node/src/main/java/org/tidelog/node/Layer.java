package org.tidelog.node;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tidelog.log.spi.ContentStore;
import org.tidelog.log.spi.NameSystem;
import org.tidelog.node.folder.FolderStore;
import org.tidelog.node.ipfs.DelegatedRouting;
import org.tidelog.node.ipfs.Gateway;
import org.tidelog.node.ipfs.HttpClient;
import org.tidelog.node.ipfs.Kubo;
import org.tidelog.node.ipfs.PinningService;
import org.tidelog.node.ipfs.Pins;
import org.tidelog.node.ipfs.Place;

/**
 * One place of the mirror, and what it can do.
 *
 * @param name what people call it: a folder's path, or a word of {@link Place}
 * @param takes whether it may be written to
 * @param remote whether it is asked over a network: it may be slow, and asked by several threads
 */
record Layer(
    String name,
    Optional<ContentStore> blocks,
    Optional<NameSystem> names,
    Optional<Pins> pins,
    boolean takes,
    boolean remote) {

  /** How long a Kubo node may look for a block that it does not have. */
  private static final Duration SEEK_MAX = Duration.ofSeconds(20);

  /** Whether a word of {@code --mirror} stands for a place on a network. */
  static boolean isRemote(String word) {
    return word.matches("(kubo|gateway|delegated|pin):.*");
  }

  /** What can be read in one place, and nothing else. */
  static Layer readOnly(ContentStore blocks, NameSystem names) {
    return new Layer(
        blocks.describe(), Optional.of(blocks), Optional.of(names), Optional.empty(), false, false);
  }

  static Layer folder(Path path) {
    FolderStore folder = new FolderStore(path);
    return new Layer(
        folder.describe(), Optional.of(folder), Optional.of(folder), Optional.empty(), true, false);
  }

  /** What {@link Filling} has put into a folder of the mirror. */
  static Layer filled(Path path) {
    FolderStore folder = new FolderStore(path);
    return readOnly(folder, folder);
  }

  /** What a word of {@code --mirror} stands for; it need not be there. */
  static Layer of(String word, Supplier<HttpClient> client, Tokens tokens) {
    return isRemote(word) ? remote(word, client.get(), tokens) : folder(folderOf(word));
  }

  private static Layer remote(String word, HttpClient http, Tokens tokens) {
    Place place = placeOf(word);
    @Nullable String secret = tokens.of(place).orElse(null);
    if (secret != null && !place.keepsSecrets()) {
      throw new TidelogException(
          ErrorKind.USAGE,
          "cannot use the mirror "
              + place.text()
              + ": its token would go over the network in clear",
          "use an https URL");
    }
    return switch (place.kind()) {
      case KUBO -> kubo(new Kubo(place, http, secret, SEEK_MAX));
      case GATEWAY -> gateway(new Gateway(place, http, secret));
      case DELEGATED -> delegated(new DelegatedRouting(place, http, secret));
      case PIN -> pin(new PinningService(place, http, secret));
    };
  }

  private static Layer kubo(Kubo kubo) {
    return new Layer(
        kubo.describe(), Optional.of(kubo), Optional.of(kubo), Optional.of(kubo), true, true);
  }

  private static Layer gateway(Gateway gateway) {
    return new Layer(
        gateway.describe(),
        Optional.of(gateway),
        Optional.of(gateway),
        Optional.empty(),
        false,
        true);
  }

  private static Layer delegated(DelegatedRouting names) {
    return new Layer(
        names.describe(), Optional.empty(), Optional.of(names), Optional.empty(), true, true);
  }

  private static Layer pin(PinningService pins) {
    return new Layer(
        pins.describe(), Optional.empty(), Optional.empty(), Optional.of(pins), true, true);
  }

  /** The word in the one form in which a home remembers it. */
  static String remembered(String word) {
    return isRemote(word) ? placeOf(word).text() : folderOf(word).toString();
  }

  private static Place placeOf(String word) {
    try {
      return Place.parse(word);
    } catch (IllegalArgumentException e) {
      // The word itself may hold a password.
      String kind = word.substring(0, word.indexOf(':'));
      throw new TidelogException(
          ErrorKind.USAGE,
          "cannot use the mirror " + kind + ":…: " + e.getMessage(),
          "such as " + kind + ":http://127.0.0.1:5001; tokens go into the home's file tokens",
          e);
    }
  }

  private static Path folderOf(String word) {
    if (word.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      throw new TidelogException(
          ErrorKind.USAGE,
          "cannot use the mirror "
              + word.substring(0, word.indexOf(':'))
              + ":…: nobody knows what it is",
          "name a folder, kubo:URL, gateway:URL, delegated:URL or pin:URL");
    }
    if (word.isEmpty()) {
      throw new TidelogException(
          ErrorKind.USAGE, "cannot use the mirror: its name is empty", "name a folder");
    }
    try {
      return Paths.get(word).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new TidelogException(
          ErrorKind.USAGE, "cannot use the mirror " + word + ": it is no path", null, e);
    }
  }
}
