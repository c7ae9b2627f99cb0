package parallax.config.read.publicpage;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Located;
import parallax.config.bind.Reading;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.observation.Printable;
import parallax.config.problem.Place;
import parallax.config.problem.Problems;
import parallax.config.publicpage.Service;
import parallax.config.publicpage.StatusPage;
import parallax.config.publicpage.StatusPage.Group;
import parallax.config.read.policy.PolicyKinds;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.config.text.Nearest;
import parallax.config.yaml.Yaml;

/** What stands under {@code status_page}. */
public final class StatusPageReader {
  private static final int MAX_TARGETS = 1_000;

  private static final Field<String> TITLE =
      Field.optional("title", line(StatusPage.MAX_NAME), "Whose page it is. Left out: Status.");
  private static final Field<URI> URL =
      Field.optional(
          "url",
          PageAddress.KIND,
          "Where the public finds the page, for links in feeds and notices. Left out: no links.");
  private static final Field<Located<String>> NAME =
      Field.required(
          "name",
          line(StatusPage.MAX_NAME)
              .then(
                  (text, node, reading) ->
                      isPathPart(text)
                          ? Optional.of(text)
                          : reading.refuse(
                              node.place(),
                              "can't have slashes or backslashes and can't start with a dot; it is"
                                  + " part of addresses"))
              .located(),
          "As the public knows it; unique on the page, and part of addresses.");
  private static final Field<String> DESCRIPTION =
      Field.optional("description", line(StatusPage.MAX_DESCRIPTION), "What it is for.");
  private static final Field<List<Located<String>>> TARGETS =
      Field.optional(
          "targets",
          Kinds.oneOrMany(Kinds.text(TargetName.MAX_LENGTH).located(), MAX_TARGETS),
          "The names of targets that it consists of.");
  private static final Field<SortedMap<String, String>> MATCH =
      Field.optional(
          "match",
          PolicyKinds.MATCH
              .kind()
              .then(
                  (labels, node, reading) ->
                      labels.isEmpty()
                          ? reading.refuse(node.place(), "needs a label; none would be everything")
                          : Optional.of(labels)),
          "Labels of targets that it consists of, beside those that are named.");

  /** A service and where the targets stand that it names. */
  public record WrittenService(Service service, Place place, List<Located<String>> targets) {}

  private record WrittenGroup(String name, List<WrittenService> services) {}

  /** A page as it was written. */
  public record Written(StatusPage page, List<WrittenService> services) {
    public Written {
      services = List.copyOf(services);
    }
  }

  private static final Kind<WrittenService> SERVICE =
      Kinds.fields(
          Shape.of("service", "Something that the public uses.", NAME, DESCRIPTION, TARGETS, MATCH),
          (values, _, reading) -> service(values, reading));

  private static final Field<String> HEADING =
      Field.required("name", line(StatusPage.MAX_NAME), "The heading.");
  private static final Field<List<WrittenService>> SERVICES =
      Field.required(
          "services",
          Kinds.listOf(SERVICE, 1, StatusPage.MAX_SERVICES),
          "In the order in which they are shown.");
  private static final Field<List<WrittenGroup>> GROUPS =
      Field.optional(
          "groups",
          Kinds.listOf(
              Kinds.fields(
                  Shape.of("group", "Some services under a heading.", HEADING, SERVICES),
                  (values, _, _) ->
                      values
                          .get(HEADING)
                          .map(
                              name ->
                                  new WrittenGroup(name, values.get(SERVICES).orElse(List.of())))),
              0,
              StatusPage.MAX_GROUPS),
          "What the public may see; nothing that is not named here is shown.");

  public static final Kind<Written> KIND =
      Kinds.fields(
          Shape.of("status_page", "What the public may see.", TITLE, URL, GROUPS),
          (values, _, _) -> Optional.of(page(values)));

  private StatusPageReader() {}

  /** Text of one line that shows as it is written. */
  private static Kind<String> line(int max) {
    return Kinds.text(max)
        .then(
            (text, node, reading) ->
                Printable.bounded(text, max).equals(text) && text.strip().equals(text)
                    ? Optional.of(text)
                    : reading.refuse(
                        node.place(),
                        "must be printable text of one line, without spaces around it"));
  }

  private static boolean isPathPart(String name) {
    return !name.startsWith(".") && name.indexOf('/') < 0 && name.indexOf('\\') < 0;
  }

  private static Optional<WrittenService> service(Values values, Reading reading) {
    if (!values.has(TARGETS.key()) && !values.has(MATCH.key())) {
      return reading
          .of("service")
          .refuse(values.node().place(), "needs 'targets', 'match' or both: what it consists of");
    }
    List<Located<String>> named = values.get(TARGETS).orElse(List.of());
    TreeSet<TargetName> targets = new TreeSet<>();
    named.stream()
        .map(Located::value)
        .filter(TargetName::isValid)
        .forEach(name -> targets.add(new TargetName(name)));
    return values
        .get(NAME)
        .map(
            name ->
                new WrittenService(
                    new Service(
                        name.value(),
                        values.get(DESCRIPTION),
                        targets,
                        values.get(MATCH).orElse(new TreeMap<>())),
                    name.place(),
                    named));
  }

  private static Written page(Values values) {
    List<Group> groups = new ArrayList<>();
    List<WrittenService> all = new ArrayList<>();
    for (WrittenGroup group : values.get(GROUPS).orElse(List.of())) {
      groups.add(
          new Group(group.name(), group.services().stream().map(WrittenService::service).toList()));
      all.addAll(group.services());
    }
    String title = values.get(TITLE).orElse(StatusPage.NONE.title());
    return new Written(new StatusPage(title, values.get(URL), groups), all);
  }

  /**
   * Notes services of one name, targets that are nobody's, and labels that no target carries.
   *
   * @param names of all targets, right or wrong in what else they say
   * @param whole false when names may be missing
   */
  public static void check(
      Written page, List<Target> targets, Set<String> names, boolean whole, Problems problems) {
    Map<String, Place> known = new LinkedHashMap<>();
    for (WrittenService written : page.services()) {
      String name = written.service().name();
      Optional<Place> first = Optional.ofNullable(known.putIfAbsent(name, written.place()));
      first.ifPresent(
          place ->
              problems.error(
                  written.place(),
                  "service '" + name + "' is defined twice; first at " + place + "; rename one"));
      if (whole) {
        written.targets().stream()
            .filter(target -> !names.contains(target.value()))
            .forEach(target -> unknown(target, names, problems));
        boolean matched =
            written.service().match().isEmpty()
                || targets.size() < names.size()
                || targets.stream().anyMatch(written.service()::includes);
        if (!matched) {
          problems.warning(
              written.place(),
              "service '" + name + "' has no target with these labels; it is shown as unknown");
        }
      }
    }
  }

  private static void unknown(Located<String> target, Set<String> names, Problems problems) {
    String hint =
        Nearest.of(target.value(), List.copyOf(names))
            .map(nearest -> ", did you mean '" + nearest + "'?")
            .orElse("");
    problems.error(
        target.place(),
        "there is no target '" + Printable.bounded(target.value(), 60) + "'" + hint);
  }

  /** The value of a page that was written. */
  public static StatusPage value(Optional<Written> page) {
    return page.map(Written::page).orElse(StatusPage.NONE);
  }

  /** What a page is written like, for a field of the file. */
  public static Kind<Yaml> raw() {
    return Kinds.raw(KIND.form());
  }
}
