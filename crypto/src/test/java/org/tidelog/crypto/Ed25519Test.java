package org.tidelog.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Ed25519Test {
  private static final long SEED = 20260103;
  private static final BigInteger PRIME =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger ORDER =
      BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private final Verifier verifier = Ed25519.verifier();

  // RFC 8032, section 7.1: seed, public key, message, signature.
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        + "d25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        + "387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        + "4a7c15e9716ed28dc027beceea1ec40a",
    "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42,"
        + "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf,"
        + "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
        + "454d4423643ce80e2a9ac94fa54ca49f,"
        + "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030"
        + "3dca179c138ac17ad9bef1177331a704"
  })
  void signsAndVerifiesTheVectorsOfRfc8032(
      String seed, String key, String message, String signature) throws Exception {
    Signer signer = Ed25519.signer(Hex.decode(seed));

    assertThat(Hex.encode(signer.publicKey())).isEqualTo(key);
    assertThat(Hex.encode(signer.sign(Hex.decode(message)))).isEqualTo(signature);
    assertThat(verifier.verify(Hex.decode(key), Hex.decode(message), Hex.decode(signature)))
        .isTrue();
  }

  // The ten cases of ed25519-speccheck (Chalkias, Garillot, Nikolaenko: Taming the many EdDSAs):
  // message, key, signature.
  @ParameterizedTest
  @CsvSource({
    // 0, 1: small order of A
    "8c93255d71dcab10e8f379c26200f3c7bd5f09d9bc3068d3ef4edeb4853022b6,"
        + "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa,"
        + "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
        + "0000000000000000000000000000000000000000000000000000000000000000",
    "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79,"
        + "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa,"
        + "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43"
        + "a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04",
    // 2, 3: small order of R; mixed order of both
    "aebf3f2601a0c8c5d39cc7d8911642f740b78168218da8471772b35f9d35b9ab,"
        + "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43,"
        + "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
        + "8c4bd45aecaca5b24fb97bc10ac27ac8751a7dfe1baff8b953ec9f5833ca260e",
    "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79,"
        + "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d,"
        + "9046a64750444938de19f227bb80485e92b83fdb4b6506c160484c016cc1852f"
        + "87909e14428a7a1d62e9f22f3d3ad7802db02eb2e688b6c52fcd6648a98bd009",
    // 4, 5: hold with the cofactor only
    "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c,"
        + "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d,"
        + "160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed512"
        + "5ec6bc982a269b723e0668e540911a9a6a58921d6925e434ab10aa7940551a09",
    "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c,"
        + "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d,"
        + "21122a84e0b5fca4052f5b1235c80a537878b38f3142356b2c2384ebad4668b7"
        + "e40bc836dac0f71076f9abe3a53f9c03c1ceeeddb658d0030494ace586687405",
    // 6, 7: S not below the order
    "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40,"
        + "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623,"
        + "e96f66be976d82e60150baecff9906684aebb1ef181f67a7189ac78ea23b6c0e"
        + "547f7690a0e2ddcd04d87dbc3490dc19b3b3052f7ff0538cb68afb369ba3a514",
    "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40,"
        + "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623,"
        + "8ce5b96c8f26d0ab6c47958c9e68b937104cd36e13c33566acd2fe8d38aa1942"
        + "7e71f98a473474f2f13f06f97c20d58cc3f54b8bd0d272f42b695dd7e89a8c22",
    // 8, 9: R not canonical
    "fdaebc429f4a735932a160da1301080c13280eea8bc280d1b392c6b9e6ba3a5a,"
        + "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43,"
        + "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
        + "454d370c8d9fc323a41450f8d513eafeb5b0697390c1e505a0d4ddc71f566607",
    "84b698d39be126ff55fe45079e6c8bf64a0d7db6994560b4e96b7021eb39c1a1,"
        + "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43,"
        + "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
        + "084d5b99c2a9463d9c8bd5026916996984eeec87ddf1d3be329006ace1b37b09"
  })
  void refusesEveryCaseThatLibrariesDisagreeOn(String message, String key, String signature)
      throws Exception {
    assertThat(verifier.verify(Hex.decode(key), Hex.decode(message), Hex.decode(signature)))
        .isFalse();
  }

  @Test
  void refusesAGoodKeysSignatureWhoseFirstHalfHasSmallOrderInIt() throws Exception {
    byte[] seed = fill(1);
    byte[] nonceSeed = fill(2);
    byte[] key = Ed25519.signer(seed).publicKey();
    byte[] prime = Ed25519.signer(nonceSeed).publicKey();
    byte[] message = {1, 2, 3};

    byte[] honest = forge(seed, nonceSeed, prime, message);
    byte[] mixed = forge(seed, nonceSeed, plusOrderTwo(prime), message);

    assertThat(verifier.verify(key, message, honest)).isTrue();
    assertThat(org.bouncycastle.math.ec.rfc8032.Ed25519.verify(mixed, 0, key, 0, message, 0, 3))
        .as("the library alone takes it")
        .isTrue();
    assertThat(verifier.verify(key, message, mixed)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000", // identity
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // order 2
        "0000000000000000000000000000000000000000000000000000000000000000", // order 4
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", // order 8
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // identity as p + 1
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // y = p
        "0200000000000000000000000000000000000000000000000000000000000000", // not on the curve
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void refusesKeysOutsideTheSubgroupOfPrimeOrder(String key) throws Exception {
    assertThat(Ed25519.validPublicKey(Hex.decode(key))).isFalse();
  }

  @Test
  void refusesASignatureWithAnyBitChanged() {
    Signer signer = Ed25519.signer(fill(3));
    byte[] message = {9};
    byte[] signature = signer.sign(message);
    for (int bit = 0; bit < signature.length * 8; bit += 7) {
      byte[] changed = signature.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(verifier.verify(signer.publicKey(), message, changed)).as("bit %d", bit).isFalse();
    }
    assertThat(verifier.verify(signer.publicKey(), new byte[] {8}, signature)).isFalse();
    assertThat(verifier.verify(Ed25519.signer(fill(4)).publicKey(), message, signature)).isFalse();
  }

  @Test
  void refusesASignatureWithTheOrderAdded() {
    Signer signer = Ed25519.signer(fill(5));
    byte[] signature = signer.sign(new byte[0]);
    BigInteger s = number(Arrays.copyOfRange(signature, 32, 64)).add(ORDER);
    System.arraycopy(littleEndian(s), 0, signature, 32, 32);

    assertThat(verifier.verify(signer.publicKey(), new byte[0], signature)).isFalse();
  }

  @Test
  void refusesWhatHasAnotherLength() {
    Signer signer = Ed25519.signer(fill(6));
    byte[] signature = signer.sign(new byte[0]);

    assertThat(verifier.verify(new byte[0], new byte[0], signature)).isFalse();
    assertThat(verifier.verify(new byte[33], new byte[0], signature)).isFalse();
    assertThat(verifier.verify(signer.publicKey(), new byte[0], new byte[0])).isFalse();
    assertThat(verifier.verify(signer.publicKey(), new byte[0], Arrays.copyOf(signature, 65)))
        .isFalse();
    assertThat(Ed25519.validPublicKey(new byte[31])).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> Ed25519.signer(new byte[33]));
  }

  @Test
  void verifiesWhateverWasSigned() {
    Random random = new Random(SEED);
    for (int round = 0; round < 50; round++) {
      byte[] seed = new byte[Ed25519.SEED_BYTES];
      byte[] message = new byte[random.nextInt(300)];
      random.nextBytes(seed);
      random.nextBytes(message);
      Signer signer = Ed25519.signer(seed);

      assertThat(verifier.verify(signer.publicKey(), message, signer.sign(message))).isTrue();
      assertThat(Ed25519.validPublicKey(signer.publicKey())).isTrue();
    }
  }

  @Test
  void remembersABoundedNumberOfKeysAndNoBadOnes() throws Exception {
    StrictVerifier bounded = new StrictVerifier();
    byte[] signature = new byte[Ed25519.SIGNATURE_BYTES];
    bounded.verify(Hex.decode("02" + "00".repeat(31)), new byte[0], signature);
    assertThat(bounded.keysHeld()).isZero();

    for (int i = 0; i < 4_100; i++) {
      byte[] seed = ByteBuffer.allocate(Ed25519.SEED_BYTES).putInt(i).array();
      bounded.verify(Ed25519.signer(seed).publicKey(), new byte[0], signature);
    }
    assertThat(bounded.keysHeld()).isEqualTo(4_096);
  }

  @Test
  void verifiesOnManyThreadsAtOnce() {
    List<Signer> signers = IntStream.range(0, 20).mapToObj(i -> Ed25519.signer(fill(i))).toList();

    boolean all =
        IntStream.range(0, 400)
            .parallel()
            .mapToObj(i -> signers.get(i % signers.size()))
            .allMatch(s -> verifier.verify(s.publicKey(), new byte[1], s.sign(new byte[1])));

    assertThat(all).isTrue();
  }

  @Test
  void isNotFooledByAKeyArrayThatChangesLater() {
    Signer good = Ed25519.signer(fill(7));
    Signer other = Ed25519.signer(fill(8));
    byte[] key = good.publicKey();
    byte[] message = {1};
    assertThat(verifier.verify(key, message, good.sign(message))).isTrue();

    System.arraycopy(other.publicKey(), 0, key, 0, key.length);

    assertThat(verifier.verify(key, message, other.sign(message))).isTrue();
    assertThat(verifier.verify(key, message, good.sign(message))).isFalse();
  }

  @Test
  void printsNothingOfTheSecretKey() throws Exception {
    byte[] seed = fill(0x5a);

    assertThat(Ed25519.signer(seed).toString()).startsWith("Signer ").doesNotContain("5a5a");
  }

  /** A signature with the nonce, and so the first half, of the forger's choice. */
  private static byte[] forge(byte[] seed, byte[] nonceSeed, byte[] first, byte[] message)
      throws Exception {
    MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
    sha512.update(first);
    sha512.update(Ed25519.signer(seed).publicKey());
    BigInteger h = number(sha512.digest(message));
    BigInteger s = scalar(nonceSeed).add(h.multiply(scalar(seed))).mod(ORDER);
    byte[] signature = Arrays.copyOf(first, Ed25519.SIGNATURE_BYTES);
    System.arraycopy(littleEndian(s), 0, signature, 32, 32);
    return signature;
  }

  private static BigInteger scalar(byte[] seed) throws Exception {
    byte[] hash = Arrays.copyOf(MessageDigest.getInstance("SHA-512").digest(seed), 32);
    hash[0] &= (byte) 0xf8;
    hash[31] = (byte) (hash[31] & 0x7f | 0x40);
    return number(hash);
  }

  /** Adding (0, -1) to a point negates both its coordinates. */
  private static byte[] plusOrderTwo(byte[] point) {
    byte[] y = point.clone();
    int sign = y[31] & 0x80;
    y[31] &= 0x7f;
    byte[] negated = littleEndian(PRIME.subtract(number(y)));
    negated[31] |= (byte) (sign ^ 0x80);
    return negated;
  }

  private static BigInteger number(byte[] littleEndian) {
    return new BigInteger(1, reversed(littleEndian));
  }

  private static byte[] littleEndian(BigInteger number) {
    byte[] bytes = reversed(number.toByteArray());
    return Arrays.copyOf(bytes, 32);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  private static byte[] fill(int value) {
    byte[] bytes = new byte[Ed25519.SEED_BYTES];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
