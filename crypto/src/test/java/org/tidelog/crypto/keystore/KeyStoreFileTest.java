package org.tidelog.crypto.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;

final class KeyStoreFileTest {
  private static final long SEED = 20260107;
  private static final String TOPIC = "ab".repeat(32);
  private static final char[] PASSPHRASE = "correct hørse".toCharArray();

  private static final Entropy ENTROPY = new Random(SEED)::nextBytes;
  private static final Secrets SECRETS =
      Secrets.random(ENTROPY).withTopicSecret(TOPIC, ENTROPY.bytes(32));

  private static KeyStoreFile guarded;
  private static KeyStoreFile open;

  @BeforeAll
  static void makesOneOfEachKind() {
    guarded =
        KeyStoreFile.create(
            SECRETS, new Protection.Passphrase(PASSPHRASE, Argon2Cost.LEAST), ENTROPY);
    open = KeyStoreFile.create(SECRETS, Protection.none(), ENTROPY);
  }

  /** The test vector of the Argon2 reference implementation: version 1.3, 64 MiB, two passes. */
  @Test
  void stretchesAsTheReferenceImplementationDoes() throws Exception {
    byte[] salt = "somesalt".getBytes(StandardCharsets.US_ASCII);

    byte[] key = PassphraseKey.derive("password".toCharArray(), salt, new Argon2Cost(65_536, 2, 1));

    assertThat(Hex.encode(key))
        .isEqualTo("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
  }

  @Test
  void opensWithItsPassphraseAlone() throws Exception {
    KeyStoreFile read = KeyStoreFile.parse(guarded.bytes());

    assertThat(read.needsPassphrase()).isTrue();
    assertThat(read.unlock(PASSPHRASE).secrets()).isEqualTo(SECRETS);
    assertThatExceptionOfType(WrongPassphraseException.class)
        .isThrownBy(() -> read.unlock("correct horse".toCharArray()))
        .withMessage("wrong passphrase");
    assertThatExceptionOfType(WrongPassphraseException.class)
        .isThrownBy(() -> read.unlock(new char[] {'\ud800'}))
        .withNoCause();
    assertThatIllegalStateException().isThrownBy(read::unlockWithoutPassphrase);
  }

  @Test
  void opensWithoutAPassphraseWhereThereIsNone() throws Exception {
    KeyStoreFile read = KeyStoreFile.parse(open.bytes());

    assertThat(read.needsPassphrase()).isFalse();
    assertThat(read.unlockWithoutPassphrase().secrets()).isEqualTo(SECRETS);
    assertThatIllegalStateException().isThrownBy(() -> read.unlock(PASSPHRASE));
  }

  @Test
  void leavesThePassphraseToTheCaller() {
    assertThat(PASSPHRASE).isEqualTo("correct hørse".toCharArray());
  }

  @Test
  void rewritesSecretsUnderTheSamePassphrase() throws Exception {
    Unlocked unlocked = guarded.unlock(PASSPHRASE);
    Secrets changed = unlocked.secrets().withTopicSecret("cd".repeat(32), new byte[32]);

    byte[] first = unlocked.encode(changed);
    byte[] second = unlocked.encode(changed);

    assertThat(second).isNotEqualTo(first).hasSameSizeAs(first);
    assertThat(KeyStoreFile.parse(second).unlock(PASSPHRASE).secrets()).isEqualTo(changed);
    assertThat(guarded.unlock(PASSPHRASE).secrets()).isEqualTo(SECRETS);
  }

  @Test
  void goesOnCountingAfterBeingReadAgain() throws Exception {
    byte[] once = open.unlockWithoutPassphrase().encode(SECRETS);
    byte[] twice = KeyStoreFile.parse(once).unlockWithoutPassphrase().encode(SECRETS);

    assertThat(generation(once)).isEqualTo(2);
    assertThat(generation(twice)).isEqualTo(3);
  }

  @Test
  void holdsNoSecretInClearUnderAPassphrase() {
    String hex = Hex.encode(guarded.bytes());

    assertThat(hex)
        .doesNotContain(Hex.encode(SECRETS.deviceSeed()))
        .doesNotContain(Hex.encode(SECRETS.networkSeed()))
        .doesNotContain(Hex.encode(SECRETS.recoverySeed()))
        .doesNotContain(TOPIC);
  }

  @Test
  void printsNothingOfTheSecrets() throws Exception {
    assertThat(SECRETS).hasToString("Secrets[of 1 topics]");
    assertThat(open.unlockWithoutPassphrase()).hasToString("Unlocked[Secrets[of 1 topics]]");
    assertThat(open).hasToString("KeyStoreFile[unprotected]");
    assertThat(guarded).hasToString("KeyStoreFile[passphrase]");
    assertThat(Protection.passphrase(PASSPHRASE)).hasToString("Passphrase[secret]");
  }

  @Test
  void noticesDamageAnywhere() {
    byte[] bytes = guarded.bytes();
    for (int at = 0; at < bytes.length; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 1;
      assertThatExceptionOfType(MalformedException.class)
          .isThrownBy(() -> KeyStoreFile.parse(damaged));
    }
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> KeyStoreFile.parse(cut));
    }
  }

  @Test
  void noticesTamperingThatMendsTheChecksum() {
    byte[] bytes = open.bytes();
    for (int at = 5; at < bytes.length - Digest.LENGTH; at++) {
      byte[] tampered = bytes.clone();
      tampered[at] ^= 0x10;
      mend(tampered);
      assertThatExceptionOfType(MalformedException.class)
          .isThrownBy(() -> KeyStoreFile.parse(tampered));
    }
  }

  @Test
  void noticesTamperingUnderAPassphrase() throws Exception {
    byte[] body = guarded.bytes();
    body[body.length - Digest.LENGTH - 1] ^= 1;
    mend(body);
    byte[] header = guarded.bytes();
    header[11]++; // lanes
    mend(header);

    assertThatExceptionOfType(WrongPassphraseException.class)
        .isThrownBy(() -> KeyStoreFile.parse(body).unlock(PASSPHRASE))
        .withMessage("key store that was tampered with");
    assertThatExceptionOfType(WrongPassphraseException.class)
        .isThrownBy(() -> KeyStoreFile.parse(header).unlock(PASSPHRASE));
  }

  @Test
  void refusesAFileThatIsNoKeyStoreOrALaterOne() {
    byte[] later = open.bytes();
    later[4] = 3;

    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> KeyStoreFile.parse("something else".getBytes(StandardCharsets.US_ASCII)))
        .withMessage("file that is no key store");
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> KeyStoreFile.parse(later))
        .withMessage("key store of version 3");
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> KeyStoreFile.parse(new byte[KeyStoreFile.BYTES_MAX + 1]));
  }

  @Test
  void keepsTheMarkOfAHome() throws Exception {
    HomeMark whole = mark(OptionalLong.of(7), OptionalLong.of(Long.MAX_VALUE), OptionalLong.of(0));
    HomeMark part = mark(OptionalLong.empty(), OptionalLong.of(1), OptionalLong.empty());

    for (HomeMark mark : List.of(whole, part, HomeMark.of(whole.id()))) {
      Secrets marked = SECRETS.withHome(mark);
      byte[] file = guarded.unlock(PASSPHRASE).encode(marked);

      assertThat(KeyStoreFile.parse(file).unlock(PASSPHRASE).secrets()).isEqualTo(marked);
      assertThat(KeyStoreFile.parse(file).unlock(PASSPHRASE).secrets().home()).contains(mark);
    }
    assertThat(SECRETS.home()).isEmpty();
    assertThat(whole).isNotEqualTo(part);
  }

  private static HomeMark mark(OptionalLong file, OptionalLong change, OptionalLong store) {
    return new HomeMark(new byte[HomeMark.ID_BYTES], file, change, store);
  }

  @Test
  void refusesAMarkOfPartsItDoesNotKnow() {
    for (int parts : new int[] {2, 8, 16, 0x11, 0xff}) {
      byte[] secrets = SECRETS.encode();
      secrets[3 * 32 + 16] = (byte) parts;
      assertThatExceptionOfType(MalformedException.class)
          .isThrownBy(() -> Secrets.parse(secrets, true))
          .withMessageContaining("parts " + parts);
    }
  }

  @Test
  void beginsAnewWithOtherKeysAndTheSameTopicsAndRecovery() {
    Secrets renewed = SECRETS.renewed(ENTROPY, HomeMark.of(new byte[HomeMark.ID_BYTES]));

    assertThat(renewed.deviceSeed()).isNotEqualTo(SECRETS.deviceSeed());
    assertThat(renewed.networkSeed()).isNotEqualTo(SECRETS.networkSeed());
    assertThat(renewed.incarnation16()).isNotEqualTo(SECRETS.incarnation16());
    assertThat(renewed.recoverySeed()).isEqualTo(SECRETS.recoverySeed());
    assertThat(renewed.topicSecrets()).containsOnlyKeys(TOPIC);
  }

  @Test
  void boundsTheCostThatAFileAsksFor() throws Exception {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> withCost("7fffffff", "03", "01"));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> withCost("ffffffff", "03", "01"));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> withCost("00004bff", "03", "01"));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> withCost("00010000", "01", "01"));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> withCost("00010000", "11", "01"));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> withCost("00010000", "03", "00"));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> withCost("00010000", "03", "11"));
    withCost("00100000", "10", "10");
  }

  @Test
  void refusesProtectionThatIsNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> Protection.passphrase(new char[0]));
    assertThatIllegalArgumentException().isThrownBy(() -> new Argon2Cost(1_024, 3, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                KeyStoreFile.create(
                    SECRETS, Protection.passphrase(new char[] {'\udc00'}), ENTROPY));
  }

  @Test
  void refusesSecretsOfOtherLengths() {
    byte[] seed = new byte[32];
    byte[] incarnation = new byte[16];
    TreeMap<String, byte[]> none = new TreeMap<>();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Secrets(new byte[31], seed, seed, incarnation, none));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Secrets(seed, seed, seed, seed, none));
    for (String id : new String[] {"", "ab", "AB".repeat(32), "é".repeat(64)}) {
      assertThatIllegalArgumentException().isThrownBy(() -> SECRETS.withTopicSecret(id, seed));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SECRETS.withTopicSecret(TOPIC, incarnation));
  }

  @Test
  void readsBackTheMostTopicsThereMayBe() throws Exception {
    TreeMap<String, byte[]> topics = new TreeMap<>();
    for (int i = 0; i < Secrets.TOPICS_MAX; i++) {
      topics.put(String.format("%064x", i), new byte[32]);
    }
    byte[] seed = new byte[32];
    Secrets most = new Secrets(seed, seed, seed, new byte[16], topics);
    topics.put("f".repeat(64), seed);

    byte[] file = open.unlockWithoutPassphrase().encode(most);

    assertThat(KeyStoreFile.parse(file).unlockWithoutPassphrase().secrets()).isEqualTo(most);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Secrets(seed, seed, seed, new byte[16], topics));
  }

  @Test
  void copiesSecretsInAndOut() {
    byte[] seed = new byte[32];
    Secrets secrets =
        new Secrets(
            seed, seed, seed, new byte[16], new TreeMap<>(Collections.singletonMap(TOPIC, seed)));
    Secrets same =
        new Secrets(
            seed, seed, seed, new byte[16], new TreeMap<>(Collections.singletonMap(TOPIC, seed)));
    seed[0] = 1;
    secrets.deviceSeed()[0] = 1;
    secrets.networkSeed()[0] = 1;
    secrets.recoverySeed()[0] = 1;
    secrets.incarnation16()[0] = 1;
    secrets.topicSecrets().values().forEach(secret -> secret[0] = 1);

    assertThat(secrets).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(SECRETS);
  }

  private static void withCost(String memory, String passes, String lanes) throws Exception {
    byte[] bytes = guarded.bytes();
    byte[] cost = Hex.decode(memory + passes + lanes);
    System.arraycopy(cost, 0, bytes, 6, cost.length);
    mend(bytes);
    KeyStoreFile.parse(bytes);
  }

  private static void mend(byte[] bytes) {
    byte[] body = Arrays.copyOf(bytes, bytes.length - Digest.LENGTH);
    Sha256.hash(body).copyTo(bytes, body.length);
  }

  private static int generation(byte[] unprotected) {
    return unprotected[6 + 32 + 7];
  }
}
