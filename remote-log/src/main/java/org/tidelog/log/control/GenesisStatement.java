package org.tidelog.log.control;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * Who writes a log: the device, by a signature of its key over the log's; in which incarnation;
 * under which name people know it.
 *
 * @param incarnation 16 random bytes, new whenever a device begins anew
 * @param deviceKey Ed25519 public key, 32 bytes
 * @param deviceSignature over log key, topic id, purpose and incarnation, 64 bytes
 * @param recoveryKeyHash SHA-256 of the public key that may say "this log continues that one"
 * @param displayName at most {@link #NAME_BYTES_MAX} bytes of UTF-8, may be empty
 */
public record GenesisStatement(
    LogPurpose purpose,
    byte[] incarnation,
    byte[] deviceKey,
    byte[] deviceSignature,
    Digest recoveryKeyHash,
    String displayName) {
  public static final int INCARNATION_BYTES = 16;
  public static final int NAME_BYTES_MAX = 256;

  private static final byte[] TAG = Sha256.tag("tidelog/device/1");
  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  public GenesisStatement {
    if (incarnation.length != INCARNATION_BYTES) {
      throw new IllegalArgumentException("incarnation: " + incarnation.length + " bytes");
    }
    if (utf8(displayName).length > NAME_BYTES_MAX) {
      throw new IllegalArgumentException("displayName: over " + NAME_BYTES_MAX + " bytes");
    }
    incarnation = incarnation.clone();
    deviceKey = deviceKey.clone();
    deviceSignature = deviceSignature.clone();
  }

  /** What a device says of itself wherever it writes. */
  public record Author(
      Signer device, byte[] incarnation, Digest recoveryKeyHash, String displayName) {}

  public static GenesisStatement sign(
      Author author, IpnsName log, Digest topicId, LogPurpose purpose) {
    byte[] signature = author.device.sign(signed(log, topicId, purpose, author.incarnation));
    return new GenesisStatement(
        purpose,
        author.incarnation,
        author.device.publicKey(),
        signature,
        author.recoveryKeyHash,
        author.displayName);
  }

  public boolean verify(IpnsName log, Digest topicId, Verifier verifier) {
    return verifier.verify(deviceKey, signed(log, topicId, purpose, incarnation), deviceSignature);
  }

  private static byte[] signed(
      IpnsName log, Digest topicId, LogPurpose purpose, byte[] incarnation) {
    return new ByteWriter()
        .bytes(TAG)
        .bytes(log.key())
        .digest(topicId)
        .u8(purpose.code())
        .bytes(incarnation)
        .toByteArray();
  }

  byte[] encode() {
    return new ByteWriter()
        .u8(purpose.code())
        .bytes(incarnation)
        .bytes(deviceKey)
        .bytes(deviceSignature)
        .digest(recoveryKeyHash)
        .bytes(utf8(displayName))
        .toByteArray();
  }

  static GenesisStatement parse(byte[] bytes) throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    LogPurpose purpose = LogPurpose.of(in.u8());
    byte[] incarnation = in.bytes(INCARNATION_BYTES);
    byte[] deviceKey = in.bytes(KEY_BYTES);
    byte[] signature = in.bytes(SIGNATURE_BYTES);
    Digest recovery = in.digest();
    if (in.remaining() > NAME_BYTES_MAX) {
      throw new MalformedException("display name of " + in.remaining() + " bytes");
    }
    String name = text(in.bytes(in.remaining()));
    return new GenesisStatement(purpose, incarnation, deviceKey, signature, recovery, name);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] utf8) throws MalformedException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("display name that is not UTF-8", e);
    }
  }

  @Override
  public byte[] incarnation() {
    return incarnation.clone();
  }

  @Override
  public byte[] deviceKey() {
    return deviceKey.clone();
  }

  @Override
  public byte[] deviceSignature() {
    return deviceSignature.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GenesisStatement that && Arrays.equals(encode(), that.encode());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(deviceSignature);
  }
}
