package org.tidelog.crypto.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.Hkdf;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteWriter;

final class SealTest {
  private static final long SEED = 20260106;
  private static final IpnsName LOG = IpnsName.of(filled(1, 32));
  private static final IpnsName OTHER_LOG = IpnsName.of(filled(2, 32));
  private static final EpochKey KEY = EpochKey.of(filled(3, 32));
  private static final byte[] TEXT = "a message".getBytes(StandardCharsets.US_ASCII);

  // RFC 8452, appendix C.2: associated data, plaintext, result; key 01 00…, nonce 03 00….
  @ParameterizedTest
  @CsvSource({
    "'', '', 07f5f4169bbf55a8400cd47ea6fd400f",
    "'', 0100000000000000, c2ef328e5c71c83b843122130f7364b761e0b97427e3df28",
    "'', 010000000000000000000000, 9aab2aeb3faa0a34aea8e2b18ca50da9ae6559e48fd10f6e5c9ca17e",
    "'', 01000000000000000000000000000000,"
        + "85a01b63025ba19b7fd3ddfc033b3e76c9eac6fa700942702e90862383c6c366",
    "01, 0200000000000000, 1de22967237a813291213f267e3b452f02d01ae33e4ec854"
  })
  void sealsAsRfc8452Does(String associated, String plaintext, String result) throws Exception {
    GcmSiv cipher = new GcmSiv(Hex.decode("01" + "00".repeat(31)));
    byte[] nonce = Hex.decode("03" + "00".repeat(11));
    byte[] sealed = cipher.seal(nonce, Hex.decode(associated), Hex.decode(plaintext));

    assertThat(Hex.encode(sealed)).isEqualTo(result);
    assertThat(cipher.open(nonce, Hex.decode(associated), sealed)).contains(Hex.decode(plaintext));
  }

  @Test
  void sealsAtTheLayoutThatIsSpecified() {
    byte[] key =
        Hkdf.sha256(
            KEY.bytes(),
            new byte[0],
            new ByteWriter().bytes(Sha256.tag("tidelog/seal/1")).bytes(LOG.key()).toByteArray(),
            32);
    byte[] nonce = new ByteWriter().u64(7).u32(0).toByteArray();
    byte[] associated =
        new ByteWriter()
            .bytes(Sha256.tag("tidelog/entry/1"))
            .bytes(LOG.key())
            .varint(300)
            .toByteArray();
    byte[] body = new GcmSiv(key).seal(nonce, associated, TEXT);

    assertThat(new LogSealer(KEY, LOG).seal(7, 300, TEXT))
        .isEqualTo(new ByteWriter().varint(300).bytes(body).toByteArray());
  }

  @Test
  void opensWhatWasSealedAtItsPositionAlone() throws Exception {
    LogSealer sealer = new LogSealer(KEY, LOG);
    byte[] sealed = sealer.seal(5, 1, TEXT);
    byte[] otherEpoch = sealed.clone();
    otherEpoch[0] = 2;

    assertThat(sealer.open(5, sealed)).contains(TEXT);
    assertThat(LogSealer.epochOf(sealed)).isEqualTo(1);
    assertThat(sealer.open(6, sealed)).isEmpty();
    assertThat(sealer.open(5, otherEpoch)).isEmpty();
    assertThat(new LogSealer(KEY, OTHER_LOG).open(5, sealed)).isEmpty();
    assertThat(new LogSealer(EpochKey.of(filled(4, 32)), LOG).open(5, sealed)).isEmpty();
    assertThat(sealer.open(5, sealed)).as("after refusals").contains(TEXT);
  }

  @Test
  void opensWhateverWasSealed() {
    Random random = new Random(SEED);
    LogSealer sealer = new LogSealer(KEY, LOG);
    for (int round = 0; round < 500; round++) {
      byte[] plaintext = new byte[random.nextInt(1_000)];
      random.nextBytes(plaintext);
      long seq = random.nextLong() >>> (1 + random.nextInt(63));
      byte[] sealed = sealer.seal(seq, random.nextInt(LogSealer.EPOCH_MAX + 1), plaintext);

      assertThat(sealer.open(seq, sealed)).contains(plaintext);
      assertThat(sealed.length - plaintext.length).isBetween(17, LogSealer.OVERHEAD_MAX);
      sealed[random.nextInt(sealed.length)] ^= (byte) (1 << random.nextInt(8));
      assertThat(sealer.open(seq, sealed)).isEmpty();
    }
  }

