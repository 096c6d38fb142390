package org.tidelog.sim.scenario;

import java.util.Collection;

/** Guesses what somebody meant who misspelled a word. */
public final class NearestWord {
  private NearestWord() {}

  /** The likest of {@code words}; empty if none is like it. */
  public static String of(String word, Collection<String> words) {
    String nearest = "";
    int least = Math.max(3, word.length() / 2 + 1);
    for (String candidate : words) {
      int distance = distance(word, candidate);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** Levenshtein's: how many characters to insert, drop or replace. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
