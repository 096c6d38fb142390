package org.tidelog.node.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.crypto.MalformedException;

final class ConfigTest {
  private static Config parse(String text) throws MalformedException {
    return Config.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void isTheSameAfterWritingAndReading() throws Exception {
    Config config = new Config(List.of("/a b", "../c = d"), Optional.of("Žofie # 1"), true);

    assertThat(Config.parse(config.encode())).isEqualTo(config);
    assertThat(Config.parse(Config.of(Optional.empty(), false).encode()))
        .isEqualTo(new Config(List.of(), Optional.empty(), false));
  }

  @Test
  void readsWhatPeopleWrite() throws Exception {
    assertThat(parse("# mine\r\n\r\n  mirror=/a\r\nmirror =\t/b\r\npassphrase = none"))
        .isEqualTo(new Config(List.of("/a", "/b"), Optional.empty(), false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mirror = /a",
        "passphrase = maybe",
        "passphrase = none\npassphrase = none",
        "passphrase = none\ndisplay-name = a\ndisplay-name = b",
        "passphrase = none\nmirorr = /a",
        "passphrase = none\nmirror =",
        "passphrase = none\nmirror = a\u0000b",
        "passphrase none",
        "\u0000\u0001\u0002"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(MalformedException.class);
  }

  @Test
  void namesTheLineThatIsWrong() {
    assertThatThrownBy(() -> parse("passphrase = none\n\nmirorr = /a"))
        .hasMessageContaining("line 3");
  }

  @Test
  void refusesBytesThatAreNoText() {
    assertThatThrownBy(() -> Config.parse(new byte[] {(byte) 0xff, (byte) 0xfe}))
        .isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "a ", "a\nb", "a\u0007"})
  void refusesValuesThatNoLineCanHold(String value) {
    assertThatThrownBy(() -> Config.of(Optional.of(value), false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Config.of(Optional.empty(), false).withMirrors(List.of(value)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
