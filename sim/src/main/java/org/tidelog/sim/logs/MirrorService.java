package org.tidelog.sim.logs;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.sim.network.Breakdown;
import org.tidelog.sim.network.Layer;
import org.tidelog.sim.world.Parcel;
import org.tidelog.sim.world.Service;

/**
 * Content-addressed storage and a name system on one helper: a gateway with a delegated-routing
 * endpoint. Takes what it is given; whoever reads checks it.
 */
final class MirrorService implements Service {
  private static final Parcel NOTHING = new Parcel(new byte[0], Breakdown.NONE);
  private static final Parcel UNCHANGED = Parcel.of(Layer.RECORD, MirrorTalk.UNCHANGED);

  private final int host;
  private final Itemising itemising;
  private final Map<IpnsName, Parcel> records = new HashMap<>();
  private final Map<Cid, Parcel> blocks = new HashMap<>();

  MirrorService(int host, Itemising itemising) {
    this.host = host;
    this.itemising = itemising;
  }

  @Override
  public int host() {
    return host;
  }

  @Override
  public Parcel answer(byte[] bytes, long nowMillis) {
    try {
      return answer(MirrorTalk.Request.parse(bytes));
    } catch (MalformedException e) {
      throw new AssertionError("a request that a device of this run has made", e);
    }
  }

  private Parcel answer(MirrorTalk.Request request) throws MalformedException {
    switch (request.verb()) {
      case GET_NAME -> {
        Parcel record = records.getOrDefault(IpnsName.parse(request.name()), NOTHING);
        return isKnown(record, request.body()) ? UNCHANGED : record;
      }
      case PUT_NAME -> {
        IpnsName name = IpnsName.parse(request.name());
        records.put(name, new Parcel(request.body(), itemising.record(name, request.body())));
      }
      case GET_BLOCK -> {
        return blocks.getOrDefault(Cid.parse(request.name()), NOTHING);
      }
      case PUT_BLOCK ->
          blocks.put(
              Cid.parse(request.name()),
              new Parcel(request.body(), itemising.block(request.body())));
      case REMOVE_BLOCKS -> request.cids().forEach(blocks::remove);
    }
    return NOTHING;
  }

  private static boolean isKnown(Parcel record, byte[] tag) {
    return record.bytes().length > 0 && Arrays.equals(MirrorTalk.tag(record.bytes()), tag);
  }
}
