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
import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;

/** An incident from its first sign on, in the order in which it happened. */
public final class Timeline {
  /** Of an incident with more targets than this, the verdicts of the first ones are told. */
  public static final int MAX_TARGETS = 10;

  /** More reports of users than this are counted. */
  public static final int MAX_REPORTS = 20;

  private final List<Line> lines = new ArrayList<>();

  private final Say say;

  private Timeline(Say say) {
    this.say = say;
  }

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

  /** What happened, the first sign first, in English. */
  public static List<Line> of(Sources sources) {
    return of(sources, Say.in(Language.EN));
  }

  /** The same in a language. */
  public static List<Line> of(Sources sources, Say say) {
    Timeline timeline = new Timeline(say);
    Incident incident = sources.incident();
    String cause = say.core().of(incident.cause());
    timeline.add(incident.onset(), "onset", say.of("line.onset", cause));
    Set<Happening.Kind> written = EnumSet.noneOf(Happening.Kind.class);
    for (Entry entry : sources.entries()) {
      written.add(entry.what().kind());
      timeline.lines.add(timeline.told(entry));
    }
    timeline.unwritten(sources, written);
    timeline.verdicts(sources);
    timeline.reports(sources.reports());
    timeline.lines.sort(Comparator.comparing(Line::at));
    return List.copyOf(timeline.lines);
  }

  /** An entry in words, in English. */
  public static Line line(Entry entry) {
    return new Timeline(Say.in(Language.EN)).told(entry);
  }

  private Line told(Entry entry) {
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
          String state = say.of("line.verdict", target, interval.state());
          String text =
              interval
                  .cause()
                  .map(known -> say.of("line.because", state, say.core().of(known)))
                  .orElse(state);
          add(interval.from(), "verdict", text);
        }
      }
    }
  }

  /** The first ones, one by one; the others counted. */
  private void reports(List<UserReport> newestFirst) {
    List<UserReport> all = newestFirst.reversed();
    for (UserReport report : all.stream().limit(MAX_REPORTS).toList()) {
      String what =
          report
              .region()
              .map(region -> say.of("line.report.region", report.target(), region))
              .orElseGet(() -> say.of("line.report", report.target()));
      String text = report.text().isEmpty() ? what : say.of("cause", what, report.text());
      lines.add(new Line(report.at(), "report", say.of("line.user"), text));
    }
    int more = all.size() - MAX_REPORTS;
    if (more > 0) {
      String text = say.of("line.reports", more);
      lines.add(new Line(all.getLast().at(), "report", say.of("line.user"), text));
    }
  }

  private String words(Happening what) {
    return switch (what) {
      case Happening.Opened(var reading, int targets) ->
          targets > 1
              ? say.of("line.opened.many", words(reading), targets)
              : say.of("line.opened", words(reading));
      case Happening.Joined(var first, int count) -> joined(first, count);
      case Happening.Changed(var from, var to) -> say.of("line.changed", words(to), words(from));
      case Happening.Published _ -> say.of("line.published");
      case Happening.Acknowledged(var note) -> note.isEmpty() ? say.of("line.acknowledged") : note;
      case Happening.Note(var text) -> text;
      case Happening.Action(var step, var outcome) -> say.of("cause", step, outcome);
      case Happening.Told(var receiver, var kind, boolean arrived, var error) ->
          told(receiver, kind, arrived, error);
      case Happening.Resolved _ -> say.of("line.resolved");
      case Happening.Reopened(int times) ->
          times > 1 ? say.of("line.reopened.many", times) : say.of("line.reopened");
    };
  }

  private String words(Reading reading) {
    return String.join(
        say.of("list.comma"),
        say.core().of(reading.scope(), reading.regions()),
        say.core().of(reading.cause()),
        reading.cause().culprit());
  }

  private String joined(List<TargetName> first, int count) {
    List<String> named = first.stream().limit(MAX_TARGETS).map(TargetName::value).toList();
    int more = count - named.size();
    String all = String.join(say.of("list.comma"), named);
    return say.of(
        count == 1 ? "line.joined.one" : "line.joined.many",
        more > 0 ? say.of("list.more", all, more) : all);
  }

  private String told(String receiver, Notice.Kind kind, boolean arrived, String error) {
    String what = say.of("letter." + kind.name());
    return arrived
        ? say.of("line.told", receiver, what)
        : say.of("line.untold", receiver, what, error);
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
