package org.tidelog.crypto.ipns;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * A signed statement of where a name points, as IPNS has it. Written in version 2 only; read in
 * both, where fields of version 1 must repeat the signed ones. Parsing checks the form; {@link
 * #verify} checks the signature, {@link #expired} the time. The bytes are kept as received, since
 * others sign and compare those. Immutable.
 */
public final class IpnsRecord {
  /** The format's own bound. */
  public static final int BYTES_MAX = 10_240;

  /** What a name stands after in a path, and a record's value where it points to another name. */
  public static final String NAME_PREFIX = "/ipns/";

  private static final int SIGNATURE_BYTES = 64;
  private static final byte[] SIGNED_PREFIX = Sha256.tag("ipns-signature:");

  /** An Ed25519 key of 32 bytes in libp2p's protobuf. */
  private static final byte[] KEY_PREFIX = {0x08, 0x01, 0x12, 0x20};

  private static final String TTL = "TTL";
  private static final String VALUE = "Value";
  private static final String SEQUENCE = "Sequence";
  private static final String VALIDITY = "Validity";
  private static final String VALIDITY_TYPE = "ValidityType";

  /** The only validity type there is: until a time. */
  private static final long END_OF_LIFE = 0;

  private final byte[] bytes;
  private final RecordFields fields;
  private final byte[] data;
  private final IpnsContent content;

  private IpnsRecord(byte[] bytes) throws MalformedException {
    this.bytes = bytes;
    this.fields = RecordFields.parse(bytes);
    this.data = fields.bytes(RecordFields.DATA);
    Cbor.Mapping map = DagCbor.decode(data).asMap();
    this.content = content(map);
    checkSignature();
    checkKey();
    if (fields.hasVersion1()) checkVersion1(map);
  }

  /**
   * Signs the content.
   *
   * @throws IllegalArgumentException if the record would be over {@link #BYTES_MAX}
   */
  public static IpnsRecord create(Signer signer, IpnsContent content) {
    byte[] signed = signed(data(content));
    return assemble(content, signer.sign(signed));
  }

  /** The content as DAG-CBOR; what is signed is {@code ipns-signature:} and this. */
  public static byte[] data(IpnsContent content) {
    SortedMap<String, Cbor> map = new TreeMap<>(Cbor.Mapping.KEY_ORDER);
    map.putAll(content.extra());
    map.put(VALUE, new Cbor.Bytes(content.value()));
    map.put(SEQUENCE, Cbor.of(content.sequence()));
    map.put(VALIDITY, new Cbor.Bytes(ValidityText.write(content.validity())));
    map.put(VALIDITY_TYPE, Cbor.of(END_OF_LIFE));
    map.put(TTL, Cbor.of(content.ttl().toNanos()));
    return DagCbor.encode(new Cbor.Mapping(map));
  }

  /**
   * The record of a content whose signature was made elsewhere, which is not verified here.
   *
   * @param signature 64 bytes
   * @throws IllegalArgumentException if the record would be over {@link #BYTES_MAX}
   */
  public static IpnsRecord assemble(IpnsContent content, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      throw new IllegalArgumentException("signature: " + signature.length + " bytes");
    }
    byte[] bytes = RecordFields.write(signature, data(content));
    if (bytes.length > BYTES_MAX) {
      throw new IllegalArgumentException("content: record of " + bytes.length + " bytes");
    }
    try {
      return new IpnsRecord(bytes);
    } catch (MalformedException e) {
      throw new AssertionError("a record of our own does not parse", e);
    }
  }

  /** Reads a record of an Ed25519 name. */
  public static IpnsRecord parse(byte[] bytes) throws MalformedException {
    if (bytes.length == 0 || bytes.length > BYTES_MAX) {
      throw new MalformedException("IPNS record of " + bytes.length + " bytes");
    }
    return new IpnsRecord(bytes.clone());
  }

  /** Whether the name's key signed it. Says nothing of the time. */
  public boolean verify(IpnsName name, Verifier verifier) {
    byte[] key = name.key();
    if (fields.has(RecordFields.PUBLIC_KEY) && !Arrays.equals(key, carriedKey())) return false;
    return verifier.verify(key, signed(data), signature());
  }

  /** A copy of the record as received. */
  public byte[] bytes() {
    return bytes.clone();
  }

  public IpnsContent content() {
    return content;
  }

  /**
   * Whether it says what it says as {@link #create} would: no field of another name, and validity
   * in the form that is written.
   */
  public boolean isAsWritten() {
    return Arrays.equals(data, data(content));
  }

  /** A copy of the signature over {@link #data}, 64 bytes. */
  public byte[] signature() {
    return fields.bytes(RecordFields.SIGNATURE_V2).clone();
  }

  public boolean expired(Instant now) {
    return now.isAfter(content.validity());
  }

  /**
   * Positive if {@code a} is better: the higher sequence, else the later validity, else the greater
   * bytes.
   */
  public static int compare(IpnsRecord a, IpnsRecord b) {
    int order = Long.compare(a.content.sequence(), b.content.sequence());
    if (order == 0) order = a.content.validity().compareTo(b.content.validity());
    return order == 0 ? compareBytes(a.bytes, b.bytes) : order;
  }

  private static int compareBytes(byte[] a, byte[] b) {
    int common = Math.min(a.length, b.length);
    for (int i = 0; i < common; i++) {
      int order = (a[i] & 0xff) - (b[i] & 0xff);
      if (order != 0) return order;
    }
    return a.length - b.length;
  }

  private static byte[] signed(byte[] data) {
    return new ByteWriter().bytes(SIGNED_PREFIX).bytes(data).toByteArray();
  }

  private static IpnsContent content(Cbor.Mapping map) throws MalformedException {
    if (map.field(VALIDITY_TYPE).asLong() != END_OF_LIFE) {
      throw new MalformedException("IPNS record of an unknown validity type");
    }
    SortedMap<String, Cbor> extra = new TreeMap<>(Cbor.Mapping.KEY_ORDER);
    for (Map.Entry<String, Cbor> field : map.entries().entrySet()) {
      if (field.getKey().startsWith(IpnsContent.EXTRA_PREFIX)) {
        extra.put(field.getKey(), field.getValue());
      }
    }
    return new IpnsContent(
        map.field(VALUE).asBytes(),
        map.field(SEQUENCE).asLong(),
        ValidityText.parse(map.field(VALIDITY).asBytes()),
        Duration.ofNanos(map.field(TTL).asLong()),
        extra);
  }

  private void checkSignature() throws MalformedException {
    int length = fields.bytes(RecordFields.SIGNATURE_V2).length;
    if (length != SIGNATURE_BYTES) {
      throw new MalformedException("IPNS record with a signature of " + length + " bytes");
    }
  }

  private void checkKey() throws MalformedException {
    if (!fields.has(RecordFields.PUBLIC_KEY)) return;
    byte[] key = fields.bytes(RecordFields.PUBLIC_KEY);
    if (key.length != KEY_PREFIX.length + IpnsName.KEY_BYTES
        || !Arrays.equals(KEY_PREFIX, Arrays.copyOf(key, KEY_PREFIX.length))) {
      throw new MalformedException("IPNS record with a key other than Ed25519");
    }
  }

  private byte[] carriedKey() {
    byte[] key = fields.bytes(RecordFields.PUBLIC_KEY);
    return Arrays.copyOfRange(key, KEY_PREFIX.length, key.length);
  }

  // Old readers believe these, so they must not say anything that was not signed.
  private void checkVersion1(Cbor.Mapping map) throws MalformedException {
    boolean same =
        Arrays.equals(fields.bytes(RecordFields.VALUE), content.value())
            && Arrays.equals(fields.bytes(RecordFields.VALIDITY), map.field(VALIDITY).asBytes())
            && fields.number(RecordFields.VALIDITY_TYPE) == END_OF_LIFE
            && fields.number(RecordFields.SEQUENCE) == content.sequence()
            && fields.number(RecordFields.TTL) == content.ttl().toNanos();
    if (!same) throw new MalformedException("IPNS record whose versions 1 and 2 disagree");
  }
}
