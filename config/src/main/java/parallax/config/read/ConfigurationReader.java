package parallax.config.read;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.access.Access;
import parallax.config.bind.Field;
import parallax.config.bind.Form;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Located;
import parallax.config.bind.Reading;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.observation.Printable;
import parallax.config.policy.DecisionRules;
import parallax.config.policy.Maintenance;
import parallax.config.policy.Provider;
import parallax.config.policy.Receiver;
import parallax.config.policy.Route;
import parallax.config.policy.SmtpServer;
import parallax.config.policy.Watchdog;
import parallax.config.problem.Place;
import parallax.config.problem.Problems;
import parallax.config.publicpage.StatusPage;
import parallax.config.read.people.ReportsReader;
import parallax.config.read.people.RunbookReader;
import parallax.config.read.policy.ApiReader;
import parallax.config.read.policy.KnownProviders;
import parallax.config.read.policy.MaintenanceReader;
import parallax.config.read.policy.ProviderReader;
import parallax.config.read.policy.RegionReader;
import parallax.config.read.policy.RouteReader;
import parallax.config.read.policy.RulesReader;
import parallax.config.read.policy.SmtpReader;
import parallax.config.read.policy.WatchdogReader;
import parallax.config.read.publicpage.PageAddress;
import parallax.config.read.publicpage.StatusPageReader;
import parallax.config.read.receiver.ReceiverReader;
import parallax.config.read.routes.RouteWatchingReader;
import parallax.config.report.ReportRules;
import parallax.config.routes.RouteWatching;
import parallax.config.runbook.Runbook;
import parallax.config.secret.RememberedSecrets;
import parallax.config.secret.SecretSource;
import parallax.config.target.RegionPlace;
import parallax.config.target.Target;
import parallax.config.yaml.Yaml;

/** Reads the documents of a configuration as one. */
public final class ConfigurationReader {
  /** The most targets. */
  public static final int MAX_TARGETS = 100_000;

  /** The most receivers, routes, providers or maintenance windows. */
  public static final int MAX_POLICIES = 1_000;

  private static final int MAX_SHOWN = 60;
  private static final String NAME = "name";

  private static final Field<Long> VERSION =
      Field.optional(
          "version",
          new Kind<>(
              new Form.WholeNumber(1, 1),
              (node, reading) ->
                  node instanceof Yaml.Scalar scalar
                          && scalar.type() == Yaml.Type.WHOLE_NUMBER
                          && scalar.text().equals("1")
                      ? Optional.of(1L)
                      : reading.wrong(node, "must be 1, the only version there is")),
          "The version of this language: 1.");
  private static final Field<Yaml> DEFAULTS =
      Field.optional(
          "defaults",
          Kinds.raw(Defaults.KIND.form()),
          "What holds for targets that do not say otherwise; in one file only.");
  private static final Field<List<Yaml>> TARGETS =
      Field.optional("targets", list(TargetReader.FORM, MAX_TARGETS), "What should be up.");
  private static final Field<List<Yaml>> PROVIDERS =
      Field.optional(
          "providers",
          list(ProviderReader.KIND.form(), MAX_POLICIES),
          "Shared dependencies, beside the common ones, which are known.");
  private static final Field<List<Yaml>> MAINTENANCE =
      Field.optional(
          "maintenance",
          list(MaintenanceReader.KIND.form(), MAX_POLICIES),
          "Windows in which incidents are tracked but not told.");
  private static final Field<List<Yaml>> RECEIVERS =
      Field.optional(
          "receivers",
          list(ReceiverReader.KIND.form(), MAX_POLICIES),
          "Who, or what, can be told.");
  private static final Field<List<Yaml>> ROUTES =
      Field.optional(
          "routes",
          list(RouteReader.KIND.form(), MAX_POLICIES),
          "Which receivers hear of which targets; the first that matches is taken.");
  private static final Field<Yaml> RULES =
      Field.optional(
          "rules",
          Kinds.raw(RulesReader.KIND.form()),
          "How sure Parallax has to be and how long it waits; in one file only.");
  private static final Field<Yaml> SMTP =
      Field.optional("smtp", Kinds.raw(SmtpReader.KIND.form()), "The server that takes our mail.");
  private static final Field<Yaml> BGP =
      Field.optional(
          "bgp",
          Kinds.raw(RouteWatchingReader.KIND.form()),
          "How routes of the internet are watched; in one file only. Left out: they are not.");
  private static final Field<Yaml> WATCHDOG =
      Field.optional(
          "watchdog",
          Kinds.raw(WatchdogReader.KIND.form()),
          "Who outside raises the alarm when Parallax stops working; in one file only.");
  private static final Field<Yaml> API =
      Field.optional(
          "api",
          Kinds.raw(ApiReader.KIND.form()),
          "Who may read and do what; in one file only. Left out: everybody reads, and whoever is on"
              + " this machine may do everything.");
  private static final Field<Yaml> PAGE =
      Field.optional(
          "page",
          Kinds.raw(PageAddress.KIND.form()),
          "Where people find our page, for links to it; in one file only. Left out: no links.");
  private static final Field<List<Yaml>> RUNBOOKS =
      Field.optional(
          "runbooks",
          list(RunbookReader.KIND.form(), MAX_POLICIES),
          "What to do about which trouble: for people to read, and for machines to do.");
  private static final Field<Yaml> REPORTS =
      Field.optional(
          "reports",
          Kinds.raw(ReportsReader.KIND.form()),
          "Who may report that something is down for them; in one file only.");
  private static final Field<Yaml> STATUS_PAGE =
      Field.optional(
          "status_page", StatusPageReader.raw(), "What the public may see; in one file only.");
  private static final Field<List<Yaml>> REGIONS =
      Field.optional(
          "regions",
          list(RegionReader.KIND.form(), MAX_POLICIES),
          "Where regions are whose names do not tell, for the map.");

