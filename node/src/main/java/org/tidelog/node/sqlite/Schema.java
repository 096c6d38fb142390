package org.tidelog.node.sqlite;

import java.util.List;

/**
 * What the file's tables were and are. A migration, once released, is never changed: the next one
 * is added behind it.
 */
final class Schema {
  /** Statements that take a file from the version of their index to the next one. */
  static final List<List<String>> MIGRATIONS =
      List.of(
          List.of(
              "CREATE TABLE logs (number INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, record"
                  + " BLOB)",
              "CREATE TABLE slices (id INTEGER PRIMARY KEY, count INTEGER NOT NULL, previous BLOB,"
                  + " last BLOB NOT NULL, roots BLOB, head BLOB, body BLOB NOT NULL)",
              "CREATE TABLE published (log INTEGER NOT NULL, level INTEGER NOT NULL,"
                  + " ordinal INTEGER NOT NULL, first INTEGER NOT NULL, \"end\" INTEGER NOT NULL,"
                  + " weight INTEGER NOT NULL, bytes INTEGER NOT NULL, cid BLOB NOT NULL,"
                  + " previous BLOB NOT NULL, roots BLOB NOT NULL,"
                  + " PRIMARY KEY (log, level, ordinal)) WITHOUT ROWID",
              "CREATE TABLE \"values\" (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"),
          List.of(
              "ALTER TABLE \"values\" ADD COLUMN sum INTEGER",
              "UPDATE \"values\" SET sum = " + ValueSum.FUNCTION + "(key, value)"));

  private Schema() {}
}
