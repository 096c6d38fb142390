package org.tidelog.crypto.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;

final class CidTest {
  private static final byte[] EMPTY = {};

  @Test
  void namesTheEmptyBlockAsAllOfIpfsDoes() throws Exception {
    Cid hashed = Cid.sha256(Codec.RAW, EMPTY);
    Cid inline = Cid.identity(Codec.RAW, EMPTY);

    assertThat(hashed.text())
        .isEqualTo("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku");
    assertThat(Hex.encode(hashed.bytes()))
        .isEqualTo("01551220e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(inline).hasToString("bafkqaaa");
    assertThat(inline).isEqualTo(Cid.parse("bafkqaaa"));
  }

  @Test
  void holdsAnEmptyListInItsName() throws Exception {
    Cid cid = Cid.identity(Codec.DAG_CBOR, new byte[] {(byte) 0x80});

    assertThat(cid.text()).isEqualTo("bafyqaama");
    assertThat(Cid.parse("bafyqaama").identityBytes()).containsExactly(0x80);
    assertThat(cid.isCodec(Codec.DAG_CBOR)).isTrue();
    assertThat(cid.codec()).isEqualTo(0x71);
  }

  @Test
  void readsTextInAnyBase() throws Exception {
    Cid cid = Cid.sha256(Codec.DAG_CBOR, EMPTY);

    for (Multibase.Base base : Multibase.Base.values()) {
      assertThat(Cid.parse(cid.text(base))).isEqualTo(cid).hasSameHashCodeAs(cid);
    }
  }

  @Test
  void matchesOnlyTheBlockItNames() {
    byte[] block = "block".getBytes(StandardCharsets.US_ASCII);

    assertThat(Cid.sha256(Codec.RAW, block).matches(block)).isTrue();
    assertThat(Cid.sha256(Codec.RAW, block).matches(EMPTY)).isFalse();
    assertThat(Cid.identity(Codec.RAW, block).matches(block)).isTrue();
    assertThat(Cid.identity(Codec.RAW, block).matches(EMPTY)).isFalse();
  }

  @Test
  void leavesWhatFollowsInASection() throws Exception {
    ByteReader in = new ByteReader(Hex.decode("015500027061" + "ff"));

    assertThat(Cid.read(in).identityBytes()).containsExactly('p', 'a');
    assertThat(in.u8()).isEqualTo(0xff);
  }

  @Test
  void ordersByBytes() {
    Cid raw = Cid.sha256(Codec.RAW, EMPTY);
    Cid cbor = Cid.sha256(Codec.DAG_CBOR, EMPTY);
    Cid brief = Cid.identity(Codec.RAW, EMPTY);

    assertThat(raw).isLessThan(cbor).isGreaterThan(brief);
    assertThat(brief).isLessThan(Cid.identity(Codec.RAW, new byte[1]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "00", // version 0
        "1220e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", // CIDv0
        "0255000161", // version 2
        "015500", // no length
        "0155000261", // cut
        "015500016161", // a byte too many
        "0155120161", // short SHA-256
        "8100550000", // padded version
        "01551320e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", // SHA-512 code
        "015500ffffffffffffffff7f" // a length far beyond
      })
  void refusesBytesThatAreNoCid(String hex) throws Exception {
    byte[] bytes = Hex.decode(hex);

    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Cid.parse(bytes));
  }

  @Test
  void refusesTextThatIsNoCid() {
    for (String text :
        new String[] {
          "",
          "b",
          "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n",
          "BAFKQAAA",
          "bafkqaab",
          "f" + "0".repeat(1_000_000)
        }) {
      assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Cid.parse(text));
    }
  }

  @Test
  void keepsIdentitySmall() throws Exception {
    assertThat(Cid.identity(Codec.RAW, new byte[128]).isIdentity()).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> Cid.identity(Codec.RAW, new byte[129]));
    byte[] long129 =
        new ByteWriter().u8(1).u8(0x55).u8(0).varint(129).bytes(new byte[129]).toByteArray();
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Cid.parse(long129));
    assertThatIllegalStateException()
        .isThrownBy(() -> Cid.sha256(Codec.RAW, EMPTY).identityBytes());
  }
}
