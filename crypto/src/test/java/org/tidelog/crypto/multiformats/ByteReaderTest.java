package org.tidelog.crypto.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;

final class ByteReaderTest {
  private static final long SEED = 20260101;

  // The first five are the examples of the unsigned-varint specification.
  @ParameterizedTest
  @CsvSource({
    "1, 01",
    "127, 7f",
    "128, 8001",
    "255, ff01",
    "16384, 808001",
    "0, 00",
    "300, ac02",
    "9223372036854775807, ffffffffffffffff7f"
  })
  void writesAndReadsVarints(long value, String hex) throws Exception {
    assertThat(Hex.encode(new ByteWriter().varint(value).toByteArray())).isEqualTo(hex);
    assertThat(Varint.length(value)).isEqualTo(hex.length() / 2);
    assertThat(new ByteReader(Hex.decode(hex)).varint()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "80", "8000", "ff8000", "ffffffffffffffffff01", "808080808080808080"})
  void refusesVarintsThatAreCutPaddedOrTooLong(String hex) throws Exception {
    ByteReader in = new ByteReader(Hex.decode(hex));

    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(in::varint)
        .withMessageContaining("varint at 0");
  }

  @ParameterizedTest
  @CsvSource({"0, 00", "-1, 01", "1, 02", "-2, 03", "2, 04", "-64, 7f", "64, 8001"})
  void foldsSmallSignedNumbersIntoOneByte(long value, String hex) throws Exception {
    assertThat(Hex.encode(new ByteWriter().zigzag(value).toByteArray())).isEqualTo(hex);
    assertThat(new ByteReader(Hex.decode(hex)).zigzag()).isEqualTo(value);
  }

  @Test
  void keepsTheWidestSignedNumbers() throws Exception {
    long most = (1L << 62) - 1;
    byte[] bytes = new ByteWriter().zigzag(most).zigzag(-most - 1).toByteArray();
    ByteReader in = new ByteReader(bytes);

    assertThat(in.zigzag()).isEqualTo(most);
    assertThat(in.zigzag()).isEqualTo(-most - 1);
    assertThatIllegalArgumentException().isThrownBy(() -> new ByteWriter().zigzag(most + 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ByteWriter().zigzag(-most - 2));
  }

  @Test
  void readsBackWhateverWasWritten() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < 1_000; round++) {
      long number = random.nextLong() >>> (1 + random.nextInt(63));
      long signed = (random.nextLong() >> 1) >> random.nextInt(62);
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      Digest digest = Sha256.hash(bytes);
      byte[] written =
          new ByteWriter()
              .u8(round & 0xff)
              .varint(number)
              .zigzag(signed)
              .u32(number & 0xffff_ffffL)
              .u64(number)
              .varint(bytes.length)
              .bytes(bytes)
              .digest(digest)
              .toByteArray();

      ByteReader in = new ByteReader(written);
      assertThat(in.u8()).isEqualTo(round & 0xff);
      assertThat(in.varint()).isEqualTo(number);
      assertThat(in.zigzag()).isEqualTo(signed);
      assertThat(in.u32()).isEqualTo(number & 0xffff_ffffL);
      assertThat(in.u64()).isEqualTo(number);
      assertThat(in.bytes((int) in.varint())).isEqualTo(bytes);
      assertThat(in.digest()).isEqualTo(digest);
      in.end();
    }
  }

  @Test
  void refusesLengthsBeyondWhatIsThere() {
    ByteReader in = new ByteReader(new byte[10], 2, 7);

    for (int count : new int[] {6, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
      assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> in.bytes(count));
      assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> in.skip(count));
    }
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(in::digest)
        .withMessage("digest of 32 bytes at 2, where 5 are left");
    assertThatExceptionOfType(MalformedException.class).isThrownBy(in::u64);
    assertThat(in.remaining()).isEqualTo(5);
    assertThat(in.position()).isEqualTo(2);
  }

  @Test
  void refusesBytesAfterTheEnd() throws Exception {
    ByteReader in = new ByteReader(new byte[3]);
    in.skip(2);

    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(in::end)
        .withMessage("1 bytes too many at 2");
  }

  @Test
  void refusesNumbersOver63Bits() throws Exception {
    byte[] bytes = Hex.decode("8000000000000000");

    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> new ByteReader(bytes).u64());
  }

  @Test
  void refusesToWriteNumbersThatDoNotFit() {
    ByteWriter out = new ByteWriter();

    assertThatIllegalArgumentException().isThrownBy(() -> out.u8(256));
    assertThatIllegalArgumentException().isThrownBy(() -> out.u8(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> out.u32(1L << 32));
    assertThatIllegalArgumentException().isThrownBy(() -> out.u64(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> out.varint(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> Varint.length(-1));
    assertThat(out.size()).isZero();
  }

  @Test
  void writesAgainIntoTheSameBufferAfterAReset() {
    ByteWriter out = new ByteWriter().bytes(new byte[1_000]);

    assertThat(out.reset().u8(7).toByteArray()).containsExactly(7);
    assertThat(out.array()).startsWith(7).hasSizeGreaterThanOrEqualTo(1_000);
  }
}
