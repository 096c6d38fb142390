package org.tidelog.crypto.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;

final class MultibaseTest {
  private static final long SEED = 20260102;

  // "yes mani !" without, with one and with two leading zero bytes: the multibase test files.
  @ParameterizedTest
  @CsvSource({
    "BASE16, f796573206d616e692021, 796573206d616e692021",
    "BASE32, bpfsxgidnmfxgsibb, 796573206d616e692021",
    "BASE36, k2lcpzo5yikidynfl, 796573206d616e692021",
    "BASE58BTC, z7paNL19xttacUY, 796573206d616e692021",
    "BASE64URL, ueWVzIG1hbmkgIQ, 796573206d616e692021",
    "BASE16, f00796573206d616e692021, 00796573206d616e692021",
    "BASE32, bab4wk4zanvqw42jaee, 00796573206d616e692021",
    "BASE36, k02lcpzo5yikidynfl, 00796573206d616e692021",
    "BASE58BTC, z17paNL19xttacUY, 00796573206d616e692021",
    "BASE64URL, uAHllcyBtYW5pICE, 00796573206d616e692021",
    "BASE16, f0000796573206d616e692021, 0000796573206d616e692021",
    "BASE32, baaahszltebwwc3tjeaqq, 0000796573206d616e692021",
    "BASE36, k002lcpzo5yikidynfl, 0000796573206d616e692021",
    "BASE58BTC, z117paNL19xttacUY, 0000796573206d616e692021",
    "BASE64URL, uAAB5ZXMgbWFuaSAh, 0000796573206d616e692021"
  })
  void agreesWithThePublishedVectors(Multibase.Base base, String text, String hex)
      throws Exception {
    assertThat(Multibase.encode(base, Hex.decode(hex))).isEqualTo(text);
    assertThat(Hex.encode(Multibase.decode(text))).isEqualTo(hex);
  }

  @Test
  void readsBackWhateverWasWritten() throws Exception {
    Random random = new Random(SEED);
    for (Multibase.Base base : Multibase.Base.values()) {
      for (int length = 0; length <= 256; length++) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        for (int i = 0; i < random.nextInt(4) && i < length; i++) {
          bytes[i] = 0;
        }
        assertThat(Multibase.decode(Multibase.encode(base, bytes))).isEqualTo(bytes);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x00",
        "F00",
        "f0",
        "fF0",
        "b1",
        "ba",
        "bAA",
        "bab",
        "baa=",
        "k-",
        "kZ",
        "z0",
        "zl",
        "zO",
        "u+",
        "u/",
        "uA",
        "uAB",
        "uAA==",
        "zé",
        "b\u0000a",
        "0101",
        "\uD83D\uDE80"
      })
  void refusesTextWithMoreThanOneReading(String text) {
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Multibase.decode(text));
  }

  @Test
  void boundsTheBasesWhoseCostIsQuadratic() {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> Multibase.decode("z" + "2".repeat(401)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Multibase.encode(Multibase.Base.BASE36, new byte[257]));
  }
}
