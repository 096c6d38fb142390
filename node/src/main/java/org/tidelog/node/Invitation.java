package org.tidelog.node;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Multibase;
import org.tidelog.crypto.seal.EpochKey;

/**
 * What lets another device into a topic: its id, for a private one its key, and the names of some
 * of its logs. Whoever has it may read and write for good, so it is a secret; {@link #toString}
 * does not show it.
 */
public final class Invitation {
  private static final int VERSION = 1;
  private static final int OPEN = 1;
  private static final int CHECKSUM_BYTES = 4;
  private static final int LABEL_BYTES_MAX = 255;

  /** What base64url begins with in multibase. */
  private static final String PREFIX = "u";

  /** Enough to begin with: the logs themselves lead to the others. */
  static final int NAMES_MAX = 16;

  private static final int TEXT_LENGTH_MAX = 4096;

  private final Digest topicId;
  private final Optional<EpochKey> key;
  private final String label;
  private final List<IpnsName> names;

  Invitation(Digest topicId, Optional<EpochKey> key, String label, List<IpnsName> names) {
    this.topicId = topicId;
    this.key = key;
    this.label = label;
    this.names = List.copyOf(names);
  }

  public boolean open() {
    return !key.isPresent();
  }

  public Digest topicId() {
    return topicId;
  }

  /** What the inviting device calls the topic. */
  public String label() {
    return label;
  }

  /** Logs of the topic to begin with. */
  public List<IpnsName> names() {
    return names;
  }

  Optional<EpochKey> key() {
    return key;
  }

  /** One word of URL-safe text. */
  public String text() {
    ByteWriter out = new ByteWriter().u8(VERSION).u8(open() ? OPEN : 0).digest(topicId);
    key.ifPresent(secret -> out.bytes(secret.bytes()));
    byte[] utf8 = label.getBytes(StandardCharsets.UTF_8);
    out.u8(utf8.length).bytes(utf8).u8(names.size());
    names.forEach(name -> out.bytes(name.key()));
    byte[] body = out.toByteArray();
    return Multibase.encode(
        Multibase.Base.BASE64URL, new ByteWriter().bytes(body).bytes(checksum(body)).toByteArray());
  }

  private static byte[] checksum(byte[] body) {
    return Arrays.copyOf(
        Sha256.hash(Sha256.tag("tidelog/invitation/1"), body).bytes(), CHECKSUM_BYTES);
  }

  /**
   * Reads the word that {@link #text} gives.
   *
   * @throws TidelogException with {@link ErrorKind#BAD_INVITATION} saying what is wrong
   */
  public static Invitation parse(String text) {
    try {
      if (text.length() > TEXT_LENGTH_MAX) throw new MalformedException("it is too long");
      if (!text.startsWith(PREFIX)) throw new MalformedException("it is no word of base64url");
      byte[] all = Multibase.decode(text);
      if (all.length <= CHECKSUM_BYTES) throw new MalformedException("it is too short");
      byte[] body = Arrays.copyOf(all, all.length - CHECKSUM_BYTES);
      byte[] sum = Arrays.copyOfRange(all, body.length, all.length);
      if (!Arrays.equals(sum, checksum(body)))
        throw new MalformedException("its checksum is wrong");
      return read(new ByteReader(body));
    } catch (MalformedException e) {
      throw new TidelogException(
          ErrorKind.BAD_INVITATION,
          "cannot read the invitation: " + e.getMessage(),
          "copy the whole word that `tidelog topic share` printed",
          e);
    }
  }

  private static Invitation read(ByteReader in) throws MalformedException {
    int version = in.u8();
    if (version != VERSION) throw new MalformedException("it is of version " + version);
    int flags = in.u8();
    if (flags > OPEN) throw new MalformedException("it has flags " + flags);
    Digest topicId = in.digest();
    Optional<EpochKey> key =
        flags == OPEN ? Optional.empty() : Optional.of(EpochKey.of(in.bytes(Digest.LENGTH)));
    String label = text(in.bytes(in.u8()));
    int count = in.u8();
    if (count > NAMES_MAX) throw new MalformedException("it names " + count + " logs");
    List<IpnsName> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(IpnsName.of(in.bytes(Digest.LENGTH)));
    }
    in.end();
    return new Invitation(topicId, key, label, names);
  }

  private static String text(byte[] utf8) throws MalformedException {
    String label = new String(utf8, StandardCharsets.UTF_8);
    // The constructor replaces what is no text.
    if (Arrays.equals(label.getBytes(StandardCharsets.UTF_8), utf8)) return label;
    throw new MalformedException("its label is no text");
  }

  static String fitting(String label) {
    return label.getBytes(StandardCharsets.UTF_8).length > LABEL_BYTES_MAX ? "" : label;
  }

  @Override
  public String toString() {
    return "invitation to " + topicId;
  }
}
