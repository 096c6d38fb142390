package org.tidelog.crypto.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.bouncycastle.crypto.modes.GCMSIVBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidelog.crypto.Hex;

final class GcmSivTest {
  private static final byte[] NOTHING = {};

  // RFC 8452, appendix C.3: the counter wraps around. Key and nonce are zero.
  @ParameterizedTest
  @CsvSource({
    "000000000000000000000000000000004db923dc793ee6497c76dcc03a98e108,"
        + "f3f80f2cf0cb2dd9c5984fcda908456cc537703b5ba70324a6793a7bf218d3ea"
        + "ffffffff000000000000000000000000",
    "eb3640277c7ffd1303c7a542d02d3e4c0000000000000000,"
        + "18ce4f0b8cb4d0cac65fea8f79257b20888e53e72299e56dffffffff000000000000000000000000"
  })
  void countsAroundAsRfc8452Does(String plaintext, String result) throws Exception {
    GcmSiv cipher = new GcmSiv(new byte[GcmSiv.KEY_BYTES]);
    byte[] nonce = new byte[GcmSiv.NONCE_BYTES];

    byte[] sealed = cipher.seal(nonce, NOTHING, Hex.decode(plaintext));

    assertThat(Hex.encode(sealed)).isEqualTo(result);
    assertThat(cipher.open(nonce, NOTHING, sealed)).contains(Hex.decode(plaintext));
  }

  @Test
  void sealsAsAnotherImplementationDoes() throws Exception {
    Random random = new Random(8452);
    byte[] key = bytes(random, GcmSiv.KEY_BYTES);
    GcmSiv cipher = new GcmSiv(key);
    for (int i = 0; i < 1_000; i++) {
      byte[] nonce = bytes(random, GcmSiv.NONCE_BYTES);
      byte[] associated = bytes(random, random.nextInt(70));
      byte[] plaintext = bytes(random, random.nextInt(i % 100 == 0 ? 20_000 : 300));

      byte[] sealed = cipher.seal(nonce, associated, plaintext);

      assertThat(sealed).as("round " + i).isEqualTo(other(key, nonce, associated, plaintext));
      assertThat(cipher.open(nonce, associated, sealed)).contains(plaintext);
    }
  }

  private static byte[] other(byte[] key, byte[] nonce, byte[] associated, byte[] plaintext)
      throws Exception {
    GCMSIVBlockCipher cipher = new GCMSIVBlockCipher();
    cipher.init(true, new AEADParameters(new KeyParameter(key), 128, nonce, associated));
    byte[] sealed = new byte[plaintext.length + GcmSiv.TAG_BYTES];
    int written = cipher.processBytes(plaintext, 0, plaintext.length, sealed, 0);
    cipher.doFinal(sealed, written);
    return sealed;
  }

  @Test
  void opensNothingThatWasChangedInAnyBit() {
    Random random = new Random(1);
    GcmSiv cipher = new GcmSiv(bytes(random, GcmSiv.KEY_BYTES));
    byte[] nonce = bytes(random, GcmSiv.NONCE_BYTES);
    byte[] associated = bytes(random, 20);
    byte[] sealed = cipher.seal(nonce, associated, bytes(random, 33));
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      sealed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(cipher.open(nonce, associated, sealed)).as("bit " + bit).isEmpty();
      sealed[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(cipher.open(nonce, associated, sealed)).isPresent();
  }

  @Test
  void refusesKeysAndNoncesOfOtherLengths() {
    GcmSiv cipher = new GcmSiv(new byte[GcmSiv.KEY_BYTES]);

    assertThatThrownBy(() -> new GcmSiv(new byte[16])).hasMessage("key: 16 bytes");
    assertThatThrownBy(() -> cipher.seal(new byte[16], NOTHING, NOTHING))
        .hasMessage("nonce: 16 bytes");
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
