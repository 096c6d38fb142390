package org.tidelog.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DerivationTest {
  private static final byte[] TOPIC = new byte[DeviceKeys.TOPIC_ID_BYTES];
  private static final byte[] INCARNATION = new byte[DeviceKeys.INCARNATION_BYTES];

  // RFC 5869, appendix A, cases 1 to 3: secret, salt, info, key.
  @ParameterizedTest
  @CsvSource({
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c,"
        + " f0f1f2f3f4f5f6f7f8f9,"
        + "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f"
        + "303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f,"
        + "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f"
        + "909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf,"
        + "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf"
        + "e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff,"
        + "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
        + "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, '', '',"
        + "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
  })
  void derivesTheKeysOfRfc5869(String secret, String salt, String info, String key)
      throws Exception {
    byte[] derived =
        Hkdf.sha256(Hex.decode(secret), Hex.decode(salt), Hex.decode(info), key.length() / 2);

    assertThat(Hex.encode(derived)).isEqualTo(key);
  }

  @Test
  void boundsTheLengthOfAKey() {
    byte[] none = {};

    assertThat(Hkdf.sha256(none, none, none, 8_160)).hasSize(8_160);
    assertThatIllegalArgumentException().isThrownBy(() -> Hkdf.sha256(none, none, none, 8_161));
    assertThatIllegalArgumentException().isThrownBy(() -> Hkdf.sha256(none, none, none, 0));
  }

  @Test
  void derivesTheSameKeysOfTheSameSeed() {
    byte[] seed = new byte[DeviceKeys.SEED_BYTES];
    DeviceKeys keys = DeviceKeys.of(seed);
    byte[] log = keys.log(TOPIC, INCARNATION, LogPurpose.LOG).publicKey();
    seed[0] = 1;

    assertThat(keys.log(TOPIC, INCARNATION, LogPurpose.LOG).publicKey()).isEqualTo(log);
    assertThat(DeviceKeys.of(seed).log(TOPIC, INCARNATION, LogPurpose.LOG).publicKey())
        .isNotEqualTo(log);
  }

  @Test
  void derivesAKeyPerTopicIncarnationAndPurpose() {
    DeviceKeys keys = DeviceKeys.of(new byte[DeviceKeys.SEED_BYTES]);
    byte[] topic = TOPIC.clone();
    byte[] incarnation = INCARNATION.clone();
    topic[31] = 1;
    incarnation[15] = 1;

    assertThat(
            List.of(
                Hex.encode(keys.device().publicKey()),
                Hex.encode(keys.log(TOPIC, INCARNATION, LogPurpose.LOG).publicKey()),
                Hex.encode(keys.log(TOPIC, INCARNATION, LogPurpose.INDEX).publicKey()),
                Hex.encode(keys.log(topic, INCARNATION, LogPurpose.LOG).publicKey()),
                Hex.encode(keys.log(TOPIC, incarnation, LogPurpose.LOG).publicKey())))
        .doesNotHaveDuplicates();
  }

  /** Holds the labels and the layout fast: a change here would lose every device its logs. */
  @Test
  void derivesTheKeysItAlwaysDid() throws Exception {
    byte[] seed = Hex.decode("07".repeat(32));
    byte[] topic = Hex.decode("0a".repeat(32));
    byte[] incarnation = Hex.decode("0b".repeat(16));
    byte[] info = Sha256.tag("tidelog/log/1");
    byte[] context = Arrays.copyOf(info, info.length + 49);
    context[info.length] = 1;
    System.arraycopy(topic, 0, context, info.length + 1, 32);
    System.arraycopy(incarnation, 0, context, info.length + 33, 16);
    byte[] none = {};
    DeviceKeys keys = DeviceKeys.of(seed);

    assertThat(keys.log(topic, incarnation, LogPurpose.INDEX).publicKey())
        .isEqualTo(Ed25519.signer(Hkdf.sha256(seed, none, context, 32)).publicKey());
    assertThat(keys.device().publicKey())
        .isEqualTo(
            Ed25519.signer(Hkdf.sha256(seed, none, Sha256.tag("tidelog/device/1"), 32))
                .publicKey());
  }

  @Test
  void refusesOtherLengths() {
    DeviceKeys keys = DeviceKeys.of(new byte[DeviceKeys.SEED_BYTES]);

    assertThatIllegalArgumentException().isThrownBy(() -> DeviceKeys.of(new byte[31]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> keys.log(new byte[31], INCARNATION, LogPurpose.LOG));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> keys.log(TOPIC, new byte[32], LogPurpose.LOG));
  }

  @Test
  void numbersPurposesByPosition() {
    for (LogPurpose purpose : LogPurpose.values()) {
      assertThat(purpose.code()).isEqualTo(purpose.ordinal());
    }
  }
}
