package parallax.deploy.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.probe.check.CheckResult;
import parallax.probe.dns.authority.SerialHistory;
import parallax.probe.dns.zone.DelegationCheck;
import parallax.probe.dns.zone.DelegationLook;
import parallax.probe.dns.zone.NameServersCheck;
import parallax.probe.dns.zone.NameServersLook;

/**
 * The part of a report that is about the zone that the name lies in.
 *
 * @param results of the delegation, then of the name servers
 * @param servers what the latter is about
 */
record ZonePart(
    List<LayerRow> rows,
    List<Detail> details,
    List<CheckResult> results,
    Optional<NameServersLook> servers) {

  static final ZonePart NONE = new ZonePart(List.of(), List.of(), List.of(), Optional.empty());

  /** Of looks at one zone. */
  static ZonePart of(DelegationLook parent, NameServersLook servers, Instant now) {
    CheckResult delegation = DelegationCheck.result(parent);
    CheckResult authority =
        NameServersCheck.result(
            servers, SerialHistory.NONE.with(servers.serials(), now), servers.walk().took());
    List<LayerRow> rows = new ArrayList<>();
    rows.add(row(Layer.DELEGATION, delegation));
    rows.add(row(Layer.DNS_AUTH, authority));
    List<Detail> details = List.of(ZoneDetails.of(parent), ZoneDetails.of(servers));
    return new ZonePart(rows, details, List.of(delegation, authority), Optional.of(servers));
  }

  /** The same, after what is known of the registration. */
  ZonePart after(RegistrationPart registration) {
    List<LayerRow> allRows = new ArrayList<>(List.of(registration.row()));
    allRows.addAll(rows);
    List<Detail> allDetails = new ArrayList<>(List.of(registration.detail()));
    allDetails.addAll(details);
    List<CheckResult> all = new ArrayList<>(List.of(registration.result()));
    all.addAll(results);
    return new ZonePart(allRows, allDetails, all, servers);
  }

  /** The same and {@code more}. */
  ZonePart with(Detail more) {
    List<Detail> all = new ArrayList<>(details);
    all.add(more);
    return new ZonePart(rows, all, results, servers);
  }

  /** Whether resolvers are shown beside the zone's servers. */
  boolean tellsOfResolvers() {
    return details.stream().anyMatch(detail -> detail.layer() == Layer.DNS);
  }

  /** The zone has no part in the waterfall: nobody who uses the target waits for it. */
  private static LayerRow row(Layer layer, CheckResult result) {
    LayerRow.State state =
        switch (result.outcome()) {
          case Outcome.Up _ -> LayerRow.State.UP;
          case Outcome.Degraded _ -> LayerRow.State.DEGRADED;
          case Outcome.Inconclusive _ -> LayerRow.State.INCONCLUSIVE;
          case Outcome.Down _ when result.layer().breaks(layer) -> LayerRow.State.SKIPPED;
          case Outcome.Down _ -> LayerRow.State.DOWN;
        };
    String seen = layer == Layer.DELEGATION ? String.join(" ", result.facts().answers()) : "";
    return new LayerRow(
        layer,
        state,
        state == LayerRow.State.SKIPPED ? "" : seen,
        state == LayerRow.State.SKIPPED ? Optional.empty() : result.outcome().why(),
        Duration.ZERO,
        Duration.ZERO);
  }

  /**
   * The outcome of it all.
   *
   * @param rest what users meet
   */
  Outcome with(CheckResult rest) {
    Optional<Outcome> broken =
        results.stream()
            .map(CheckResult::outcome)
            .filter(Outcome.Down.class::isInstance)
            .findFirst();
    Optional<Outcome> notable =
        results.stream()
            .map(CheckResult::outcome)
            .filter(Outcome.Degraded.class::isInstance)
            .findFirst();
    return switch (rest.outcome()) {
      // Names come before connections: a service that fails further up does so on its own.
      case Outcome.Down down when rest.layer() == Layer.DNS -> broken.orElse(down);
      case Outcome.Down down -> down;
      case Outcome.Inconclusive vague -> broken.orElse(vague);
      case Outcome.Degraded degraded -> broken.orElse(degraded);
      case Outcome.Up up -> broken.or(() -> notable).orElse(up);
    };
  }
}
