package parallax.coordinator.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.config.observation.Facts;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.metrics.kept.KeptLines;
import parallax.coordinator.metrics.kept.KeptTargets.Told;
import parallax.coordinator.view.TargetView;

/**
 * What few looks tell: when things run out, and who sees routes. All looks are gone through once
 * for a page, when it is first asked for. Used by one thread at a time.
 */
final class Rare {
  private final List<Told> targets;
  private @Nullable Found found;

  /** When something of a target runs out. */
  record Expiry(KeptLines lines, Instant at) {}

  private record Found(
      List<Expiry> signatures,
      SortedMap<String, Facts.RegistrationSeen> registrations,
      SortedMap<String, TargetView.RouteLook> routes) {}

  Rare(List<Told> targets) {
    this.targets = targets;
  }

  /** Certificates as they were seen last. */
  Iterator<Expiry> certificates() {
    return expiries(told -> told.view().certificateExpiry()).iterator();
  }

  /** The first signature of each zone. */
  Iterator<Expiry> signatures() {
    return found().signatures().iterator();
  }

  /** By domain; those whose end is known. */
  SortedMap<String, Facts.RegistrationSeen> registrations() {
    return found().registrations();
  }

  /** By prefix, as the look that knows most peers sees it. */
  SortedMap<String, TargetView.RouteLook> routes() {
    return found().routes();
  }

  private interface Ends {
    Optional<Instant> of(Told told);
  }

  private List<Expiry> expiries(Ends ends) {
    List<Expiry> expiries = new ArrayList<>();
    for (Told told : targets) {
      ends.of(told).ifPresent(at -> expiries.add(new Expiry(told.lines(), at)));
    }
    return expiries;
  }

  private Found found() {
    Found known = found;
    if (known == null) {
      known = find();
      found = known;
    }
    return known;
  }

  private Found find() {
    Found all = new Found(new ArrayList<>(), new TreeMap<>(), new TreeMap<>());
    for (Told told : targets) {
      boolean signed = false;
      boolean registered = false;
      boolean routed = false;
      for (Evidence look : told.view().looks()) {
        Facts facts = look.observation().facts();
        signed |= facts.signatureExpiry().isPresent();
        registered |= facts.registration().isPresent();
        routed |= !facts.routes().isEmpty();
      }
      if (signed) {
        told.view()
            .signatureExpiry()
            .ifPresent(at -> all.signatures().add(new Expiry(told.lines(), at)));
      }
      if (registered) {
        told.view()
            .registration()
            .filter(seen -> seen.expiry().isPresent())
            .ifPresent(seen -> all.registrations().merge(seen.domain(), seen, Rare::newer));
      }
      if (routed) {
        for (TargetView.RouteLook look : told.view().routes()) {
          all.routes().merge(look.route().prefix(), look, TargetView.RouteLook::better);
        }
      }
    }
    return all;
  }

  private static Facts.RegistrationSeen newer(Facts.RegistrationSeen a, Facts.RegistrationSeen b) {
    return a.asOf().isBefore(b.asOf()) ? b : a;
  }
}
