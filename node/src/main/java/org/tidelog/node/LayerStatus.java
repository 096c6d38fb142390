package org.tidelog.node;

import java.util.List;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.Cbor;

/**
 * What a place of the mirror was asked for since it was first used, and how it fared.
 *
 * @param name as the user wrote it, in one form
 * @param requests that were answered
 * @param bytesRead of records and blocks
 * @param bytesWritten of records and blocks
 * @param millis all requests that were answered took together
 * @param failures requests that were not answered, or answered wrongly
 * @param failuresInARow since it last answered, requests that were under way together as one; also
 *     1 where it was slower than a layer that was asked after it
 * @param lastFailure why, in words for people; empty: it never failed
 * @param lastFailureMillis when, since 1970
 * @param quietUntilMillis the layer asked to be left alone until then; 0: it did not
 */
public record LayerStatus(
    String name,
    long requests,
    long bytesRead,
    long bytesWritten,
    long millis,
    long failures,
    long failuresInARow,
    String lastFailure,
    long lastFailureMillis,
    long quietUntilMillis) {
  private static final int FIELDS = 10;
  private static final int WORDS_MAX = 200;

  static LayerStatus none(String name) {
    return new LayerStatus(name, 0, 0, 0, 0, 0, 0, "", 0, 0);
  }

  LayerStatus succeeded(long read, long written, long took) {
    return new LayerStatus(
        name,
        requests + 1,
        bytesRead + read,
        bytesWritten + written,
        millis + took,
        failures,
        0,
        lastFailure,
        lastFailureMillis,
        quietUntilMillis);
  }

  /**
   * As it is after a failure.
   *
   * @param again it had answered since the one before, or was asked once more
   */
  LayerStatus failed(String why, long now, long quietUntil, boolean again) {
    return new LayerStatus(
        name,
        requests,
        bytesRead,
        bytesWritten,
        millis,
        failures + 1,
        again ? failuresInARow + 1 : Math.max(1, failuresInARow),
        words(why),
        now,
        quietUntil);
  }

  /** As it is after another layer was asked later and answered sooner: it is asked after that. */
  LayerStatus outrun() {
    return new LayerStatus(
        name,
        requests,
        bytesRead,
        bytesWritten,
        millis,
        failures,
        Math.max(1, failuresInARow),
        lastFailure,
        lastFailureMillis,
        quietUntilMillis);
  }

  /** What a book can hold: no half characters. */
  private static String words(String why) {
    String whole = why.replaceAll("\\p{Cs}", "?");
    if (whole.length() <= WORDS_MAX) return whole;
    int end = Character.isHighSurrogate(whole.charAt(WORDS_MAX - 1)) ? WORDS_MAX - 1 : WORDS_MAX;
    return whole.substring(0, end);
  }

  Cbor encode() {
    return new Cbor.Array(
        List.of(
            new Cbor.Text(name),
            Cbor.of(requests),
            Cbor.of(bytesRead),
            Cbor.of(bytesWritten),
            Cbor.of(millis),
            Cbor.of(failures),
            Cbor.of(failuresInARow),
            new Cbor.Text(lastFailure),
            Cbor.of(lastFailureMillis),
            Cbor.of(quietUntilMillis)));
  }

  static LayerStatus parse(Cbor cbor) throws MalformedException {
    List<Cbor> fields = cbor.asArray();
    if (fields.size() != FIELDS) {
      throw new MalformedException("layer of " + fields.size() + " fields");
    }
    return new LayerStatus(
        fields.get(0).asText(),
        fields.get(1).asLong(),
        fields.get(2).asLong(),
        fields.get(3).asLong(),
        fields.get(4).asLong(),
        fields.get(5).asLong(),
        fields.get(6).asLong(),
        fields.get(7).asText(),
        fields.get(8).asLong(),
        fields.get(9).asLong());
  }
}
