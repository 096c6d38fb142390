package org.tidelog.sim.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tidelog.sim.network.Layer;

/** Layers that people think of together; they have one colour. */
enum Family {
  PAYLOAD("payload, every copy of it", Layer.PAYLOAD),
  MESSAGES(
      "fields around messages",
      Layer.MESSAGE,
      Layer.ENTRY,
      Layer.HEAD,
      Layer.PAGE,
      Layer.RECORD,
      Layer.ENVELOPE),
  TALK("talk about who has what", Layer.OFFER, Layer.REQUEST, Layer.ACK, Layer.SYNC),
  CONNECTIONS(
      "connections and their set-up",
      Layer.NOISE,
      Layer.MULTISTREAM,
      Layer.YAMUX,
      Layer.IDENTIFY,
      Layer.TLS),
  SERVICES("calls and look-ups", Layer.HTTP, Layer.DNS, Layer.DHT),
  HEADERS("UDP, TCP and IP headers", Layer.TRANSPORT, Layer.IP);

  private final String words;
  private final List<Layer> layers;

  Family(String words, Layer... layers) {
    this.words = words;
    this.layers = List.of(layers);
  }

  String words() {
    return words;
  }

  List<Layer> layers() {
    return layers;
  }

  /** The class that the stylesheet has a colour for. */
  String style() {
    return "family-" + name().toLowerCase(Locale.ROOT);
  }

  static List<Family> all() {
    return Arrays.asList(values());
  }
}
