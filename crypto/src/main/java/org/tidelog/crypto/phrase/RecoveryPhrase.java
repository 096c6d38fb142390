package org.tidelog.crypto.phrase;

import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;

/**
 * The seed of a recovery key, as bytes and as words: the 24 words of BIP-39 for 256 bits, the last
 * of which holds a checksum of 8 bits. The entropy itself is the seed; BIP-39's stretching with a
 * passphrase is for wallets and not used. Immutable.
 */
public final class RecoveryPhrase {
  public static final int SEED_BYTES = 32;
  public static final int WORDS = 24;

  /** A phrase has some 200 letters; more than this was not typed by anybody. */
  public static final int TEXT_CHARS_MAX = 4_096;

  private static final int WORD_CHARS_SHOWN = 16;

  private final byte[] seed;

  private RecoveryPhrase(byte[] seed) {
    this.seed = seed;
  }

  /** A new one, 32 random bytes. */
  public static RecoveryPhrase random(Entropy entropy) {
    return new RecoveryPhrase(entropy.bytes(SEED_BYTES));
  }

  /** The words for a seed of 32 bytes. */
  public static RecoveryPhrase of(byte[] seed) {
    if (seed.length != SEED_BYTES) {
      throw new IllegalArgumentException("seed: " + seed.length + " bytes");
    }
    return new RecoveryPhrase(seed.clone());
  }

  /**
   * Reads words as a person typed them: capitals, white space and the Unicode form do not matter.
   *
   * @throws MalformedException which says what to look at: how many words there are, which is not
   *     in the list and what it probably was, or that the checksum is not theirs
   */
  public static RecoveryPhrase parse(CharSequence text) throws MalformedException {
    if (text.length() > TEXT_CHARS_MAX) {
      throw new MalformedException("it has " + text.length() + " letters; a phrase has about 150");
    }
    List<String> words = words(text);
    if (words.size() != WORDS) {
      throw new MalformedException("it has " + words.size() + " words, not " + WORDS);
    }
    byte[] bits = new byte[SEED_BYTES + 1];
    for (int i = 0; i < WORDS; i++) {
      put(bits, i * WordList.BITS, index(words.get(i), i + 1));
    }
    byte[] seed = Arrays.copyOf(bits, SEED_BYTES);
    byte checksum = bits[SEED_BYTES];
    Arrays.fill(bits, (byte) 0);
    if (checksum != checksum(seed)) {
      throw new MalformedException(
          "each word is one of the list, but together they are no phrase: one is another word, or"
              + " two have changed places");
    }
    return new RecoveryPhrase(seed);
  }

  private static List<String> words(CharSequence text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= plain.length(); at++) {
      boolean within = at < plain.length() && !Character.isWhitespace(plain.charAt(at));
      if (within) continue;
      if (at > from) words.add(plain.substring(from, at));
      from = at + 1;
    }
    return words;
  }

  private static int index(String word, int number) throws MalformedException {
    int index = WordList.english().indexOf(word);
    if (index >= 0) return index;
    Optional<String> meant =
        word.length() > WORD_CHARS_SHOWN ? Optional.empty() : WordList.english().nearest(word);
    throw new MalformedException(
        "word "
            + number
            + (isShowable(word) ? " (" + word + ")" : "")
            + " is not in the list"
            + meant.map(nearest -> "; is it " + nearest + "?").orElse(""));
  }

  /** What is no word at all may be another secret, pasted here by mistake. */
  private static boolean isShowable(String word) {
    return word.length() <= WORD_CHARS_SHOWN && word.chars().allMatch(c -> c >= 'a' && c <= 'z');
  }

  private static void put(byte[] bits, int at, int index) {
    for (int i = 0; i < WordList.BITS; i++) {
      if ((index >> (WordList.BITS - 1 - i) & 1) == 0) continue;
      bits[(at + i) / Byte.SIZE] |= (byte) (0x80 >> (at + i) % Byte.SIZE);
    }
  }

  private static int take(byte[] bits, int at) {
    int index = 0;
    for (int i = at; i < at + WordList.BITS; i++) {
      index = index << 1 | (bits[i / Byte.SIZE] >> (Byte.SIZE - 1 - i % Byte.SIZE) & 1);
    }
    return index;
  }

  /** The first 256/32 bits of the entropy's hash, as the standard says. */
  private static byte checksum(byte[] seed) {
    return Sha256.hash(seed).bytes()[0];
  }

  /** The 24 words, lower case. A secret: for the owner's eyes. */
  public List<String> words() {
    byte[] bits = Arrays.copyOf(seed, SEED_BYTES + 1);
    bits[SEED_BYTES] = checksum(seed);
    List<String> words = new ArrayList<>(WORDS);
    for (int i = 0; i < WORDS; i++) {
      words.add(WordList.english().word(take(bits, i * WordList.BITS)));
    }
    Arrays.fill(bits, (byte) 0);
    return words;
  }

  /** The words with a space between each two. A secret as well. */
  public String text() {
    return String.join(" ", words());
  }

  /** A copy of the 32 bytes. */
  public byte[] seed() {
    return seed.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecoveryPhrase that && MessageDigest.isEqual(seed, that.seed);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(seed);
  }

  @Override
  public String toString() {
    return "RecoveryPhrase[secret]";
  }
}
