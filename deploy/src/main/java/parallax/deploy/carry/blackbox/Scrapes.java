package parallax.deploy.carry.blackbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.problem.Place;
import parallax.config.text.DurationText;
import parallax.deploy.carry.draft.Draft;
import parallax.deploy.carry.theirs.Table;
import parallax.probe.blackbox.read.Node;

/** Targets of a prometheus.yml that a blackbox exporter probes. */
final class Scrapes {
  /** The most targets of a file. */
  private static final int MAX_TARGETS = 100_000;

  private static final String PROBE = "/probe";
  private static final String PARAMETER = "__param_";
  private static final Duration USUAL_INTERVAL = Duration.ofMinutes(1);

  private final Draft draft;
  private final List<Probed> found = new ArrayList<>();

  private Scrapes(Draft draft) {
    this.draft = draft;
  }

  /** What a job says of all its targets. */
  private record Job(
      String name,
      Map<String, String> labels,
      List<Node> rules,
      Optional<Duration> interval,
      Optional<Duration> timeout) {}

  static List<Probed> read(Node prometheus, Draft draft) {
    Scrapes scrapes = new Scrapes(draft);
    Table top = Table.of(prometheus);
    Optional<Table> global = top.table("global");
    Optional<Duration> interval =
        global.flatMap(all -> all.text("scrape_interval")).flatMap(DurationText::parse);
    for (Node node : top.nodes("scrape_configs")) {
      scrapes.job(Table.of(node), interval.orElse(USUAL_INTERVAL));
    }
    return scrapes.found;
  }

  private void job(Table job, Duration usual) {
    String path = job.text("metrics_path").orElse("/metrics");
    if (!path.endsWith(PROBE)) {
      return;
    }
    String name = job.text("job_name").orElse("");
    Map<String, String> labels = new TreeMap<>();
    labels.put("job", name);
    labels.put("__metrics_path__", path);
    job.table("params")
        .ifPresent(
            params ->
                params
                    .all()
                    .forEach(
                        field ->
                            params.leaves(field.key()).stream()
                                .findFirst()
                                .ifPresent(
                                    value -> labels.put(PARAMETER + field.key(), value.text()))));
    Optional<Duration> interval =
        job.text("scrape_interval").flatMap(DurationText::parse).or(() -> Optional.of(usual));
    Optional<Duration> timeout = job.text("scrape_timeout").flatMap(DurationText::parse);
    Job settings = new Job(name, labels, job.nodes("relabel_configs"), interval, timeout);
    int before = found.size();
    for (Node group : job.nodes("static_configs")) {
      group(settings, Table.of(group));
    }
    for (Node.Field field : job.all()) {
      if (field.key().endsWith("_sd_configs")) {
        draft.leftOut(
            field.place(),
            "job '"
                + Table.shown(name)
                + "': targets of '"
                + Table.shown(field.key())
                + "' stand elsewhere; only static_configs are read");
      }
    }
    if (found.size() == before && job.nodes("static_configs").isEmpty()) {
      draft.leftOut(job.place(), "job '" + Table.shown(name) + "' has no static targets");
    }
  }

  private void group(Job job, Table group) {
    Map<String, String> own = new TreeMap<>(job.labels());
    group
        .table("labels")
        .ifPresent(
            labels ->
                labels
                    .all()
                    .forEach(
                        field ->
                            labels.text(field.key()).ifPresent(it -> own.put(field.key(), it))));
    for (Node.Leaf target : group.leaves("targets")) {
      if (found.size() >= MAX_TARGETS) {
        draft.leftOut(target.place(), "more than " + MAX_TARGETS + " targets");
        return;
      }
      Map<String, String> labels = new TreeMap<>(own);
      labels.put("__address__", target.text());
      relabelled(job, target, labels).ifPresent(after -> add(job, target.place(), after));
    }
  }

  private Optional<Map<String, String>> relabelled(
      Job job, Node.Leaf target, Map<String, String> labels) {
    Map<String, String> now = labels;
    for (Node rule : job.rules()) {
      switch (Relabel.apply(Table.of(rule), now)) {
        case Relabel.Outcome.Labels(var after) -> now = after;
        case Relabel.Outcome.Dropped _ -> {
          draft.leftOut(target.place(), "a relabel rule of job '" + job.name() + "' drops it");
          return Optional.empty();
        }
        case Relabel.Outcome.Unknown(String why) ->
            draft.leftOut(rule.place(), "this relabel rule: " + why);
      }
    }
    return Optional.of(now);
  }

  private void add(Job job, Place place, Map<String, String> labels) {
    String target = labels.getOrDefault(PARAMETER + "target", "");
    if (target.isEmpty()) {
      draft.leftOut(place, "no relabel rule makes the parameter 'target' of it");
      return;
    }
    TreeMap<String, String> shown = new TreeMap<>(labels);
    shown.keySet().removeIf(key -> key.startsWith("__") || key.equals("instance"));
    found.add(
        new Probed(
            place,
            labels.getOrDefault("instance", target),
            target,
            labels.getOrDefault(PARAMETER + "module", "http_2xx"),
            shown,
            job.interval(),
            job.timeout(),
            false));
  }
}
