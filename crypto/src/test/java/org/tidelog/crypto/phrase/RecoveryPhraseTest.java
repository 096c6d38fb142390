package org.tidelog.crypto.phrase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;

final class RecoveryPhraseTest {
  private static final String INSIDE =
      "panda eyebrow bullet gorilla call smoke muffin taste mesh discover soft ostrich alcohol"
          + " speed nation flash devote level hobby quick inner drive ghost inside";

  /** All vectors for 256 bits that the standard refers to. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000000000000000000000000000000000000000000000000000, abandon abandon abandon"
        + " abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
        + " abandon abandon abandon abandon abandon abandon abandon abandon abandon art",
    "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f, legal winner thank year"
        + " wave sausage worth useful legal winner thank year wave sausage worth useful legal"
        + " winner thank year wave sausage worth title",
    "8080808080808080808080808080808080808080808080808080808080808080, letter advice cage absurd"
        + " amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic avoid"
        + " letter advice cage absurd amount doctor acoustic bless",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, zoo zoo zoo zoo zoo zoo"
        + " zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo vote",
    "68a79eaca2324873eacc50cb9c6eca8cc68ea5d936f98787c60c7ebc74e6ce7c, hamster diagram private"
        + " dutch cause delay private meat slide toddler razor book happy fancy gospel tennis maple"
        + " dilemma loan word shrug inflict delay length",
    "9f6a2878b2520799a44ef18bc7df394e7061a224d2c33cd015b157d746869863, " + INSIDE,
    "066dca1a2bb7e8a1db2832148ce9933eea0f3ac9548d793112d9a95c9407efad, all hour make first leader"
        + " extend hole alien behind guard gospel lava path output census museum junior mass reopen"
        + " famous sing advance salt reform",
    "f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f, void come effort suffer"
        + " camp survey warrior heavy shoot primary clutch crush open amazing screen patrol group"
        + " space point ten exist slush involve unfold"
  })
  void saysWhatTheStandardSays(String entropy, String words) throws Exception {
    assertThat(RecoveryPhrase.of(Hex.decode(entropy)).text()).isEqualTo(words);
    assertThat(Hex.encode(RecoveryPhrase.parse(words).seed())).isEqualTo(entropy);
  }

  @Test
  void hasTheListOfTheStandard() throws Exception {
    try (InputStream in =
        Objects.requireNonNull(RecoveryPhrase.class.getResourceAsStream("bip39-english.txt"))) {
      assertThat(Sha256.hash(in.readAllBytes()).hex())
          .isEqualTo("2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
    }
  }

  @Test
  void readsWhatItWrites() throws Exception {
    Random random = new Random(39);
    for (int i = 0; i < 1_000; i++) {
      RecoveryPhrase phrase = RecoveryPhrase.random(random::nextBytes);

      assertThat(phrase.words()).hasSize(RecoveryPhrase.WORDS);
      assertThat(RecoveryPhrase.parse(phrase.text())).isEqualTo(phrase).hasSameHashCodeAs(phrase);
    }
  }

  @Test
  void doesNotMindCapitalsWhiteSpaceAndUnicodeForms() throws Exception {
    RecoveryPhrase phrase = RecoveryPhrase.parse(INSIDE);
    String wide = INSIDE.replace('a', '\uff41'); // A full-width a, which NFKD makes a plain one.

    assertThat(RecoveryPhrase.parse(INSIDE.toUpperCase(Locale.ROOT))).isEqualTo(phrase);
    assertThat(RecoveryPhrase.parse("\r\n " + INSIDE.replace(" ", " \t\n\u00a0") + "\n\n"))
        .isEqualTo(phrase);
    assertThat(Normalizer.isNormalized(wide, Normalizer.Form.NFKD)).isFalse();
    assertThat(RecoveryPhrase.parse(wide)).isEqualTo(phrase);
  }

  @ParameterizedTest
  @CsvSource({
    "pnda, panda",
    "pandas, panda",
    "apnda, panda",
    "eyebrwo, eyebrow",
    "osrtich, ostrich",
    "abstarct, abstract",
    "levle, level"
  })
  void namesAWordThatIsNotInTheListAndTheNearestOne(String typed, String meant) {
    String text = typed + INSIDE.substring(INSIDE.indexOf(' '));

    assertThatThrownBy(() -> RecoveryPhrase.parse(text))
        .isInstanceOf(MalformedException.class)
        .hasMessage("word 1 (" + typed + ") is not in the list; is it " + meant + "?");
  }

  @Test
  void suggestsNothingWhereNothingIsNear() {
    String text = INSIDE.replace("ghost", "xylophoned");

    assertThatThrownBy(() -> RecoveryPhrase.parse(text))
        .hasMessage("word 23 (xylophoned) is not in the list");
  }

  @Test
  void showsNothingThatIsNoWord() {
    for (String other : List.of("hunter2!", "correcthorsebatterystaple", "\u001b[31m")) {
      assertThatThrownBy(() -> RecoveryPhrase.parse(INSIDE.replace("quick", other)))
          .hasMessageStartingWith("word 20 is not in the list")
          .hasMessageNotContaining(other);
    }
  }

  @Test
  void countsTheWords() {
    List<String> words = List.of(INSIDE.split(" "));

    assertThatThrownBy(() -> RecoveryPhrase.parse("")).hasMessage("it has 0 words, not 24");
    assertThatThrownBy(() -> RecoveryPhrase.parse(String.join(" ", words.subList(0, 12))))
        .hasMessage("it has 12 words, not 24");
    assertThatThrownBy(() -> RecoveryPhrase.parse(INSIDE + " art"))
        .hasMessage("it has 25 words, not 24");
    assertThatThrownBy(() -> RecoveryPhrase.parse(INSIDE.repeat(100)))
        .hasMessageContaining("letters");
  }

  @Test
  void noticesWordsThatChangedPlaces() {
    List<String> words = new ArrayList<>(List.of(INSIDE.split(" ")));
    Collections.swap(words, 3, 4);

    assertThatThrownBy(() -> RecoveryPhrase.parse(String.join(" ", words)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("no phrase");
  }

  /** A checksum of 8 bits lets one in 256 through, and no more. */
  @Test
  void noticesMostOtherWords() {
    int passed = 0;
    List<String> words = new ArrayList<>(List.of(INSIDE.split(" ")));
    for (int i = 0; i < 2_048; i++) {
      words.set(5, WordList.english().word(i));
      try {
        RecoveryPhrase.parse(String.join(" ", words));
        passed++;
      } catch (MalformedException e) {
        assertThat(e).hasMessageContaining("no phrase");
      }
    }
    assertThat(passed).isBetween(1, 32);
  }

  @Test
  void hasWordsThatFourLettersTellApart() {
    Set<String> prefixes = new HashSet<>();
    for (int i = 0; i < 2_048; i++) {
      String word = WordList.english().word(i);
      assertThat(prefixes.add(word.substring(0, Math.min(4, word.length())))).isTrue();
    }
  }

  @Test
  void keepsItsSecret() {
    byte[] seed = new byte[RecoveryPhrase.SEED_BYTES];
    RecoveryPhrase phrase = RecoveryPhrase.of(seed);
    Arrays.fill(seed, (byte) 1);
    Arrays.fill(phrase.seed(), (byte) 1);

    assertThat(phrase.words()).startsWith("abandon").endsWith("art");
    assertThat(phrase).hasToString("RecoveryPhrase[secret]");
    assertThat(RecoveryPhrase.random(Entropy.system()))
        .isNotEqualTo(RecoveryPhrase.random(Entropy.system()));
    assertThatThrownBy(() -> RecoveryPhrase.of(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
