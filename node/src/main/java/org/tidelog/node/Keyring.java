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
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.keystore.HomeMark;
import org.tidelog.crypto.keystore.KeyStoreFile;
import org.tidelog.crypto.keystore.Protection;
import org.tidelog.crypto.keystore.Secrets;
import org.tidelog.crypto.keystore.Unlocked;
import org.tidelog.crypto.keystore.WrongPassphraseException;
import org.tidelog.crypto.multiformats.PeerId;
import org.tidelog.crypto.seal.EpochKey;
import org.tidelog.log.control.Continuation;
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
  static NewKeys create(Secrets secrets, Passphrase passphrase, Entropy entropy) {
    if (passphrase == NoPassphrase.INSTANCE) {
      return new NewKeys(KeyStoreFile.createUnlocked(secrets, Protection.none(), entropy));
    }
    char[] words = passphrase.ask("protect the keys of this home");
    try {
      Protection protection = Protection.passphrase(words);
      return new NewKeys(KeyStoreFile.createUnlocked(secrets, protection, entropy));
    } finally {
      Arrays.fill(words, '\0');
    }
  }

  /** A key store that is to be written into a home. */
  record NewKeys(Unlocked unlocked) {
    /** The file, for the home that is known by that. */
    byte[] file(HomeMark mark) {
      return unlocked.encode(unlocked.secrets().withHome(mark));
    }

    String peerId() {
      return Keyring.peerId(unlocked.secrets());
    }

    byte[] incarnation() {
      return unlocked.secrets().incarnation16();
    }
  }

  private static String peerId(Secrets secrets) {
    return PeerId.of(Ed25519.signer(secrets.networkSeed()).publicKey()).text();
  }

  /** The network identity. */
  String peerId() {
    return peerId(secrets("write to a topic"));
  }

  /** Replaces all secrets: when this returns, those before are gone. */
  void replace(Secrets changed) {
    home.replaceKeys(unlock("write to a topic").encode(changed));
    known = changed;
  }

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

  /** Whether a person has to know a passphrase to open this home. */
  boolean needsPassphrase() {
    return file().needsPassphrase();
  }

  /** The passphrase itself, found right by opening the keys with it; the caller wipes it. */
  char[] provenPassphrase(String purpose) {
    char[] words = passphrase.ask(purpose);
    try {
      unlocked = unlocked(file(), asked -> words.clone(), purpose);
      return words;
    } catch (RuntimeException e) {
      Arrays.fill(words, '\0');
      throw e;
    }
  }

  private Unlocked unlock(String purpose) {
    if (unlocked == null) unlocked = unlocked(file(), passphrase, purpose);
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

  private static Unlocked unlocked(KeyStoreFile file, Passphrase source, String purpose) {
    try {
      if (!file.needsPassphrase()) return file.unlockWithoutPassphrase();
      char[] words = source.ask(purpose);
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

  /** The name of this device's log, or index, in a topic. */
  IpnsName logName(Digest topicId, LogPurpose purpose) {
    return IpnsName.of(logSigner(topicId, purpose).publicKey());
  }

  /** The key that says which log another one continues. */
  Signer recoverySigner() {
    return Ed25519.signer(secrets("write to a topic").recoverySeed());
  }

  /** By what this device's logs name that key. */
  Digest recoveryKeyHash() {
    return Continuation.recoveryKeyHash(recoverySigner().publicKey());
  }

  /** Who writes this device's logs. */
  GenesisStatement.Author author(Optional<String> displayName) {
    Secrets secrets = secrets("write to a topic");
    return new GenesisStatement.Author(
        DeviceKeys.of(secrets.deviceSeed()).device(),
        secrets.incarnation16(),
        recoveryKeyHash(),
        displayName.orElse(""));
  }

  /** Remembers the key of a private topic. */
  void putTopicKey(Digest topicId, EpochKey key) {
    replace(secrets("keep the key of a topic").withTopicSecret(topicId.hex(), key.bytes()));
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
