package parallax.coordinator.status.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import parallax.config.policy.Maintenance;
import parallax.config.publicpage.Service;
import parallax.config.publicpage.StatusPage;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Nature;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.status.model.PublicIncident.Effect;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;
import parallax.coordinator.view.Window;
import parallax.coordinator.view.Words;
import parallax.coordinator.view.maintenance.Spans;
import parallax.coordinator.view.maintenance.Windows;

/** Makes of what is known what the public is shown. Pure. */
public final class StatusBoards {
  /** How many days are shown. */
  public static final int DAYS = Math.toIntExact(Window.QUARTER.length().toDays());

  /** What is over for longer than this is not shown. */
  public static final Duration PAST = Duration.ofDays(15);

  /** How long before it begins maintenance is announced. */
  public static final Duration ANNOUNCED = Duration.ofDays(14);

  /** More incidents, or windows of maintenance, than this are not shown: the oldest, the last. */
  public static final int MAX_SHOWN = 50;

  /** Of one maintenance, more windows than this are not shown. */
  static final int MAX_OF_ONE = 4;

  /** Of a maintenance that comes more often, the windows that are near are not looked for. */
  private static final int MAX_WINDOWS = 2_000;

  private final Snapshot snapshot;
  private final Instant now;
  private final StatusPage page;
  private final Windows windows;

  /** Each service with its targets, in the order of the page. */
  private final List<Members> members = new ArrayList<>();

  private record Members(Service service, List<TargetView> targets, Set<TargetName> names) {}

  private StatusBoards(Snapshot snapshot, Instant now) {
    this.snapshot = snapshot;
    this.now = now;
    page = snapshot.configuration().statusPage();
    windows = new Windows(snapshot.configuration().maintenance(), now, Window.LONGEST);
    page.services().forEach(service -> members.add(members(service)));
  }

  private Members members(Service service) {
    List<TargetView> views =
        snapshot.targets().stream().filter(view -> service.includes(view.target())).toList();
    TreeSet<TargetName> names = new TreeSet<>();
    views.forEach(view -> names.add(view.target().name()));
    return new Members(service, views, names);
  }

  /**
   * What the public is shown.
   *
   * @param now not before what the snapshot knows
   */
  public static StatusBoard of(Snapshot snapshot, Ledger ledger, Instant now) {
    StatusBoards maker = new StatusBoards(snapshot, now);
    List<ServiceView> services = maker.members.stream().map(maker::service).toList();
    List<StatusBoard.Group> groups = new ArrayList<>();
    int from = 0;
    for (StatusPage.Group group : maker.page.groups()) {
      int to = from + group.services().size();
      groups.add(new StatusBoard.Group(group.name(), services.subList(from, to)));
      from = to;
    }
    Instant oldest = now.minus(PAST);
    return new StatusBoard(
        now,
        maker.page.title(),
        maker.page.url(),
        snapshot.configuration().reports().isPublic(),
        groups,
        maker.incidents(snapshot.open(), ledger),
        maker.incidents(
            ledger.past().stream()
                .filter(incident -> incident.resolved().filter(oldest::isBefore).isPresent())
                .toList(),
            ledger),
        maker.maintenance());
  }

  private ServiceView service(Members of) {
    List<TargetView> maintained = new ArrayList<>();
    List<TargetView> rest = new ArrayList<>();
    for (TargetView view : of.targets()) {
      (windows.open(view.target()).isPresent() ? maintained : rest).add(view);
    }
    ServiceState state = state(rest);
    boolean works = rest.isEmpty() || state == ServiceState.UP;
    if (!maintained.isEmpty() && works && state(maintained) != ServiceState.UP) {
      state = ServiceState.MAINTENANCE;
    } else if (rest.isEmpty()) {
      state = state(maintained);
    }
    Map<Window, Double> uptime = new EnumMap<>(Window.class);
    for (Window window : Window.values()) {
      UptimeHistory.Part part = part(of, now.minus(window.length()), now);
      if (part.known() > 0) {
        uptime.put(window, (double) part.up() / part.known());
      }
    }
    return new ServiceView(
        of.service().name(),
        of.service().description(),
        state,
        since(of.targets(), state),
        days(of),
        uptime);
  }

  /** All are down: down. Any is not as it should be: degraded. Of any nothing is known: unknown. */
  private static ServiceState state(List<TargetView> views) {
    List<TargetState> states = views.stream().map(StatusBoards::state).distinct().toList();
    if (states.isEmpty()) {
      return ServiceState.UNKNOWN;
    }
    if (states.contains(TargetState.DEGRADED)) {
      return ServiceState.DEGRADED;
    }
    if (states.contains(TargetState.DOWN)) {
      boolean any = states.contains(TargetState.UP);
      return any ? ServiceState.DEGRADED : ServiceState.DOWN;
    }
    return states.contains(TargetState.UNKNOWN) ? ServiceState.UNKNOWN : ServiceState.UP;
  }