  /** The keys of a file. */
  public static final Shape SHAPE =
      Shape.of(
          "configuration",
          "Configuration of Parallax. Any key may stand in any file of a folder.",
          VERSION,
          DEFAULTS,
          TARGETS,
          PROVIDERS,
          MAINTENANCE,
          RECEIVERS,
          ROUTES,
          RULES,
          SMTP,
          BGP,
          WATCHDOG,
          API,
          PAGE,
          RUNBOOKS,
          REPORTS,
          STATUS_PAGE,
          REGIONS);

  /** The keys of a file that is only to try other rules. */
  private static final Shape RULES_ALONE =
      Shape.of(
          "rules file",
          "Other rules, to be tried.",
          VERSION,
          Field.required(RULES.key(), RULES.kind(), RULES.description()));

  private final boolean whole;
  private final Problems problems;
  private final Reading reading;
  private final List<Values> files = new ArrayList<>();

  private ConfigurationReader(boolean whole, Problems problems, SecretSource secrets) {
    this.whole = whole;
    this.problems = problems;
    this.reading =
        new Reading(
            problems, new RememberedSecrets(secrets), NotSupportedYet.KEYS, "configuration");
  }

  /**
   * What the documents say together.
   *
   * @param targets sorted by name
   */
  public record Contents(
      List<Target> targets,
      List<Provider> providers,
      List<Maintenance> maintenance,
      List<Receiver> receivers,
      List<Route> routes,
      DecisionRules rules,
      Optional<SmtpServer> smtp,
      RouteWatching routing,
      Optional<Watchdog> watchdog,
      Access access,
      Optional<URI> page,
      List<Runbook> runbooks,
      ReportRules reports,
      StatusPage statusPage,
      List<RegionPlace> places) {}

  /**
   * Reads all documents; the contents are whole only when {@code problems} has no errors.
   *
   * @param whole false when some file could not be read, so names may be missing
   */
  public static Contents read(
      List<Yaml> documents, boolean whole, SecretSource secrets, Problems problems) {
    ConfigurationReader reader = new ConfigurationReader(whole, problems, secrets);
    documents.forEach(
        document -> SHAPE.read(document, reader.reading).ifPresent(reader.files::add));
    return reader.contents();
  }

  /** Reads a document that holds nothing but {@code rules}; empty when it has errors. */
  public static Optional<DecisionRules> readRules(
      Yaml document, SecretSource secrets, Problems problems) {
    ConfigurationReader reader = new ConfigurationReader(true, problems, secrets);
    RULES_ALONE.read(document, reader.reading).ifPresent(reader.files::add);
    return reader.files.isEmpty() ? Optional.empty() : reader.once(RULES, RulesReader.KIND);
  }

  private Contents contents() {
    RouteWatching routing = once(BGP, RouteWatchingReader.KIND).orElse(RouteWatching.NONE);
    Defaults defaults =
        once(DEFAULTS, Defaults.KIND).orElse(Defaults.NONE).withRoutesHeard(routing.on());
    List<Target> targets = new ArrayList<>();
    Map<String, Place> names = new LinkedHashMap<>();
    for (Yaml node : all(TARGETS, MAX_TARGETS)) {
      Optional<Located<Target>> target = TargetReader.read(node, defaults, reading.of("target"));
      target.ifPresent(read -> targets.add(read.value()));
      target
          .map(read -> new Located<>(read.place(), read.value().name().value()))
          .or(() -> declaredName(node))
          .ifPresent(name -> unique("target", name, names));
    }
    List<Receiver> receivers = policies(RECEIVERS, "receiver", ReceiverReader.KIND);
    List<Located<RouteReader.Written>> routes = new ArrayList<>();
    all(ROUTES, MAX_POLICIES)
        .forEach(node -> RouteReader.KIND.read(node, reading.of("route")).ifPresent(routes::add));
    List<Provider> providers =
        KnownProviders.behind(policies(PROVIDERS, "provider", ProviderReader.KIND));
    List<Route> checked =
        RouteReader.check(
            routes,
            whole
                ? Optional.of(
                    new RouteReader.Names(
                        declaredReceivers(), providers.stream().map(Provider::name).toList()))
                : Optional.empty(),
            problems);
    if (whole) {
      ReceiverReader.checkSubstitutes(all(RECEIVERS, MAX_POLICIES), declaredReceivers(), problems);
    }
    List<RunbookReader.Written> runbooks = policies(RUNBOOKS, "runbook", RunbookReader.KIND);
    if (whole) {
      RunbookReader.check(runbooks, providers.stream().map(Provider::name).toList(), problems);
    }
    Optional<StatusPageReader.Written> page = once(STATUS_PAGE, StatusPageReader.KIND);
    page.ifPresent(
        written -> StatusPageReader.check(written, targets, names.keySet(), whole, problems));
    warn(targets.isEmpty());
    Optional<URI> address = once(PAGE, PageAddress.KIND);
    mailNeedsAServer();
    return new Contents(
        targets.stream().sorted(Comparator.comparing(Target::name)).toList(),
        providers,
        policies(MAINTENANCE, "maintenance", MaintenanceReader.KIND),
        receivers,
        checked,
        once(RULES, RulesReader.KIND).orElse(DecisionRules.USUAL),
        once(SMTP, SmtpReader.KIND),
        routing,
        once(WATCHDOG, WatchdogReader.KIND),
        ApiReader.value(once(API, ApiReader.LOCATED), !whole || address.isPresent(), problems),
        address,
        runbooks.stream().map(RunbookReader.Written::runbook).toList(),
        once(REPORTS, ReportsReader.KIND).orElse(ReportRules.USUAL),
        StatusPageReader.value(page),
        policies(REGIONS, "region", RegionReader.KIND));
  }

