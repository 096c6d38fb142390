package org.tidelog.node;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
import org.tidelog.crypto.keystore.Unlocked;
import org.tidelog.crypto.keystore.WrongPassphraseException;
import org.tidelog.crypto.multiformats.PeerId;
import org.tidelog.crypto.seal.EpochKey;
import org.tidelog.log.control.GenesisStatement;
import org.tidelog.node.home.Home;

/**
 * The secrets of a home, unlocked when one is needed for the first time. Owned by whoever holds the
 * home's lock.
 */
final class Keyring {
  private final Home home;
  private final Passphrase passphrase;
  private @Nullable Unlocked unlocked;
  private @Nullable Secrets known;

  Keyring(Home home, Passphrase passphrase) {
    this.home = home;
    this.passphrase = passphrase;
  }

  /** A key store for a new device, protected as the passphrase says. */
  static NewKeys create(Passphrase passphrase, Entropy entropy) {
    Secrets secrets = Secrets.random(entropy);
    String peerId = PeerId.of(Ed25519.signer(secrets.networkSeed()).publicKey()).text();
    if (passphrase == NoPassphrase.INSTANCE) {
      return new NewKeys(KeyStoreFile.create(secrets, Protection.none(), entropy).bytes(), peerId);
    }
    char[] words = passphrase.ask("protect the keys of this home");
    try {
      Protection protection = Protection.passphrase(words);
      return new NewKeys(KeyStoreFile.create(secrets, protection, entropy).bytes(), peerId);
    } finally {
      Arrays.fill(words, '\0');
    }
  }

  /** The bytes of a new key store, and the network identity in it. */
  record NewKeys(byte[] file, String peerId) {}

  boolean isUnlocked() {
    return unlocked != null;
  }

  /** Whether secrets can be had without asking anybody. */
  boolean isFree() {
    return unlocked != null || !file().needsPassphrase();
  }

  Secrets secrets(String purpose) {
    Secrets secrets = known;
    if (secrets == null) {
      secrets = unlock(purpose).secrets();
      known = secrets;
    }
    return secrets;
  }

  private Unlocked unlock(String purpose) {
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

  private Unlocked unlocked(KeyStoreFile file, String purpose) {
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
    }
  }

  /** The signing key of this device's log, or index, in a topic. */
  Signer logSigner(Digest topicId, LogPurpose purpose) {
    Secrets secrets = secrets("write to a topic");
    return DeviceKeys.of(secrets.deviceSeed())
        .log(topicId.bytes(), secrets.incarnation16(), purpose);
  }

  /** Who writes this device's logs. */
  GenesisStatement.Author author(Optional<String> displayName) {
    Secrets secrets = secrets("write to a topic");
    byte[] recovery = Ed25519.signer(secrets.recoverySeed()).publicKey();
    return new GenesisStatement.Author(
        DeviceKeys.of(secrets.deviceSeed()).device(),
        secrets.incarnation16(),
        Sha256.hash(Sha256.tag("tidelog/recovery/1"), recovery),
        displayName.orElse(""));
  }

  /** Remembers the key of a private topic. */
  void putTopicKey(Digest topicId, EpochKey key) {
    Unlocked open = unlock("keep the key of a topic");
    Secrets changed =
        secrets("keep the key of a topic").withTopicSecret(topicId.hex(), key.bytes());
    home.replaceKeys(open.encode(changed));
    known = changed;
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
      if (key.commitment(log, id.bytes()).equals(commitment))
        return Optional.of(new TopicKey(id, key));
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
