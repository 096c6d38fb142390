package org.tidelog.log.vac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;

final class VacRemoteLogTest {
  private final Map<Cid, byte[]> storage = new HashMap<>();
  private final Random random = new Random(3);

  static Stream<VacPolicy> policies() {
    return Stream.of(
        VacPolicy.embedded(),
        new VacPolicy(Integer.MAX_VALUE, Integer.MAX_VALUE, 2000),
        VacPolicy.mapped(7),
        VacPolicy.linked(),
        VacPolicy.lastK(3, 10),
        VacPolicy.lastK(20, 10));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void givesBackEveryMessageInWhateverMode(VacPolicy policy) throws Exception {
    VacWriter writer = new VacWriter(policy);
    List<VacMessage> written = new ArrayList<>();
    Cid name = null;
    for (int round = 0; round < 40; round++) {
      List<VacMessage> fresh = messages(1 + random.nextInt(4));
      name = publish(writer, fresh);
      written.addAll(fresh);
    }
    assertThat(ids(read(name, Set.of(), 1000))).containsExactlyInAnyOrderElementsOf(ids(written));
    for (VacMessage message : read(name, Set.of(), 1000)) {
      assertThat(Sha256.hash(message.content())).isEqualTo(message.id());
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void stopsAtWhatIsKnown(VacPolicy policy) throws Exception {
    VacWriter writer = new VacWriter(policy);
    List<VacMessage> old = messages(25);
    publish(writer, old);
    List<VacMessage> fresh = messages(5);
    Cid name = publish(writer, fresh);
    assertThat(ids(read(name, new HashSet<>(ids(old)), 1000)))
        .containsExactlyInAnyOrderElementsOf(ids(fresh));
    assertThat(read(name, Set.of(), 4)).hasSize(4);
  }

  @Test
  void encodesAsTheProtobufOfTheSpecification() throws Exception {
    Cid address = Cid.sha256(Codec.RAW, new byte[] {1});
    Digest id = Sha256.hash(new byte[] {2});
    VacPage page =
        new VacPage(
            List.of(new VacPair(Optional.of(address), id, Optional.of(new byte[] {7, 8}))),
            Optional.of(address));
    String cid = Hex.encode(address.bytes());
    assertThat(Hex.encode(page.encode()))
        .isEqualTo("0a4c" + "0a24" + cid + "1220" + id.hex() + "1a020708" + "1224" + cid);
    assertThat(VacPage.parse(page.encode()).encode()).isEqualTo(page.encode());
  }

  @Test
  void refusesWhatIsNotAPage() throws Exception {
    byte[] page =
        new VacPage(List.of(VacPair.embedded(messages(1).get(0))), Optional.empty()).encode();
    for (int cut = 1; cut < page.length; cut++) {
      byte[] part = Arrays.copyOf(page, cut);
      assertThatThrownBy(() -> VacPage.parse(part)).isInstanceOf(MalformedException.class);
    }
    for (String wrong :
        List.of(
            "0a00", // a pair of nothing
            "1201", // a length that is not there
            "12ffffffffffffffff7f", // a length no array has
            "0802", // a number where bytes belong
            "1a00", // a field that no page has
            "1200", // an address of no bytes
            "")) { // no pairs: a chain of such pages would never end
      assertThatThrownBy(() -> VacPage.parse(Hex.decode(wrong)))
          .as(wrong)
          .isInstanceOf(MalformedException.class);
    }
  }

  private List<VacMessage> messages(int count) {
    List<VacMessage> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] content = new byte[8 + random.nextInt(200)];
      random.nextBytes(content);
      messages.add(new VacMessage(Sha256.hash(content), content));
    }
    return messages;
  }

  private Cid publish(VacWriter writer, List<VacMessage> messages) {
    VacWriter.Publication publication = writer.publish(messages);
    publication.blocks().forEach(block -> storage.put(block.cid(), block.bytes()));
    return publication.page();
  }

  private List<VacMessage> read(Cid name, Set<Digest> known, int max) throws Exception {
    VacReader reader = new VacReader(name, known::contains, max);
    while (reader.wanted().isPresent()) {
      reader.onBlock(storage.get(reader.wanted().get()));
    }
    return reader.messages();
  }

  private static List<Digest> ids(List<VacMessage> messages) {
    return messages.stream().map(VacMessage::id).toList();
  }
}
