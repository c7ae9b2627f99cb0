package parallax.coordinator.replay.scenario;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import parallax.config.observation.Layer;
import parallax.coordinator.core.incident.Incident.Subject;
import parallax.coordinator.core.verdict.Scope;

/**
 * An incident that must be raised. It counts when it is published from a second before {@code
 * onsetMs} to {@code untilMs}, both included.
 *
 * @param targets all must be covered; empty for our own side
 * @param mayInclude further targets that may be covered
 * @param scopes accepted; empty: any
 * @param regions that must be named where the scope is REGIONAL
 * @param layers accepted; empty: any
 * @param culprits accepted; empty: any
 * @param openWithinMs the latest opening after the onset
 * @param causeWithinMs the moment after the onset at which scope and cause are judged
 * @param pages the most service incidents this may be split into
 */
public record ExpectedIncident(
    String name,
    Subject subject,
    List<String> targets,
    List<String> mayInclude,
    List<Scope> scopes,
    List<String> regions,
    List<Layer> layers,
    List<String> culprits,
    long onsetMs,
    long untilMs,
    OptionalLong openWithinMs,
    OptionalLong causeWithinMs,
    int pages,
    Optional<End> end) {

  /** How long before the onset a publication still counts. */
  public static final long EARLY_MS = 1_000;

  public ExpectedIncident {
    targets = List.copyOf(targets);
    mayInclude = List.copyOf(mayInclude);
    scopes = List.copyOf(scopes);
    regions = List.copyOf(regions);
    layers = List.copyOf(layers);
    culprits = List.copyOf(culprits);
  }

  /** Whether an incident that was published then counts for this. */
  public boolean counts(long publishedMs) {
    return publishedMs >= onsetMs - EARLY_MS && publishedMs <= untilMs;
  }

  /** How it must end. */
  public sealed interface End {
    /** It must be declared over in this time, both ends included. */
    record Within(long startMs, long endMs) implements End {}

    /** It must be open when the scenario ends. */
    record StillOpen() implements End {}
  }
}
