package org.tidelog.node;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.keystore.Secrets;
import org.tidelog.log.control.GenesisStatement;
import org.tidelog.log.spi.StoreException;
import org.tidelog.node.home.Config;
import org.tidelog.node.home.Home;
import org.tidelog.node.home.HomeException;
import org.tidelog.node.sqlite.SqliteNodeStore;
import org.tidelog.replicator.spi.DeviceStore;

/** Makes and opens homes, with errors for people. */
final class Homes {
  private Homes() {}

  static Device init(Path path, InitOptions options) {
    options.displayName().ifPresent(Homes::checkDisplayName);
    try {
      // Before a person is asked for a passphrase in vain.
      Home.refuseIfTaken(path);
      Config config =
          Config.of(options.displayName(), options.passphrase() != NoPassphrase.INSTANCE);
      Secrets fresh = Secrets.random(Entropy.system());
      Secrets secrets =
          options
              .recoveryPhrase()
              .map(phrase -> fresh.withRecoverySeed(phrase.seed()))
              .orElse(fresh);
      return make(path, config, options.passphrase(), new NewDevice(secrets, options.recovers()));
    } catch (HomeException e) {
      throw failure(e);
    } catch (StoreException e) {
      throw failure(path, e);
    }
  }

  /**
   * What a device begins with.
   *
   * @param secrets that no device has used yet
   * @param recovers whether their recovery key is that of an earlier device
   */
  record NewDevice(Secrets secrets, boolean recovers) {}

  static Device make(Path path, Config config, Passphrase passphrase, NewDevice device) {
    Keyring.NewKeys keys = Keyring.create(device.secrets, passphrase, Entropy.system());
    Home.create(path, keys::file, config, file -> newStore(file, keys, device.recovers));
    return new Device(keys.peerId(), path.toAbsolutePath().normalize(), config.displayName());
  }

  private static void newStore(Path file, Keyring.NewKeys keys, boolean recovers) {
    try (DeviceStore store = SqliteNodeStore.create(file)) {
      Book book = new Book(store);
      book.putPeerId(keys.peerId());
      IncarnationBook incarnations = new IncarnationBook(book);
      incarnations.add(keys.incarnation());
      if (recovers) incarnations.putRecovered();
      book.commit();
    }
  }

  static void checkDisplayName(String name) {
    boolean plain = name.codePoints().noneMatch(Character::isISOControl) && !name.trim().isEmpty();
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (plain && bytes <= GenesisStatement.NAME_BYTES_MAX) return;
    throw new TidelogException(
        ErrorKind.BAD_NAME,
        "cannot use that display name: it is empty, has control characters, or is over "
            + GenesisStatement.NAME_BYTES_MAX
            + " bytes");
  }

  static Core open(Path path, TidelogOptions options) {
    @Nullable Home home = null;
    @Nullable DeviceStore store = null;
    try {
      home = Home.open(path, options.lockWait());
      Layers layers = layers(home, options);
      store = SqliteNodeStore.open(home.store());
      return new Core(home, store, peerId(path, store), options, layers);
    } catch (HomeException e) {
      close(home, store);
      throw failure(e);
    } catch (StoreException e) {
      close(home, store);
      throw failure(path, e);
    } catch (RuntimeException e) {
      close(home, store);
      throw e;
    }
  }

  private static void close(@Nullable Home home, @Nullable DeviceStore store) {
    if (store != null) store.close();
    if (home != null) home.close();
  }

  private static String peerId(Path path, DeviceStore store) {
    byte[] text =
        store
            .get(Book.PEER_ID)
            .orElseThrow(
                () ->
                    new TidelogException(
                        ErrorKind.BAD_STORE,
                        "cannot open " + path + ": its store is another's, or empty",
                        "restore the home from a backup"));
    return new String(text, StandardCharsets.UTF_8);
  }

  private static Layers layers(Home home, TidelogOptions options) {
    Tokens tokens = options.tokens().or(tokens(home));
    LayerLedger ledger = new LayerLedger(() -> options.time().now().toEpochMilli());
    return Layers.of(places(home, options), tokens, ledger);
  }

  private static Tokens tokens(Home home) {
    Optional<String> text = home.tokens();
    return text.isPresent() ? Tokens.parse(text.get(), "the home's file tokens") : Tokens.none();
  }

  private static List<String> places(Home home, TidelogOptions options) {
    if (!options.mirrors().isEmpty()) return options.mirrors();
    List<String> remembered = home.config().mirrors();
    if (remembered.isEmpty()) return List.of(home.mirror().toString());
    List<String> places = new ArrayList<>();
    for (String place : remembered) {
      places.add(Layer.isRemote(place) ? place : home.path().resolve(place).toString());
    }
    return places;
  }

  static TidelogException failure(HomeException e) {
    ErrorKind kind =
        switch (e.kind()) {
          case NOT_FOUND -> ErrorKind.NOT_FOUND;
          case EXISTS -> ErrorKind.EXISTS;
          case LOCKED -> ErrorKind.LOCKED;
          case NO_SPACE -> ErrorKind.NO_SPACE;
          case DAMAGED -> ErrorKind.BAD_STORE;
          default -> ErrorKind.IO;
        };
    return new TidelogException(kind, String.valueOf(e.getMessage()), e.hint().orElse(null), e);
  }

  static TidelogException failure(Path home, StoreException e) {
    return switch (e.why()) {
      case FULL ->
          new TidelogException(
              ErrorKind.NO_SPACE,
              "cannot write to " + home + ": no space left",
              "free some space; what was acknowledged is safe",
              e);
      case DAMAGED ->
          new TidelogException(
              ErrorKind.BAD_STORE,
              "cannot read the store of " + home + ": " + e.getMessage(),
              "restore the home from a backup",
              e);
      case FAILED ->
          new TidelogException(
              ErrorKind.IO, "cannot use the store of " + home + ": " + e.getMessage(), null, e);
    };
  }
}
