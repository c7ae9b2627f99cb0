package parallax.coordinator.configuration.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import parallax.config.Configuration;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;
import parallax.config.policy.Provider;
import parallax.config.policy.Receiver;
import parallax.config.runbook.Runbook;
import parallax.config.target.Target;
import parallax.config.text.DurationText;

/** Compares piece by piece. */
final class Differences {
  private final List<FieldChange> found = new ArrayList<>();

  private Differences() {}

  static List<FieldChange> target(Target before, Target after) {
    Differences fields = new Differences();
    fields.compare("name", before.name(), after.name());
    fields.texts("url", text(before), text(after));
    fields.entries("labels.", before.labels(), after.labels());
    fields.texts(
        "interval", DurationText.format(before.interval()), DurationText.format(after.interval()));
    fields.compare("from", before.from(), after.from());
    fields.compare("heartbeat", before.heartbeat(), after.heartbeat());
    fields.entries("", checks(before), checks(after));
    return List.copyOf(fields.found);
  }

  static List<FieldChange> receivers(Configuration before, Configuration after) {
    Differences fields = new Differences();
    fields.entries(
        "receivers.",
        named(before.receivers(), Receiver::name),
        named(after.receivers(), Receiver::name));
    return List.copyOf(fields.found);
  }

  static List<FieldChange> settings(Configuration before, Configuration after) {
    Differences fields = new Differences();
    fields.compare("routes", before.routes(), after.routes());
    fields.compare("maintenance", before.maintenance(), after.maintenance());
    fields.compare("rules", before.rules(), after.rules());
    fields.compare("smtp", before.smtp(), after.smtp());
    fields.compare("api", before.access(), after.access());
    fields.compare("watchdog", before.watchdog(), after.watchdog());
    fields.entries(
        "providers.",
        named(before.providers(), Provider::name),
        named(after.providers(), Provider::name));
    fields.compare("routing", before.routing(), after.routing());
    fields.entries(
        "runbooks.",
        named(before.runbooks(), Runbook::name),
        named(after.runbooks(), Runbook::name));
    fields.compare("reports", before.reports(), after.reports());
    fields.compare("status_page", before.statusPage(), after.statusPage());
    fields.compare("regions", before.places(), after.places());
    return List.copyOf(fields.found);
  }

  private static String text(Target target) {
    return target.url().map(Object::toString).orElse("");
  }

  private static SortedMap<String, CheckSpec> checks(Target target) {
    return named(target.checks(), spec -> word(spec.kind()));
  }

  private static String word(CheckKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** The first of each name, as names are unique where it matters. */
  private static <T> SortedMap<String, T> named(List<T> all, Function<T, String> name) {
    SortedMap<String, T> named = new TreeMap<>();
    all.forEach(one -> named.putIfAbsent(name.apply(one), one));
    return named;
  }

  private void compare(String field, Object before, Object after) {
    if (!before.equals(after)) {
      found.add(new FieldChange(field, words(before), words(after)));
    }
  }

  private void texts(String field, String before, String after) {
    if (!before.equals(after)) {
      found.add(new FieldChange(field, before, after));
    }
  }

  private void entries(String prefix, Map<String, ?> before, Map<String, ?> after) {
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (String key : keys) {
      if (!Objects.equals(before.get(key), after.get(key))) {
        found.add(
            new FieldChange(
                prefix + key,
                before.containsKey(key) ? words(before.get(key)) : "",
                after.containsKey(key) ? words(after.get(key)) : ""));
      }
    }
  }

  private static String words(Object value) {
    return switch (value) {
      case List<?> list -> String.join(", ", list.stream().map(Object::toString).toList());
      case Optional<?> maybe -> maybe.map(Object::toString).orElse("");
      default -> value.toString();
    };
  }
}
