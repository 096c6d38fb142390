package org.tidelog.node.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.zip.CRC32;
import org.sqlite.Function;

/**
 * What is kept with each value so that damage to it is noticed: a value has no hash of its own, as
 * entries have. CRC-32 of key, a zero byte and value; it finds every single flipped bit.
 */
final class ValueSum {
  /** Its name in SQL, for the migration that adds sums to what was there. */
  static final String FUNCTION = "tidelog_value_sum";

  private ValueSum() {}

  static long of(String key, byte[] value) {
    CRC32 sum = new CRC32();
    sum.update(key.getBytes(StandardCharsets.UTF_8));
    sum.update(0);
    sum.update(value);
    return sum.getValue();
  }

  static void register(Connection connection) throws SQLException {
    Function.create(
        connection,
        FUNCTION,
        new Function() {
          @Override
          protected void xFunc() throws SQLException {
            byte[] value = value_blob(1);
            result(of(value_text(0), value == null ? new byte[0] : value));
          }
        });
  }
}