  /** That something will run out is no matter of the public. */
  private static TargetState state(TargetView view) {
    Verdict verdict = view.verdict();
    boolean onlyRunsOut =
        verdict.cause().filter(cause -> Nature.runsOut(cause.finding().reason())).isPresent();
    boolean bad = verdict.state() == TargetState.DEGRADED || verdict.state() == TargetState.DOWN;
    return bad && onlyRunsOut ? TargetState.UP : verdict.state();
  }

  private static Optional<Instant> since(List<TargetView> views, ServiceState state) {
    return switch (state) {
      case UP -> views.stream().map(view -> view.verdict().since()).max(Comparator.naturalOrder());
      case DOWN, DEGRADED, MAINTENANCE ->
          views.stream()
              .filter(view -> state(view) != TargetState.UP)
              .map(view -> view.verdict().since())
              .min(Comparator.naturalOrder());
      case UNKNOWN -> Optional.empty();
    };
  }

  private List<Day> days(Members of) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    List<Day> days = new ArrayList<>(DAYS);
    for (int back = DAYS - 1; back >= 0; back--) {
      LocalDate date = today.minusDays(back);
      Instant from = date.atStartOfDay(ZoneOffset.UTC).toInstant();
      Instant next = date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      Instant until = next.isAfter(now) ? now : next;
      UptimeHistory.Part part = part(of, from, until);
      long targets = Math.max(1, of.targets().size());
      days.add(
          new Day(
              date,
              Duration.between(from, until),
              Duration.ofMillis(part.known() / targets),
              Duration.ofMillis((part.known() - part.up() + targets - 1) / targets)));
    }
    return days;
  }

  /** Of all targets together. */
  private UptimeHistory.Part part(Members of, Instant from, Instant until) {
    UptimeHistory.Part sum = UptimeHistory.Part.NONE;
    for (TargetView view : of.targets()) {
      Spans apart = windows.of(view.target());
      sum = sum.plus(view.uptime().part(from, until, apart));
    }
    return sum;
  }

  /** Those that were told and that users of what is public notice, the newest first. */
  private List<PublicIncident> incidents(List<Incident> all, Ledger ledger) {
    List<PublicIncident> shown = new ArrayList<>();
    for (Incident incident : all) {
      if (incident.subject() == Incident.Subject.SERVICE && incident.published().isPresent()) {
        incident(incident, ledger).ifPresent(shown::add);
      }
    }
    return shown.stream()
        .sorted(
            Comparator.comparing(PublicIncident::began)
                .reversed()
                .thenComparing(PublicIncident::id))
        .limit(MAX_SHOWN)
        .toList();
  }

  private Optional<PublicIncident> incident(Incident incident, Ledger ledger) {
    List<String> hit =
        members.stream()
            .filter(each -> isHit(each, incident))
            .map(each -> each.service().name())
            .toList();
    Nature nature = Nature.of(incident, Words.blocked(incident));
    if (hit.isEmpty() || !nature.hitsUsers()) {
      return Optional.empty();
    }
    Effect effect =
        switch (nature) {
          case DOWN -> isWhole(hit, incident) ? Effect.DOWN : Effect.FOR_SOME;
          case FAILS, BLOCKED, STATED -> Effect.FOR_SOME;
          case DEGRADED, DUE, OWN -> Effect.IMPAIRED;
        };
    return Optional.of(
        new PublicIncident(
            incident.id().value(),
            hit,
            effect,
            incident.onset(),
            incident.resolved(),
            ledger.said(incident.id())));
  }

  private static boolean isHit(Members service, Incident incident) {
    return incident.targets().stream().anyMatch(service.names()::contains);
  }

  /** Whether no service that is hit has a target left that is not. */
  private boolean isWhole(List<String> hit, Incident incident) {
    return members.stream()
        .filter(each -> hit.contains(each.service().name()))
        .flatMap(each -> each.targets().stream())
        .allMatch(view -> Collections.binarySearch(incident.targets(), view.target().name()) >= 0);
  }

  /** The next windows of one that may come every few minutes, or every few weeks. */
  private List<Maintenance.Once> next(Maintenance maintenance) {
    List<Maintenance.Once> near =
        maintenance.windows(now, now.plus(Window.DAY.length()), MAX_WINDOWS);
    List<Maintenance.Once> found =
        near.size() >= MAX_OF_ONE
            ? near
            : maintenance.windows(now, now.plus(ANNOUNCED), MAX_WINDOWS);
    return found.stream()
        .sorted(Comparator.comparing(Maintenance.Once::from))
        .limit(MAX_OF_ONE)
        .toList();
  }

  private List<PublicWindow> maintenance() {
    List<PublicWindow> all = new ArrayList<>();
    for (Maintenance each : snapshot.configuration().maintenance()) {
      List<String> services =
          members.stream()
              .filter(
                  service ->
                      service.targets().stream()
                          .anyMatch(view -> each.matches(view.target().labels())))
              .map(service -> service.service().name())
              .toList();
      if (!services.isEmpty()) {
        next(each).forEach(once -> all.add(new PublicWindow(services, once.from(), once.until())));
      }
    }
    return all.stream()
        .sorted(Comparator.comparing(PublicWindow::from).thenComparing(PublicWindow::until))
        .limit(MAX_SHOWN)
        .toList();
  }
}
