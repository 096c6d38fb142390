package org.tidelog.node;

import java.util.Optional;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * One thing that was looked at, to find out why something does not arrive.
 *
 * @param layer the place of the mirror, or {@link #HOME}
 * @param check what was looked at, in a word: {@link #ANSWERS}, {@code record}, {@code index}, …
 * @param name of the log, where it is about one
 * @param error what kind of thing is wrong; empty where all is well
 * @param millis it took to find out
 * @param what was found, in words for people
 * @param hint what to do about it
 */
public record DoctorCheck(
    String layer,
    String check,
    Optional<IpnsName> name,
    Optional<ErrorKind> error,
    long millis,
    String what,
    Optional<String> hint) {
  /** The layer of what concerns this device alone. */
  public static final String HOME = "home";

  /** Whether a layer does at all. */
  public static final String ANSWERS = "answers";

  public boolean ok() {
    return !error.isPresent();
  }

  static DoctorCheck good(String layer, String check, long millis, String what) {
    return new DoctorCheck(
        layer, check, Optional.empty(), Optional.empty(), millis, what, Optional.empty());
  }

  static DoctorCheck bad(String layer, String check, ErrorKind kind, long millis, String what) {
    return new DoctorCheck(
        layer, check, Optional.empty(), Optional.of(kind), millis, what, Optional.empty());
  }

  DoctorCheck of(IpnsName log) {
    return new DoctorCheck(layer, check, Optional.of(log), error, millis, what, hint);
  }

  DoctorCheck hinting(String words) {
    return new DoctorCheck(layer, check, name, error, millis, what, Optional.of(words));
  }
}
