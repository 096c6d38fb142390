package org.tidelog.crypto.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.multiformats.ByteWriter;

final class BackupHeaderTest {
  private static final char[] PASSPHRASE = "correct horse".toCharArray();
  private static final Protection.Passphrase CHEAP =
      new Protection.Passphrase(PASSPHRASE, Argon2Cost.LEAST);

  private final BackupHeader.Created created = BackupHeader.create(CHEAP, Entropy.system());
  private final byte[] bytes = created.header().bytes();

  @Test
  void givesTheSameKeyToWhoeverKnowsThePassphrase() throws Exception {
    BackupHeader read = BackupHeader.parse(bytes);

    assertThat(bytes).hasSize(BackupHeader.BYTES);
    assertThat(read.bytes()).isEqualTo(bytes);
    assertThat(read.cost()).isEqualTo(Argon2Cost.LEAST);
    assertThat(read.unlock(PASSPHRASE)).isEqualTo(created.key());
    assertThatThrownBy(() -> read.unlock("incorrect horse".toCharArray()))
        .isInstanceOf(WrongPassphraseException.class);
    assertThat(created).hasToString("Created[secret]");
  }

  @Test
  void makesAnotherKeyEachTime() {
    BackupHeader.Created other = BackupHeader.create(CHEAP, Entropy.system());

    assertThat(other.key()).isNotEqualTo(created.key());
    assertThat(other.header().bytes()).isNotEqualTo(bytes);
  }

  @Test
  void refusesEveryFlippedBitBeforeThePassphraseIsStretched() {
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);

      assertThatThrownBy(() -> BackupHeader.parse(flipped)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void refusesOtherLengths() {
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> BackupHeader.parse(cut)).isInstanceOf(MalformedException.class);
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> BackupHeader.parse(longer)).isInstanceOf(MalformedException.class);
  }

  /** Too little would be guessed, too much would take the reader's memory or days. */
  @ParameterizedTest
  @CsvSource({
    "19455, 2, 1",
    "1048577, 2, 1",
    "4294967295, 2, 1",
    "19456, 1, 1",
    "19456, 17, 1",
    "19456, 255, 1",
    "19456, 2, 0",
    "19456, 2, 17"
  })
  void refusesCostsOutsideTheBounds(long memory, int passes, int lanes) {
    byte[] sealed =
        new ByteWriter()
            .bytes(Arrays.copyOf(bytes, 5))
            .u32(memory)
            .u8(passes)
            .u8(lanes)
            .bytes(Arrays.copyOfRange(bytes, 11, 59))
            .toByteArray();
    byte[] forged = new ByteWriter().bytes(sealed).digest(Sha256.hash(sealed)).toByteArray();

    assertThatThrownBy(() -> BackupHeader.parse(forged))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("it is protected with Argon2id of " + memory + " KiB");
  }

  /** Every field goes into the key, so nobody can make the stretching cheaper unnoticed. */
  @Test
  void doesNotOpenWithOtherParameters() throws Exception {
    byte[] sealed = Arrays.copyOf(bytes, 59);
    sealed[9] = 3;
    byte[] forged = new ByteWriter().bytes(sealed).digest(Sha256.hash(sealed)).toByteArray();

    assertThatThrownBy(() -> BackupHeader.parse(forged).unlock(PASSPHRASE))
        .isInstanceOf(WrongPassphraseException.class);
  }

  @Test
  void takesLessMemoryWhereThereIsLittle() {
    assertThat(Argon2Cost.within(1L << 30)).isEqualTo(Argon2Cost.DEFAULT);
    assertThat(Argon2Cost.within(64L << 20)).isEqualTo(new Argon2Cost(19 * 1024, 10, 1));
  }
}
