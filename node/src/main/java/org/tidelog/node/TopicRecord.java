package org.tidelog.node;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * A topic as this device keeps it under a label of its own.
 *
 * @param id empty for a label that only gathers logs to read
 * @param own this device's log, empty for the same
 * @param index this device's index of the topic, once it was published
 */
record TopicRecord(
    Optional<Digest> id, boolean open, Optional<IpnsName> own, Optional<IpnsName> index) {

  TopicRecord withIndex(IpnsName name) {
    return new TopicRecord(id, open, own, Optional.of(name));
  }

  byte[] encode() {
    SortedMap<String, Cbor> map = new TreeMap<>(Cbor.Mapping.KEY_ORDER);
    id.ifPresent(digest -> map.put("id", new Cbor.Bytes(digest.bytes())));
    map.put("open", new Cbor.Bool(open));
    own.ifPresent(name -> map.put("own", new Cbor.Bytes(name.key())));
    index.ifPresent(name -> map.put("index", new Cbor.Bytes(name.key())));
    return DagCbor.encode(new Cbor.Mapping(map));
  }

  static TopicRecord parse(byte[] bytes) throws MalformedException {
    Cbor.Mapping map = DagCbor.decode(bytes).asMap();
    Optional<Cbor> id = map.optional("id");
    return new TopicRecord(
        id.isPresent() ? Optional.of(Digest.parse(id.get().asBytes())) : Optional.empty(),
        map.field("open").asBool(),
        name(map.optional("own")),
        name(map.optional("index")));
  }

  private static Optional<IpnsName> name(Optional<Cbor> key) throws MalformedException {
    return key.isPresent() ? Optional.of(IpnsName.parse(key.get().asBytes())) : Optional.empty();
  }
}
