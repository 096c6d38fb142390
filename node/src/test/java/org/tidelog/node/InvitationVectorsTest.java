package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.ipns.IpnsName;

/** Invitations made by another implementation are read, or refused as the specification says. */
final class InvitationVectorsTest {
  private static final String PATH = "/vectors/invitations.json";
  private static final Pattern OBJECT = Pattern.compile("\\{([^}]*)}");
  private static final Pattern FIELD = Pattern.compile("\"([^\"]+)\": \"([^\"]*)\"");

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
    List<Map<String, String>> vectors = new ArrayList<>();
    try (InputStream in = InvitationVectorsTest.class.getResourceAsStream(PATH)) {
      Matcher objects =
          OBJECT.matcher(
              new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
      while (objects.find()) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(objects.group(1));
        while (field.find()) {
          fields.put(field.group(1), field.group(2));
        }
        vectors.add(fields);
      }
    }
    assertThat(vectors).hasSizeGreaterThan(5);
    return vectors;
  }
}
