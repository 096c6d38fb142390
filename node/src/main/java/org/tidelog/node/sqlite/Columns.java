package org.tidelog.node.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;

/** What several tables keep in the same way. */
final class Columns {
  private Columns() {}

  static byte[] blob(ResultSet row, int column) throws SQLException, MalformedException {
    byte @Nullable [] bytes = row.getBytes(column);
    if (bytes == null) throw new MalformedException("column " + column + " is empty");
    return bytes;
  }

  static byte[] digests(List<Digest> digests) {
    ByteWriter out = new ByteWriter();
    digests.forEach(out::digest);
    return out.toByteArray();
  }

  static List<Digest> digests(byte[] bytes) throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    List<Digest> digests = new ArrayList<>(bytes.length / Digest.LENGTH);
    while (in.remaining() > 0) {
      digests.add(in.digest());
    }
    return digests;
  }
}
