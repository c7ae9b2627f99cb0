package parallax.coordinator.cluster.replica;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Vantage;
import parallax.config.wire.Batch;
import parallax.config.wire.Decoded;
import parallax.coordinator.cluster.item.Item;
import parallax.coordinator.cluster.item.Origin;
import parallax.coordinator.core.evidence.Evidence;

/** Evidence as items, and back. */
final class Encoding {
  private static final long NANOS = 1_000_000_000;

  private Encoding() {}

  /** Items by probe and run, each in the order of the evidence. */
  static List<List<Item>> items(List<Evidence> evidence) {
    Map<Run, List<Item>> runs = new LinkedHashMap<>();
    Map<Run, Origin> origins = new HashMap<>();
    for (Evidence one : evidence) {
      Observation seen = one.observation();
      Run run = new Run(seen.vantage(), seen.id().boot());
      Origin origin =
          origins.computeIfAbsent(
              run,
              _ -> new Origin(run.vantage.probe().value(), run.boot, Batch.encode(run.vantage)));
      runs.computeIfAbsent(run, _ -> new ArrayList<>()).add(item(one, origin));
    }
    return List.copyOf(runs.values());
  }

  private record Run(Vantage vantage, long boot) {}

  private static Item item(Evidence evidence, Origin origin) {
    Observation seen = evidence.observation();
    return new Item(
        origin,
        seen.id().sequence(),
        nanos(evidence.received()),
        new Item.Subject(seen.target().value(), seen.check().label()),
        Batch.encode(seen));
  }

  static long nanos(Instant instant) {
    return instant.getEpochSecond() * NANOS + instant.getNano();
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  /** The evidence of items, without those that this version cannot read. */
  static List<Evidence> evidence(List<Item> items) {
    Map<Origin, Optional<Vantage>> vantages = new HashMap<>();
    List<Evidence> evidence = new ArrayList<>(items.size());
    for (Item item : items) {
      vantages
          .computeIfAbsent(item.origin(), Encoding::vantage)
          .flatMap(vantage -> evidence(item, vantage))
          .ifPresent(evidence::add);
    }
    return evidence;
  }

  private static Optional<Vantage> vantage(Origin origin) {
    return Batch.decodeVantage(origin.vantage()) instanceof Decoded.Good<Vantage>(var vantage)
        ? Optional.of(vantage)
        : Optional.empty();
  }

  private static Optional<Evidence> evidence(Item item, Vantage vantage) {
    ObservationId id = new ObservationId(vantage.probe(), item.origin().boot(), item.sequence());
    return Batch.decode(item.observation(), id, vantage)
            instanceof Decoded.Good<Observation>(var observation)
        ? Optional.of(new Evidence(observation, instant(item.received())))
        : Optional.empty();
  }
}
