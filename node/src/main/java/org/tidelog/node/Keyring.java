package org.tidelog.node;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.DeviceKeys;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.keystore.KeyStoreFile;
import org.tidelog.crypto.keystore.Protection;
import org.tidelog.crypto.keystore.Secrets;
import org.tidelog.crypto.keystore.WrongPassphraseException;
import org.tidelog.crypto.multiformats.PeerId;
import org.tidelog.crypto.seal.EpochKey;
import org.tidelog.log.control.GenesisStatement;
import org.tidelog.node.home.Home;

/**
 * The secrets of a home, unlocked when one is needed for the first time. Owned by whoever holds the home's lock.
 */
final class Keyring {
  private static final int SEED_BYTES = 32;

  private final Home home;
  private final Passphrase passphrase;
  private KeyStoreFile.@Nullable Unlocked unlocked;

  Keyring(Home home, Passphrase passphrase) {
    this.home = home;
    this.passphrase = passphrase;
  }

  /** A key store for a new device, protected as the passphrase says. */
  static byte[] create(Passphrase passphrase, Entropy entropy) {
    Secrets secrets =
        new Secrets(
            entropy.bytes(SEED_BYTES),
            entropy.bytes(SEED_BYTES),
            entropy.bytes(SEED_BYTES),
            entropy.bytes(GenesisStatement.INCARNATION_BYTES),
            new TreeMap<>());
    if (passphrase == NoPassphrase.INSTANCE) {
      return KeyStoreFile.create(secrets, Protection.none(), entropy).bytes();
    }
    char[] words = passphrase.ask("protect the keys of this home");
    try {
      return KeyStoreFile.create(secrets, Protection.passphrase(words), entropy).bytes();
    } finally {
      Arrays.fill(words, '\0');
    }
  }

  /** The peer id of a key store that has just been made or unlocked. */
  static String peerId(Secrets secrets) {
    return PeerId.of(Ed25519.signer(secrets.networkSeed()).publicKey()).text();
  }

  boolean isUnlocked() {
    return unlocked != null;
  }

  /** Whether secrets can be had without asking anybody. */
  boolean isFree() {
    return unlocked != null || !file().needsPassphrase();
  }

  Secrets secrets(String purpose) {
    return unlock(purpose).secrets();
  }

  private KeyStoreFile.Unlocked unlock(String purpose) {
    if (unlocked == null) unlocked = unlocked(file(), purpose);
    return unlocked;
  }

  private KeyStoreFile file() {
    try {
      return KeyStoreFile.parse(home.keys());
    } catch (MalformedException e) {
      throw new TidelogException(
          ErrorKind.BAD_STORE,
          "cannot read the keys of " + home.path() + ": " + e.getMessage(),
          "restore the home from a backup",
          e);
    }
  }

  private KeyStoreFile.Unlocked unlocked(KeyStoreFile file, String purpose) {
    try {
      if (!file.needsPassphrase()) return file.unlockWithoutPassphrase();
      char[] words = passphrase.ask(purpose);
      try {
        return file.unlock(words);
      } finally {
        Arrays.fill(words, '\0');
      }
    } catch (WrongPassphraseException e) {
      throw new TidelogException(
          ErrorKind.BAD_PASSPHRASE, "cannot " + purpose + ": the passphrase is wrong", null, e);
    } catch (MalformedException e) {
      throw new TidelogException(
          ErrorKind.BAD_STORE,
          "cannot read the keys of " + home.path() + ": " + e.getMessage(),
          "restore the home from a backup",
          e);
    }
  }

  /** The signing key of this device's log, or index, in a topic. */
  Signer logSigner(Digest topicId, LogPurpose purpose) {
    Secrets secrets = secrets("write to a topic");
    return DeviceKeys.of(secrets.deviceSeed())
        .log(topicId.bytes(), secrets.incarnation(), purpose);
  }

  /** Who writes this device's logs. */
  GenesisStatement.Author author(Optional<String> displayName) {
    Secrets secrets = secrets("write to a topic");
    byte[] recovery = Ed25519.signer(secrets.recoverySeed()).publicKey();
    return new GenesisStatement.Author(
        DeviceKeys.of(secrets.deviceSeed()).device(),
        secrets.incarnation(),
        Sha256.hash(Sha256.tag("tidelog/recovery/1"), recovery),
        displayName.orElse(""));
  }

  /** Remembers the key of a private topic. */
  void putTopicKey(Digest topicId, EpochKey key) {
    KeyStoreFile.Unlocked open = unlock("keep the key of a topic");
    Secrets secrets = open.secrets();
    SortedMap<String, byte[]> topics = new TreeMap<>(secrets.topicSecrets());
    topics.put(topicId.hex(), key.bytes());
    Secrets changed =
        new Secrets(
            secrets.deviceSeed(),
            secrets.networkSeed(),
            secrets.recoverySeed(),
            secrets.incarnation(),
            topics);
    home.replaceKeys(open.encode(changed));
    unlocked = null;
    unlocked = open.with(changed);
  }

  Optional<EpochKey> topicKey(Digest topicId) {
    byte[] key = secrets("read a private topic").topicSecrets().get(topicId.hex());
    return Optional.ofNullable(key).map(EpochKey::of);
  }

  /** The key that a private log's genesis commits to, if this device has it. */
  Optional<TopicKey> keyOf(IpnsName log, Digest commitment) {
    Map<String, byte[]> topics = new HashMap<>(secrets("read a private topic").topicSecrets());
    for (Map.Entry<String, byte[]> topic : topics.entrySet()) {
      EpochKey key = EpochKey.of(topic.getValue());
      Digest id = digest(topic.getKey());
      if (key.commitment(log, id.bytes()).equals(commitment)) return Optional.of(new TopicKey(id, key));
    }
    return Optional.empty();
  }

  /** A private topic and its key. */
  record TopicKey(Digest topicId, EpochKey key) {}

  private static Digest digest(String hex) {
    try {
      return Digest.parse(Hex.decode(hex));
    } catch (MalformedException e) {
      throw new AssertionError(e); // The key store has checked its contents.
    }
  }
}
