package org.tidelog.node.ipfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlaceTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:5001",
        "http://localhost:5001",
        "http://[::1]",
        "https://a.example"
      })
  void keepsSecretsOnThisMachineAndWhereTheyAreEncrypted(String url) {
    assertThat(Place.parse("kubo:" + url).keepsSecrets()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://a.example", "http://127.0.0.1.a.example", "http://localhost.a.example"})
  void sendsNoSecretInClearToAnother(String url) {
    assertThat(Place.parse("kubo:" + url).keepsSecrets()).isFalse();
  }
}
