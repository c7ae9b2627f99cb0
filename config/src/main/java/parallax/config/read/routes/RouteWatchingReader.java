package parallax.config.read.routes;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.check.ServerAddress;
import parallax.config.routes.Document;
import parallax.config.routes.RouteLimits;
import parallax.config.routes.RouteWatching;
import parallax.config.routes.RouteWatching.Rpki;
import parallax.config.routes.SourceSpec;

/** The key {@code bgp} of a file: how routes are watched. */
public final class RouteWatchingReader {
  private static final int MAX_SOURCES = 16;
  private static final int MAX_TABLES = 64;
  private static final int MAX_CANARIES = 100;

  /** The port of RTR (RFC 8210 section 13). */
  private static final int RTR_PORT = 323;

  private static final Field<List<SourceSpec>> SOURCES =
      Field.optional(
          "sources",
          Kinds.oneOrMany(SourceReader.KIND, MAX_SOURCES),
          "Who is listened to. Left out: nobody; no routes are watched.");
  private static final Field<List<Document>> TABLES =
      Field.optional(
          "tables",
          Kinds.oneOrMany(RouteKinds.document(), MAX_TABLES),
          "MRT files, or their URLs, that are read at the start: what collectors had before.");
  private static final Field<Document> VRPS =
      Field.optional(
          "vrps",
          RouteKinds.document(),
          "What the RPKI allows, as JSON of a validator: a file or a URL, read every 15 minutes.");
  private static final Field<ServerAddress> RTR =
      Field.optional(
          "rtr",
          RouteKinds.server(RTR_PORT),
          "The same from a cache that speaks RTR (RFC 8210), as host or host:port.");
  private static final Field<Path> SLURM =
      Field.optional(
          "slurm", RouteKinds.file(), "A file of exceptions to what the RPKI allows (RFC 8416).");
  private static final Field<RouteLimits> LIMITS =
      Field.optional("limits", LimitsReader.KIND, "When what is seen becomes a verdict.");
  private static final Field<List<String>> CANARIES =
      Field.optional(
          "canaries",
          Kinds.oneOrMany(RouteKinds.prefix(), MAX_CANARIES),
          "Networks that have nothing to do with the targets: when they move too, it is the"
              + " sources' trouble.");

  public static final Kind<RouteWatching> KIND =
      Kinds.fields(
          Shape.of(
              "routes of the internet",
              "How routes are watched.",
              SOURCES,
              TABLES,
              VRPS,
              RTR,
              SLURM,
              LIMITS,
              CANARIES),
          (values, _, reading) -> Optional.of(watching(values, reading)));

  private RouteWatchingReader() {}

  private static RouteWatching watching(Values values, Reading reading) {
    if (values.has(VRPS.key()) && values.has(RTR.key())) {
      reading
          .problems()
          .error(values.placeOf(RTR.key()), "'rtr' can't stand beside 'vrps'; keep one");
    }
    if (values.has(SLURM.key()) && !values.has(VRPS.key()) && !values.has(RTR.key())) {
      reading
          .problems()
          .error(
              values.placeOf(SLURM.key()),
              "'slurm' needs what it is an exception to: 'vrps' or 'rtr'");
    }
    List<SourceSpec> sources = values.get(SOURCES).orElse(List.of());
    Set<SourceSpec> different = new LinkedHashSet<>(sources);
    if (different.size() < sources.size()) {
      reading
          .problems()
          .error(values.placeOf(SOURCES.key()), "'sources' has one of them twice; remove one");
    }
    return new RouteWatching(
        sources,
        values.get(TABLES).orElse(List.of()),
        new Rpki(values.get(VRPS), values.get(RTR), values.get(SLURM)),
        values.get(LIMITS).orElse(RouteLimits.USUAL),
        values.get(CANARIES).orElse(List.of()));
  }
}
