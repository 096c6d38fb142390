package org.tidelog.sim.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.tidelog.sim.availability.AvailabilityOptions;
import org.tidelog.sim.availability.Profile;
import org.tidelog.sim.network.Link;
import org.tidelog.sim.network.Nat;
import org.tidelog.sim.scenario.NetworkPlan.Part;
import org.tidelog.sim.scenario.WorkloadPlan.Kind;
import org.tidelog.sim.workload.ChatWorkload;
import org.tidelog.sim.workload.Sizes;
import org.tidelog.sim.world.Message;
import org.tidelog.sim.world.WorldOptions;

/**
 * Makes a {@link Scenario} of one combination's mapping; the defaults are here and in docs/sim.md.
 */
final class ScenarioReader {
  private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);
  private static final long SETTLE_MILLIS = 30 * DAY_MILLIS;
  private static final int PAYLOAD_BYTES = 256;
  private static final int ATTACHMENT_BYTES = 200 * 1_024;

  private final String name;
  private final Texts texts;

  /** Other files that a scenario names. */
  @FunctionalInterface
  interface Texts {
    /** Bytes as ISO 8859-1; {@code place} is for the message. */
    String read(String place, String path) throws ScenarioException;
  }

  ScenarioReader(String name, Texts texts) {
    this.name = name;
    this.texts = texts;
  }

  Scenario read(YamlNode.Mapping mapping) throws ScenarioException {
    Section root = Section.root(mapping);
    try {
      Profile profile =
          root.section("availability")
              .choice("profile", Profile.ALWAYS, Profile.words(), Profile::parse);
      Scenario scenario =
          new Scenario(
              root.text("name", name),
              root.text("description", "").strip(),
              Math.round(root.number("seed", 1, 0)),
              root.count("replicates", 1, 1),
              strategies(root),
              workload(root, profile),
              network(root.section("network"), profile == Profile.VAC_IID),
              MvdsPlan.read(root.section("mvds")),
              LogsPlan.read(root.section("logs")),
              root.millis("settle", SETTLE_MILLIS, 0));
      root.get("availability");
      root.end();
      return scenario;
    } catch (IllegalArgumentException e) {
      throw new ScenarioException(mapping.place() + ": " + e.getMessage());
    }
  }

  private static List<StrategyKind> strategies(Section root) throws ScenarioException {
    List<StrategyKind> kinds = new ArrayList<>();
    for (String word : root.words("strategies", StrategyKind.words())) {
      kinds.add(
          StrategyKind.parse(word)
              .orElseThrow(
                  () ->
                      new ScenarioException(
                          root.place("strategies")
                              + ": strategies: '"
                              + word
                              + "' is none of "
                              + String.join(", ", StrategyKind.words()))));
    }
    return kinds;
  }

  private WorkloadPlan workload(Section root, Profile profile) throws ScenarioException {
    Section groups = root.section("groups");
    Section section = root.section("workload");
    Kind kind = section.choice("kind", Kind.FIXED, Kind.values());
    String log = section.text("log", "");
    if (kind == Kind.IRC && log.isEmpty()) {
      throw new ScenarioException(section.place("kind") + ": workload.log: which transcript?");
    }
    if (kind != Kind.IRC && profile == Profile.IRC) {
      throw new ScenarioException(
          section.place("kind") + ": availability.profile: 'irc' needs workload.kind irc");
    }
    WorkloadPlan plan =
        new WorkloadPlan(
            kind,
            groups.count("count", 1, 1),
            groups.count("recipients", 1, 1),
            new Sizes(
                section.bytes("payload", PAYLOAD_BYTES, Message.BYTES_MIN),
                section.number("sigma", 0, 0),
                section.share("attachments", 0),
                section.bytes("attachment", ATTACHMENT_BYTES, Message.BYTES_MIN)),
            messages(section, groups),
            section.millis("interval", 0, 0),
            new ChatWorkload.Habit(
                section.number("rate", 20, 0),
                section.number("burst", 1, 1),
                section.share("replies", 0)),
            root.millis("duration", DAY_MILLIS, 1),
            kind == Kind.IRC ? texts.read(section.place("log"), log) : "",
            availability(root.section("availability"), profile));
    groups.end();
    section.end();
    return plan;
  }

  /**
   * Said itself, or by how many deliveries there shall be: few recipients then get more messages.
   */
  private static int messages(Section section, Section groups) throws ScenarioException {
    int deliveries = section.count("deliveries", 0, 0);
    int messages = section.count("messages", 1, 1);
    int each = groups.count("count", 1, 1) * groups.count("recipients", 1, 1);
    return deliveries == 0 ? messages : Math.max(1, deliveries / each);
  }

  private AvailabilityOptions availability(Section section, Profile profile)
      throws ScenarioException {
    AvailabilityOptions otherwise = AvailabilityOptions.of(profile);
    section.get("profile");
    String trace = section.text("trace", "");
    if (profile == Profile.TRACE && trace.isEmpty()) {
      throw new ScenarioException(section.place("profile") + ": availability.trace: which file?");
    }
    List<Double> zones = new ArrayList<>();
    for (String zone : section.words("zones", List.of("0"))) {
      zones.add(
          Quantities.millis(zone)
              .or(() -> Quantities.number(zone).map(hours -> hours * 3.6e6))
              .map(millis -> millis / 3.6e6)
              .orElseThrow(
                  () ->
                      new ScenarioException(
                          section.place("zones")
                              + ": availability.zones: '"
                              + zone
                              + "' is not hours such as 9 h")));
    }
    AvailabilityOptions options =
        new AvailabilityOptions(
            profile,
            section.share("uptime", profile == Profile.HOME_MAILBOX ? 0.99 : otherwise.uptime()),
            section.millis("slot", otherwise.slotMillis(), 1),
            section.millis("session", otherwise.sessionMillis(), 1),
            section.millis("outage", otherwise.outageMillis(), 1),
            section.count("refreshes", otherwise.refreshesPerDay(), 0),
            section.number("spread", 0, 0),
            zones,
            trace.isEmpty() ? "" : texts.read(section.place("trace"), trace));
    section.end();
    return options;
  }

  private static NetworkPlan network(Section section, boolean isBlind) throws ScenarioException {
    boolean hasHeaders = section.flag("headers", true);
    WorldOptions world =
        new WorldOptions(
            hasHeaders,
            isBlind,
            section.decimalMillis("core_latency", WorldOptions.REAL.coreLatencyMillis()),
            section.flag("identify", true));
    double loss = section.share("loss", -1);
    List<Part<Link>> links = new ArrayList<>();
    for (Part<Link> part : parts(section, "links", "wifi", Link::parse)) {
      Link link = loss < 0 ? part.value() : part.value().withLoss(loss);
      links.add(new Part<>(link, part.share()));
    }
    List<Part<Nat>> nats = parts(section, "nat", "open", ScenarioReader::nat);
    long cap = section.bytes("cap", 0, 0);
    section.end();
    return new NetworkPlan(world, links, nats, cap);
  }

  private static Optional<Nat> nat(String word) {
    return Arrays.stream(Nat.values())
        .filter(nat -> nat.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }

  private static <T> List<Part<T>> parts(
      Section section, String key, String otherwise, Function<String, Optional<T>> parse)
      throws ScenarioException {
    List<Part<T>> parts = new ArrayList<>();
    Map<String, Double> shares = new LinkedHashMap<>(section.shares(key, Map.of(otherwise, 1.0)));
    for (Map.Entry<String, Double> entry : shares.entrySet()) {
      T value =
          parse
              .apply(entry.getKey())
              .orElseThrow(
                  () ->
                      new ScenarioException(
                          section.place(key)
                              + ": network."
                              + key
                              + ": there is no '"
                              + entry.getKey()
                              + "'"));
      parts.add(new Part<>(value, entry.getValue()));
    }
    return parts;
  }
}