  /** Names of receivers, right or wrong in what else they say. */
  private List<String> declaredReceivers() {
    return all(RECEIVERS, MAX_POLICIES).stream()
        .flatMap(node -> declaredName(node).stream())
        .map(Located::value)
        .toList();
  }

  /** Another file that could not be read may name it. */
  private void mailNeedsAServer() {
    boolean named = files.stream().anyMatch(file -> file.get(SMTP).isPresent());
    if (whole && !named) {
      all(RECEIVERS, MAX_POLICIES).stream()
          .flatMap(node -> ReceiverReader.mail(node).stream())
          .forEach(place -> problems.error(place, "mail needs a server that takes it; add 'smtp'"));
    }
  }

  /** The name that is written in an item, right or wrong. */
  private static Optional<Located<String>> declaredName(Yaml node) {
    return node instanceof Yaml.Mapping mapping
            && mapping.entry(NAME).map(Yaml.Entry::value).orElse(node) instanceof Yaml.Scalar name
        ? Optional.of(new Located<>(name.place(), name.text()))
        : Optional.empty();
  }

  private void warn(boolean noTargets) {
    if (files.isEmpty()) {
      return;
    }
    Place start = files.getFirst().node().place();
    boolean written =
        files.stream()
            .anyMatch(file -> file.get(TARGETS).stream().anyMatch(list -> !list.isEmpty()));
    if (noTargets && !written) {
      problems.warning(start, "there are no targets; write them as a list under 'targets'");
    }
  }

  /** A key that may stand in one file only. */
  private <T> Optional<T> once(Field<Yaml> field, Kind<T> kind) {
    Optional<Place> first = Optional.empty();
    Optional<T> value = Optional.empty();
    for (Values file : files) {
      Optional<Yaml> node = file.get(field);
      if (node.isEmpty()) {
        continue;
      }
      Place place = file.placeOf(field.key());
      if (first.isPresent()) {
        problems.error(
            place, "'" + field.key() + "' stands at " + first.get() + " already; keep one");
      } else {
        first = Optional.of(place);
        value = kind.read(node.get(), reading.of(field.key()));
      }
    }
    return value;
  }

  /** All items of a list that may stand in several files. */
  private List<Yaml> all(Field<List<Yaml>> field, int max) {
    List<Yaml> items = new ArrayList<>();
    for (Values file : files) {
      List<Yaml> more = file.get(field).orElse(List.of());
      if (items.size() + more.size() > max) {
        problems.error(
            file.placeOf(field.key()), "more than " + max + " " + field.key() + " in all files");
        return items;
      }
      items.addAll(more);
    }
    return items;
  }

  private <T> List<T> policies(Field<List<Yaml>> field, String what, Kind<T> kind) {
    List<T> items = new ArrayList<>();
    Map<String, Place> names = new LinkedHashMap<>();
    for (Yaml node : all(field, MAX_POLICIES)) {
      kind.read(node, reading.of(what)).ifPresent(items::add);
      declaredName(node).ifPresent(declared -> unique(what, declared, names));
    }
    return items;
  }

  private void unique(String what, Located<String> name, Map<String, Place> names) {
    Place first = names.putIfAbsent(name.value(), name.place());
    if (first != null) {
      problems.error(
          name.place(),
          what
              + " '"
              + Printable.bounded(name.value(), MAX_SHOWN)
              + "' is defined twice; first at "
              + first
              + "; rename or remove one");
    }
  }

  private static Kind<List<Yaml>> list(Form item, int max) {
    return Kinds.listOf(Kinds.raw(item), 0, max);
  }
}
