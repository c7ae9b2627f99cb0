package parallax.coordinator.page.dates;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec.ServiceSpec;
import parallax.config.check.service.Security;
import parallax.config.observation.Facts;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.page.LabelFilter;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;

/**
 * What of the targets runs out, and of what that is not known.
 *
 * @param known the first to end first
 * @param unknown by name
 */
public record Endings(List<Ending> known, List<Ending> unknown) {
  private static final Comparator<Ending> BY_NAME =
      Comparator.comparing(Ending::name).thenComparing(Ending::kind);
  private static final Comparator<Ending> SOONEST =
      Comparator.comparing((Ending ending) -> ending.end().orElse(Instant.MAX))
          .thenComparing(BY_NAME);

  public Endings {
    known = List.copyOf(known);
    unknown = List.copyOf(unknown);
  }

  /** What one target tells of something that ends. */
  private record Told(Ending.Kind kind, String name, Optional<Instant> end, String by) {}

  private record Key(Ending.Kind kind, String name) {}

  /** Of the targets with a label. */
  public static Endings of(Snapshot snapshot, LabelFilter label) {
    Map<Key, Ending> all = new LinkedHashMap<>();
    for (TargetView view : snapshot.targets()) {
      if (label.admits(view.target())) {
        for (Told told : told(view)) {
          all.merge(
              new Key(told.kind(), told.name()),
              new Ending(
                  told.kind(), told.name(), told.end(), told.by(), List.of(view.target().name())),
              Endings::both);
        }
      }
    }
    return new Endings(
        all.values().stream().filter(each -> each.end().isPresent()).sorted(SOONEST).toList(),
        all.values().stream().filter(each -> each.end().isEmpty()).sorted(BY_NAME).toList());
  }

  /** The earlier end of two, and the targets of both. */
  private static Ending both(Ending one, Ending other) {
    Ending sooner = SOONEST.compare(one, other) <= 0 ? one : other;
    List<TargetName> targets = new ArrayList<>(one.targets());
    targets.addAll(other.targets());
    return new Ending(one.kind(), one.name(), sooner.end(), sooner.by(), targets);
  }

  private static List<Told> told(TargetView view) {
    List<Told> told = new ArrayList<>();
    registration(view).ifPresent(told::add);
    certificate(view).ifPresent(told::add);
    return told;
  }

  private static Optional<Told> registration(TargetView view) {
    Optional<Facts.RegistrationSeen> seen = view.registration();
    if (seen.isPresent()) {
      Facts.RegistrationSeen known = seen.get();
      String by =
          known.expiry().isPresent()
              ? known.registrar().orElse("")
              : known.registry() + " does not tell it";
      return Optional.of(new Told(Ending.Kind.REGISTRATION, known.domain(), known.expiry(), by));
    }
    return view.target()
        .check(CheckKind.REGISTRATION)
        .map(
            _ ->
                new Told(
                    Ending.Kind.REGISTRATION,
                    server(view.target()),
                    Optional.empty(),
                    "no registry has told it yet"));
  }

  private static Optional<Told> certificate(TargetView view) {
    String name = server(view.target());
    Optional<Told> seen =
        view.certificateExpiry()
            .map(
                end ->
                    new Told(
                        Ending.Kind.CERTIFICATE, name, Optional.of(end), issuer(view).orElse("")));
    return seen.isPresent() || !speaksTls(view.target())
        ? seen
        : Optional.of(
            new Told(Ending.Kind.CERTIFICATE, name, Optional.empty(), "no probe has seen it yet"));
  }

  private static boolean speaksTls(Target target) {
    return target.check(CheckKind.TLS).isPresent()
        || target
            .check(CheckKind.SERVICE)
            .filter(check -> check instanceof ServiceSpec of && of.security() == Security.TLS)
            .isPresent()
        || target.url().filter(url -> "https".equalsIgnoreCase(url.getScheme())).isPresent();
  }

  private static Optional<String> issuer(TargetView view) {
    return view.looks().stream()
        .map(Evidence::observation)
        .flatMap(seen -> seen.facts().issuer().stream())
        .findFirst();
  }

  /** The host, with the port where it is written; the target's name where it has none. */
  private static String server(Target target) {
    Optional<String> host = target.url().map(URI::getHost);
    int port = target.url().map(URI::getPort).orElse(-1);
    return host.map(name -> port < 0 ? name : name + ":" + port).orElse(target.name().value());
  }
}