  @Test
  void costsTwentyBytesAtTheMost() {
    LogSealer sealer = new LogSealer(KEY, LOG);

    assertThat(sealer.seal(0, LogSealer.EPOCH_MAX, new byte[0])).hasSize(20);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sealer.seal(0, LogSealer.EPOCH_MAX + 1, TEXT));
    assertThatIllegalArgumentException().isThrownBy(() -> sealer.seal(0, -1, TEXT));
    assertThatIllegalArgumentException().isThrownBy(() -> sealer.seal(-1, 0, TEXT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00112233445566778899aabbccddee", // shorter than a tag
        "8000" + "00112233445566778899aabbccddeeff", // padded epoch
        "8080808001" + "00112233445566778899aabbccddeeff" // epoch 2^28
      })
  void refusesWhatIsNoSealedPayload(String hex) throws Exception {
    byte[] sealed = Hex.decode(hex);

    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> LogSealer.epochOf(sealed));
    assertThat(new LogSealer(KEY, LOG).open(0, sealed)).isEmpty();
  }

  @Test
  void opensABlockAtItsIndexAlone() {
    BlockSealer sealer = new BlockSealer(filled(5, 32));
    byte[] sealed = sealer.seal(3, false, TEXT);

    assertThat(sealed).hasSize(TEXT.length + BlockSealer.OVERHEAD);
    assertThat(sealer.open(3, false, sealed)).contains(TEXT);
    assertThat(sealer.open(3, true, sealed)).isEmpty();
    assertThat(sealer.open(2, false, sealed)).isEmpty();
    assertThat(sealer.open(3, false, Arrays.copyOf(sealed, 15))).isEmpty();
    assertThat(new BlockSealer(filled(6, 32)).open(3, false, sealed)).isEmpty();
    assertThat(sealer.open(0, true, sealer.seal(0, true, new byte[0]))).contains(new byte[0]);
    assertThatIllegalArgumentException().isThrownBy(() -> sealer.seal(-1, false, TEXT));
  }

  @Test
  void putsIndexAndLastFlagInTheNonce() throws Exception {
    byte[] key = filled(5, 32);
    byte[] nonce = Hex.decode("0000000000000003" + "01" + "000000");

    assertThat(new BlockSealer(key).seal(3, true, TEXT))
        .isEqualTo(new GcmSiv(key).seal(nonce, new byte[0], TEXT));
  }

  @Test
  void sealsAQuarterMebibyte() {
    byte[] large = new byte[256 * 1024];
    BlockSealer sealer = new BlockSealer(filled(5, 32));

    assertThat(sealer.open(0, true, sealer.seal(0, true, large))).contains(large);
  }

  @Test
  void commitsToKeyTopicAndLog() {
    byte[] topic = filled(9, 32);
    Digest expected = Sha256.hash(Sha256.tag("tidelog/epoch/1"), LOG.key(), topic, KEY.bytes());

    assertThat(KEY.commitment(LOG, topic)).isEqualTo(expected);
    assertThat(KEY.commitment(OTHER_LOG, topic)).isNotEqualTo(expected);
    assertThat(KEY.commitment(LOG, filled(8, 32))).isNotEqualTo(expected);
    assertThatIllegalArgumentException().isThrownBy(() -> KEY.commitment(LOG, new byte[16]));
  }

  @Test
  void keepsTheEpochKeyToItself() {
    byte[] bytes = filled(0x5a, 32);
    EpochKey key = EpochKey.of(bytes);
    bytes[0] = 0;
    key.bytes()[1] = 0;

    assertThat(key).isEqualTo(EpochKey.of(filled(0x5a, 32))).hasToString("EpochKey[secret]");
    assertThat(key).hasSameHashCodeAs(EpochKey.of(filled(0x5a, 32)));
    assertThat(EpochKey.random(Entropy.system())).isNotEqualTo(EpochKey.random(Entropy.system()));
    assertThatIllegalArgumentException().isThrownBy(() -> EpochKey.of(new byte[31]));
    assertThatIllegalArgumentException().isThrownBy(() -> new BlockSealer(new byte[16]));
  }

  private static byte[] filled(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
