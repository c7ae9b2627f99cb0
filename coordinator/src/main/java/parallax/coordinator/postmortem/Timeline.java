package parallax.coordinator.postmortem;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notebook.Reading;
import parallax.coordinator.report.UserReport;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.Words;

/** An incident from its first sign on, in the order in which it happened. */
public final class Timeline {
  /** Of an incident with more targets than this, the verdicts of the first ones are told. */
  public static final int MAX_TARGETS = 10;

  /** More reports of users than this are counted. */
  public static final int MAX_REPORTS = 20;

  /** Who reports. */
  private static final String REPORTER = "user";

  private final List<Line> lines = new ArrayList<>();

  private Timeline() {}

  /**
   * What the record holds of an incident.
   *
   * @param intervals the verdicts of a target since the onset
   * @param reports of users about its targets, newest first
   */
  public record Sources(
      Incident incident,
      List<Entry> entries,
      List<Store.Delivery> deliveries,
      Function<TargetName, List<Store.Interval>> intervals,
      List<UserReport> reports) {
    public Sources {
      entries = List.copyOf(entries);
      deliveries = List.copyOf(deliveries);
      reports = List.copyOf(reports);
    }

    /** One about which nobody reported anything. */
    public Sources(
        Incident incident,
        List<Entry> entries,
        List<Store.Delivery> deliveries,
        Function<TargetName, List<Store.Interval>> intervals) {
      this(incident, entries, deliveries, intervals, List.of());
    }
  }

  /** What happened, the first sign first. */
  public static List<Line> of(Sources sources) {
    Timeline timeline = new Timeline();
    Incident incident = sources.incident();
    timeline.add(incident.onset(), "onset", "first sign: " + Words.of(incident.cause()));
    Set<Happening.Kind> written = EnumSet.noneOf(Happening.Kind.class);
    for (Entry entry : sources.entries()) {
      written.add(entry.what().kind());
      timeline.lines.add(line(entry));
    }
    timeline.unwritten(sources, written);
    timeline.verdicts(sources);
    timeline.reports(sources.reports());
    timeline.lines.sort(Comparator.comparing(Line::at));
    return List.copyOf(timeline.lines);
  }

  /** An entry in words. */
  public static Line line(Entry entry) {
    String event = entry.what().kind().name().toLowerCase(Locale.ROOT);
    return new Line(entry.happened(), event, entry.who(), words(entry.what()));
  }

  private void add(Instant at, String event, String text) {
    lines.add(new Line(at, event, Entry.CORE, text));
  }

  /** Of an incident that an earlier version recorded. */
  private void unwritten(Sources sources, Set<Happening.Kind> written) {
    Incident incident = sources.incident();
    if (!written.contains(Happening.Kind.OPENED)) {
      Happening opened = new Happening.Opened(Reading.of(incident), incident.targets().size());
      add(incident.opened(), "opened", words(opened));
    }
    if (!written.contains(Happening.Kind.PUBLISHED)) {
      incident.published().ifPresent(at -> add(at, "published", words(new Happening.Published())));
    }
    if (!written.contains(Happening.Kind.RESOLVED)) {
      incident.resolved().ifPresent(at -> add(at, "resolved", words(new Happening.Resolved())));
    }
    if (!written.contains(Happening.Kind.TOLD)) {
      for (Store.Delivery delivery : sources.deliveries()) {
        delivery
            .delivered()
            .ifPresent(
                at ->
                    lines.add(
                        new Line(
                            at,
                            "told",
                            Entry.receiver(delivery.receiver()),
                            told(delivery.receiver(), delivery.kind(), true, ""))));
      }
    }
  }

  private void verdicts(Sources sources) {
    Incident incident = sources.incident();
    for (TargetName target : incident.targets().stream().limit(MAX_TARGETS).toList()) {
      for (Store.Interval interval : sources.intervals().apply(target)) {
        if (!interval.from().isBefore(incident.onset())) {
          String cause = interval.cause().map(known -> ", " + Words.of(known)).orElse("");
          add(interval.from(), "verdict", target + " is " + interval.state() + cause);
        }
      }
    }
  }

  /** The first ones, one by one; the others counted. */
  private void reports(List<UserReport> newestFirst) {
    List<UserReport> all = newestFirst.reversed();
    for (UserReport report : all.stream().limit(MAX_REPORTS).toList()) {
      String from = report.region().map(region -> " in " + region).orElse("");
      String said = report.text().isEmpty() ? "" : ": " + report.text();
      String text = report.target() + " is down for somebody" + from + said;
      lines.add(new Line(report.at(), "report", REPORTER, text));
    }
    int more = all.size() - MAX_REPORTS;
    if (more > 0) {
      String text = more + " more reports until then";
      lines.add(new Line(all.getLast().at(), "report", REPORTER, text));
    }
  }

  private static String words(Happening what) {
    return switch (what) {
      case Happening.Opened(var reading, int targets) ->
          "opened " + words(reading) + (targets > 1 ? ", " + targets + " targets" : "");
      case Happening.Joined(var first, int count) -> joined(first, count);
      case Happening.Changed(var from, var to) -> "now " + words(to) + "; before: " + words(from);
      case Happening.Published _ -> "confirmed, and told to whoever is to be told";
      case Happening.Acknowledged(var note) -> note.isEmpty() ? "takes care of it" : note;
      case Happening.Note(var text) -> text;
      case Happening.Action(var step, var outcome) -> step + ": " + outcome;
      case Happening.Told(var receiver, var kind, boolean arrived, var error) ->
          told(receiver, kind, arrived, error);
      case Happening.Resolved _ -> "works again";
      case Happening.Reopened(int times) ->
          "was not over" + (times > 1 ? ", " + times + " times by now" : "");
    };
  }

  private static String words(Reading reading) {
    return Words.of(reading.scope(), reading.regions())
        + ", "
        + Words.of(reading.cause())
        + ", "
        + reading.cause().culprit();
  }

  private static String joined(List<TargetName> first, int count) {
    List<String> named = first.stream().limit(MAX_TARGETS).map(TargetName::value).toList();
    int more = count - named.size();
    return String.join(", ", named)
        + (more > 0 ? " and " + more + " more" : "")
        + (count == 1 ? " fails, too" : " fail, too");
  }

  private static String told(String receiver, Notice.Kind kind, boolean arrived, String error) {
    String what = kind.name().toLowerCase(Locale.ROOT);
    return arrived
        ? receiver + " was told: " + what
        : receiver + " could not be told: " + what + "; " + error;
  }

  /** The acknowledgement that holds: since the incident was re-opened last. */
  public static Optional<Entry> acknowledgement(List<Entry> entries) {
    return entries.reversed().stream()
        .filter(
            entry ->
                entry.what() instanceof Happening.Acknowledged
                    || entry.what() instanceof Happening.Reopened)
        .findFirst()
        .filter(entry -> entry.what() instanceof Happening.Acknowledged);
  }
}
