package org.tidelog.node.ipfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret is taken out of what is said, however that writes it. */
final class CredentialsTest {
  private static final String SECRET = "pa/s\"s<w&o rd+ü";

  @ParameterizedTest
  @ValueSource(
      strings = {
        SECRET,
        "pa\\/s\\\"s<w&o rd+ü",
        "pa/s\\\"s\\u003cw\\u0026o rd+\\u00FC",
        "pa%2Fs%22s%3Cw%26o%20rd%2B%C3%BC",
        "pa%2fs%22s%3cw%26o+rd%2b%c3%bc"
      })
  void whateverTheSpelling(String spelt) {
    for (String written : new String[] {SECRET, "bearer:" + SECRET, "basic:kim:" + SECRET}) {
      String told = Credentials.of(written).removedFrom("cannot take " + spelt + "!");

      assertThat(told).isEqualTo("cannot take (secret)!");
    }
  }

  @Test
  void nothingIsTakenOutWhereNoneIsKnown() {
    assertThat(Credentials.NONE.removedFrom("as it is")).isEqualTo("as it is");
    assertThat(Credentials.of("basic:kim:").removedFrom("as it is")).isEqualTo("as it is");
  }
}
