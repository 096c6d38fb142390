package org.tidelog.crypto.keystore;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * By what a home knows that it is the folder its keys were made in, and no copy of it. No secret;
 * kept with the secrets so that it changes with them and in no other way. Numbers are empty where
 * the platform has none.
 *
 * @param id 32 random bytes, which the home's incarnation file holds
 * @param fileNumber what the file system calls the incarnation file (its inode)
 * @param changeTimeNanos when the incarnation file was last changed, nanoseconds since 1970, by the
 *     file system's own clock, which no program can set
 * @param storeNumber what the file system calls the file of the store
 */
public record HomeMark(
    byte[] id, OptionalLong fileNumber, OptionalLong changeTimeNanos, OptionalLong storeNumber) {
  public static final int ID_BYTES = 32;

  private static final int MARKED = 1;
  private static final int FILE_NUMBER = 2;
  private static final int CHANGE_TIME = 4;
  private static final int STORE_NUMBER = 8;
  private static final int ALL = MARKED | FILE_NUMBER | CHANGE_TIME | STORE_NUMBER;

  public HomeMark {
    if (id.length != ID_BYTES) throw new IllegalArgumentException("id: " + id.length + " bytes");
    id = id.clone();
  }

  /** One of a platform whose files have neither numbers nor change times. */
  public static HomeMark of(byte[] id) {
    return new HomeMark(id, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  @Override
  public byte[] id() {
    return id.clone();
  }

  void encodeTo(ByteWriter out) {
    int parts = MARKED;
    if (fileNumber.isPresent()) parts |= FILE_NUMBER;
    if (changeTimeNanos.isPresent()) parts |= CHANGE_TIME;
    if (storeNumber.isPresent()) parts |= STORE_NUMBER;
    out.u8(parts).bytes(id);
    fileNumber.ifPresent(out::u64);
    changeTimeNanos.ifPresent(out::u64);
    storeNumber.ifPresent(out::u64);
  }

  /** What stands where there is no mark. */
  static void encodeNoneTo(ByteWriter out) {
    out.u8(0);
  }

  static Optional<HomeMark> parse(ByteReader in) throws MalformedException {
    int parts = in.u8();
    if (parts == 0) return Optional.empty();
    if ((parts & MARKED) == 0 || (parts & ~ALL) != 0) {
      throw new MalformedException("key store with a home's mark of parts " + parts);
    }
    byte[] id = in.bytes(ID_BYTES);
    return Optional.of(
        new HomeMark(
            id,
            number(in, parts & FILE_NUMBER),
            number(in, parts & CHANGE_TIME),
            number(in, parts & STORE_NUMBER)));
  }

  private static OptionalLong number(ByteReader in, int present) throws MalformedException {
    return present == 0 ? OptionalLong.empty() : OptionalLong.of(in.u64());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HomeMark that
        && Arrays.equals(id, that.id)
        && fileNumber.equals(that.fileNumber)
        && changeTimeNanos.equals(that.changeTimeNanos)
        && storeNumber.equals(that.storeNumber);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(id), fileNumber, changeTimeNanos, storeNumber);
  }

  @Override
  public String toString() {
    return "HomeMark[" + fileNumber + ", " + changeTimeNanos + ", " + storeNumber + "]";
  }
}
