package org.tidelog.crypto.phrase;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The English words of BIP-39, in order, each told from all others by its first four letters.
 * Immutable.
 */
final class WordList {
  /** Bits that a word stands for. */
  static final int BITS = 11;

  private static final int SIZE = 1 << BITS;
  private static final String RESOURCE = "bip39-english.txt";

  /** So many letters suffice to tell a word, as the standard promises. */
  private static final int PREFIX_LETTERS = 4;

  /** More changes than this, and the word that was meant is anybody's guess. */
  private static final int EDITS_MAX = 2;

  private static final WordList ENGLISH = load();

  private final List<String> words;

  private WordList(List<String> words) {
    this.words = words;
  }

  static WordList english() {
    return ENGLISH;
  }

  private static WordList load() {
    try (InputStream in = WordList.class.getResourceAsStream(RESOURCE)) {
      if (in == null) throw new AssertionError("the program lacks its word list");
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      List<String> words = new ArrayList<>(SIZE);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        words.add(line);
      }
      if (words.size() != SIZE) throw new AssertionError("word list of " + words.size());
      return new WordList(words);
    } catch (IOException e) {
      throw new AssertionError("the program's word list cannot be read", e);
    }
  }

  /** 0 to 2047. */
  String word(int index) {
    return words.get(index);
  }

  /** The word's place, negative where it is not one of the list. */
  int indexOf(String word) {
    return Collections.binarySearch(words, word);
  }

  /** The word that was most likely meant; empty where several are as likely, or none is. */
  Optional<String> nearest(String typed) {
    Optional<String> begun = begunWith(typed);
    if (begun.isPresent()) return begun;
    @Nullable String best = null;
    int bestEdits = EDITS_MAX + 1;
    boolean tie = false;
    for (String word : words) {
      if (Math.abs(word.length() - typed.length()) > EDITS_MAX) continue;
      int edits = edits(typed, word);
      tie = edits == bestEdits || (tie && edits > bestEdits);
      if (edits >= bestEdits) continue;
      best = word;
      bestEdits = edits;
    }
    return tie ? Optional.empty() : Optional.ofNullable(best);
  }

  private Optional<String> begunWith(String typed) {
    if (typed.length() < PREFIX_LETTERS) return Optional.empty();
    String prefix = typed.substring(0, PREFIX_LETTERS);
    int at = Collections.binarySearch(words, prefix);
    int next = at >= 0 ? at : -at - 1;
    boolean begins = next < SIZE && words.get(next).startsWith(prefix);
    return begins ? Optional.of(words.get(next)) : Optional.empty();
  }

  /** Letters to insert, leave out, replace, or swap with the one behind. */
  private static int edits(String a, String b) {
    int[][] table = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        table[i][j] = i == 0 || j == 0 ? i + j : edits(a, b, table, i, j);
      }
    }
    return table[a.length()][b.length()];
  }

  private static int edits(String a, String b, int[][] table, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int least = table[i - 1][j - 1] + (same ? 0 : 1);
    least = Math.min(least, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, 1 + table[i - 2][j - 2]) : least;
  }
}
