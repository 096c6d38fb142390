package org.tidelog.node;

import java.util.OptionalLong;

/**
 * How to fetch.
 *
 * @param maxBytes all logs together stop when so many bytes came
 */
public record FetchOptions(OptionalLong maxBytes) {
  public static FetchOptions defaults() {
    return new FetchOptions(OptionalLong.empty());
  }
}
