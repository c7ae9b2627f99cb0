package parallax.coordinator.testing;

import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import parallax.config.Configuration;
import parallax.config.access.Access;
import parallax.config.policy.ApiToken;
import parallax.config.policy.Receiver;
import parallax.config.problem.Problem;
import parallax.config.report.ReportRules;
import parallax.config.runbook.Runbook;
import parallax.config.target.Target;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.ProbeView;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;

/** A coordinator that shows what a test wants to be shown. */
public final class Shown implements Overview {
  private volatile Snapshot snapshot = Snapshot.empty(Examples.NOON);
  private volatile List<Problem> faults = List.of();
  private volatile List<ProbeConnection> connections = List.of();
  private volatile List<String> trouble = List.of();
  private volatile List<Member> members = List.of();

  public Snapshot show(List<TargetView> targets) {
    return show(targets, List.of());
  }

  /** Shows these targets and incidents, and a probe that saw all of it. */
  public Snapshot show(List<TargetView> targets, List<Incident> open) {
    Configuration configuration =
        Examples.configuration(
            "abc123", targets.stream().map(TargetView::target).toArray(Target[]::new));
    ProbeView.Newest newest =
        new ProbeView.Newest(1, 16, Examples.NOON.minusMillis(1_500), Examples.NOON);
    ProbeView probe =
        new ProbeView(Examples.EMBEDDED, Examples.NOON, Optional.of(newest), 10, 1, 2, 3);
    List<TargetView> sorted =
        targets.stream().sorted(Comparator.comparing(view -> view.target().name())).toList();
    snapshot = new Snapshot(Examples.NOON, configuration, sorted, open, List.of(probe));
    return snapshot;
  }

  /** The same, as of another time. */
  public void at(Instant now) {
    snapshot = snapshot.asOf(now);
  }

  /** Whoever shows one of these may do something. */
  public void admits(ApiToken... tokens) {
    admits(Access.of(List.of(tokens)));
  }

  /** Who may read and do what. */
  public void admits(Access access) {
    admits(access, snapshot.configuration().page());
  }

  /** The same, where people find the page. */
  public void admits(Access access, Optional<URI> page) {
    Configuration c = snapshot.configuration();
    Configuration guarded =
        new Configuration(
            c.targets(),
            c.providers(),
            c.maintenance(),
            c.receivers(),
            c.routes(),
            c.rules(),
            c.smtp(),
            c.routing(),
            c.watchdog(),
            access,
            page,
            c.runbooks(),
            c.reports(),
            c.revision());
    snapshot =
        new Snapshot(
            snapshot.at(), guarded, snapshot.targets(), snapshot.open(), snapshot.probes());
  }

  /** What to do about what, and who may report. */
  public void configured(List<Runbook> runbooks, ReportRules reports) {
    Configuration c = snapshot.configuration();
    Configuration more =
        new Configuration(
            c.targets(),
            c.providers(),
            c.maintenance(),
            c.receivers(),
            c.routes(),
            c.rules(),
            c.smtp(),
            c.routing(),
            c.watchdog(),
            c.access(),
            c.page(),
            runbooks,
            reports,
            c.revision());
    snapshot =
        new Snapshot(snapshot.at(), more, snapshot.targets(), snapshot.open(), snapshot.probes());
  }

  /** These can be told, and at some of them nothing arrives. */
  public void tells(List<Receiver> receivers, SortedMap<String, Instant> failing) {
    Configuration c = snapshot.configuration();
    Configuration telling =
        new Configuration(
            c.targets(),
            c.providers(),
            c.maintenance(),
            receivers,
            c.routes(),
            c.rules(),
            c.smtp(),
            c.routing(),
            c.watchdog(),
            c.access(),
            c.revision());
    snapshot =
        new Snapshot(
            snapshot.at(),
            telling,
            snapshot.targets(),
            snapshot.open(),
            snapshot.probes(),
            snapshot.silences(),
            failing);
  }

  public void rejected(List<Problem> problems) {
    faults = List.copyOf(problems);
  }

  public void troubled(String... reasons) {
    trouble = List.of(reasons);
  }

  @Override
  public Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public ConfigurationStatus configuration() {
    return new ConfigurationStatus(snapshot.configuration(), Examples.NOON, Examples.NOON, faults);
  }

  public void connected(ProbeConnection... all) {
    connections = List.of(all);
  }

  @Override
  public List<ProbeConnection> connections() {
    return connections;
  }

  /** These coordinators work together. */
  public void among(Member... all) {
    members = List.of(all);
  }

  @Override
  public List<Member> members() {
    return members;
  }

  @Override
  public List<String> notReady() {
    return trouble;
  }

  @Override
  public List<String> notAlive() {
    return List.of();
  }

  @Override
  public String version() {
    return "1.2.3";
  }
}
