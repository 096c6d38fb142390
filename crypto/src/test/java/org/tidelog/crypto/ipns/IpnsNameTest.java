package org.tidelog.crypto.ipns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.PeerId;

/** Against names that js-libp2p made from the seed of 32 bytes 07. */
final class IpnsNameTest {
  static final String KEY = "ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c";
  static final String BASE36 = "k51qzi5uqu5dm0t4vbwri4lkg76q03b4x9tsvekgvbu4zli6454ff7w8wdosa4";
  static final String BASE32 = "bafzaajaiaejcb2sknrr6fhcsbk7pkud3cmxml6mvi53k5pv6pojeehxknekenurm";
  static final String BASE58 = "12D3KooWRawPbxPtP1eZaJpumGnyWX2DcUyd3RQnydr3eAto4Az7";

  @Test
  void namesAKeyAsLibp2pDoes() throws Exception {
    IpnsName name = IpnsName.of(Hex.decode(KEY));

    assertThat(name).hasToString(BASE36);
    assertThat(name.shortText()).isEqualTo("m0t4vbwr");
    assertThat(Hex.encode(name.routingKey())).isEqualTo("2f69706e732f002408011220" + KEY);
    assertThat(PeerId.of(Hex.decode(KEY)).text()).isEqualTo(BASE58);
    assertThat(PeerId.of(Hex.decode(KEY)).cid().text()).isEqualTo(BASE32);
    assertThat(Hex.encode(PeerId.parse(BASE58).bytes())).isEqualTo("002408011220" + KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE36, BASE32, BASE58})
  void readsEveryFormOfAName(String text) throws Exception {
    IpnsName name = IpnsName.parse(text);

    assertThat(Hex.encode(name.key())).isEqualTo(KEY);
    assertThat(name)
        .isEqualTo(IpnsName.parse(Hex.decode(KEY)))
        .hasSameHashCodeAs(IpnsName.of(name.key()));
    assertThat(PeerId.parse(text)).isEqualTo(PeerId.of(name.key()));
  }

  @Test
  void beginsEveryNameAlike() {
    for (byte fill : new byte[] {0, 1, 0x7f, (byte) 0x80, (byte) 0xff}) {
      byte[] key = new byte[IpnsName.KEY_BYTES];
      Arrays.fill(key, fill);

      assertThat(IpnsName.of(key).text()).startsWith(IpnsName.TEXT_PREFIX).hasSize(62);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "bafkqaaa", // codec raw
        "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n", // hash of an RSA key
        "16Uiu2HAmBdRWnxnwYmzZQ4wkbN9wZqtvpLj2bGqAHvVVBMX6D4mX", // secp256k1
        "K51QZI5UQU5DM0T4VBWRI4LKG76Q03B4X9TSVEKGVBU4ZLI6454FF7W8WDOSA4",
        "k51qzi5uqu5dm0t4vbwri4lkg76q03b4x9tsvekgvbu4zli6454ff7w8wdos",
        "12D3KooWRawPbxPtP1eZaJpumGnyWX2DcUyd3RQnydr3eAto4Az71",
        "bafzbeie5745rpv2m6tjyuugywy4d5ewrqgqqhfnf445he3omzpjbx5xqxe" // libp2p-key, hashed
      })
  void refusesTextThatNamesNoEd25519Key(String text) {
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> IpnsName.parse(text));
  }

  @Test
  void refusesKeysOfOtherLengths() {
    assertThatIllegalArgumentException().isThrownBy(() -> IpnsName.of(new byte[31]));
    assertThatIllegalArgumentException().isThrownBy(() -> PeerId.of(new byte[33]));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> IpnsName.parse(new byte[33]));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> PeerId.parse(new byte[38]));
  }

  @Test
  void ordersByKeyAsUnsignedBytes() {
    byte[] high = new byte[IpnsName.KEY_BYTES];
    high[0] = (byte) 0x80;
    byte[] low = new byte[IpnsName.KEY_BYTES];
    low[0] = 0x7f;

    assertThat(IpnsName.of(low)).isLessThan(IpnsName.of(high));
  }
}
