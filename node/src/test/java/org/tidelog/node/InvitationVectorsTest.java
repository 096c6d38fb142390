package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.vectors.VectorFile;

/** Invitations made by another implementation are read, or refused as the specification says. */
final class InvitationVectorsTest {
  private static final String PATH = "/vectors/invitations.json";

  @ParameterizedTest
  @MethodSource("vectors")
  void areReadOrRefused(Map<String, String> vector) {
    String text = vector.get("text");
    if (!vector.get("breaks").isEmpty()) {
      assertThatThrownBy(() -> Invitation.parse(text))
          .isInstanceOfSatisfying(
              TidelogException.class,
              e -> assertThat(e.kind()).isEqualTo(ErrorKind.BAD_INVITATION));
      return;
    }
    Invitation invitation = Invitation.parse(text);
    assertThat(invitation.topicId().hex()).isEqualTo(vector.get("topicId"));
    assertThat(invitation.key().map(key -> Hex.encode(key.bytes())).orElse(""))
        .isEqualTo(vector.get("epochKey"));
    assertThat(invitation.label()).isEqualTo(vector.get("label"));
    assertThat(invitation.names()).extracting(IpnsName::text).containsExactly(vector.get("logs"));
    assertThat(invitation.text()).isEqualTo(text);
  }

  static List<Map<String, String>> vectors() throws IOException {
    List<Map<String, String>> vectors = VectorFile.read(PATH);
    assertThat(vectors).hasSizeGreaterThan(5);
    return vectors;
  }
}
