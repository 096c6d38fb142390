package org.tidelog.node.ipfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Fields of answers that nobody vouches for. */
final class RpcJsonTest {
  private static final int ANSWER_CHARS_MAX = 256 * 1024;

  @Test
  void findsAFieldInTheFirstObjectThatHasIt() {
    byte[] body =
        bytes("{\"a\":1}\n{\"results\":[{\"requestid\":\"x\"}],\"a\":2}\n{\"b\":{\"c\":true}}");

    assertThat(RpcJson.field(body, "/a")).contains("1");
    assertThat(RpcJson.field(body, "/results/0/requestid")).contains("x");
    assertThat(RpcJson.field(body, "/b/c")).contains("true");
    assertThat(RpcJson.objects(body)).hasSize(3);
  }

  @Test
  void readsWhatStandsBeforeTheEndOfHalfAnAnswer() {
    assertThat(RpcJson.field(bytes("{\"a\":1,\"b\":\"tw"), "/a")).contains("1");
    assertThat(RpcJson.field(bytes("{\"a\":1,\"b\":\"tw"), "/b")).isEmpty();
    assertThat(RpcJson.field(bytes("welcome"), "/a")).isEmpty();
  }

  @Test
  void keepsNothingThatLiesDeepOrHasALongName() {
    String deep = "{\"a\":".repeat(900) + "[" + "1,".repeat(ANSWER_CHARS_MAX / 3);
    String wide = "{\"" + "n".repeat(40_000) + "\":[" + "1,".repeat(ANSWER_CHARS_MAX / 3);

    assertThat(RpcJson.objects(bytes(deep))).singleElement().asString().isEqualTo("{}");
    assertThat(RpcJson.objects(bytes(wide))).singleElement().asString().isEqualTo("{}");
    assertThat(RpcJson.objects(bytes("[".repeat(ANSWER_CHARS_MAX)))).hasSize(1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
