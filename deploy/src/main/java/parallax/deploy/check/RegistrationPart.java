package parallax.deploy.check;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.check.RegistrationSpec;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.deploy.terminal.Times;
import parallax.probe.check.CheckResult;
import parallax.probe.registration.Contact;
import parallax.probe.registration.Expiry;
import parallax.probe.registration.RegistrationFacts;
import parallax.probe.registration.check.RegistrationCheck;
import parallax.probe.registration.check.RegistrationLook;
import parallax.probe.registration.date.RegistryDate;
import parallax.probe.registration.judge.GoodRecord;
import parallax.probe.registration.keep.PublicLists;

/** The part of a report that is about who holds the domain. */
record RegistrationPart(LayerRow row, Detail detail, CheckResult result) {
  /**
   * Tells it.
   *
   * @param lists by which the name was understood and its registry found
   */
  static RegistrationPart of(
      RegistrationSpec spec,
      Optional<RegistrationLook> look,
      List<PublicLists.Dated> lists,
      Instant now) {
    CheckResult result =
        look.map(RegistrationLook::result)
            .orElseGet(() -> RegistrationCheck.unsupported(spec.host()));
    LayerRow row =
        new LayerRow(
            Layer.REGISTRATION,
            state(result.outcome()),
            result.facts().registration().map(Stack::registration).orElse(""),
            result.outcome().why(),
            Duration.ZERO,
            Duration.ZERO);
    return new RegistrationPart(row, detail(look, lists, now), result);
  }

  private static LayerRow.State state(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Up _ -> LayerRow.State.UP;
      case Outcome.Degraded _ -> LayerRow.State.DEGRADED;
      case Outcome.Down _ -> LayerRow.State.DOWN;
      case Outcome.Inconclusive _ -> LayerRow.State.INCONCLUSIVE;
    };
  }

  private static Detail detail(
      Optional<RegistrationLook> look, List<PublicLists.Dated> lists, Instant now) {
    List<String> lines = new ArrayList<>();
    JsonObject json = new JsonObject();
    look.ifPresent(
        seen -> {
          json.put("domain", seen.demand().domain());
          seen.known()
              .absent()
              .ifPresent(
                  absence -> {
                    lines.add("    not registered, says " + absence.registry());
                    json.put("registered", false).put("registry", absence.registry());
                  });
          if (seen.known().absent().isEmpty()) {
            seen.known().good().ifPresent(record -> record(record, now, lines, json));
          }
          seen.known().trouble().map(Finding::words).ifPresent(why -> json.put("trouble", why));
        });
    lists(lists, now, lines, json);
    return new Detail(Layer.REGISTRATION, lines, json);
  }

  /** People are told of lists that are old, machines of all. */
  private static void lists(
      List<PublicLists.Dated> lists, Instant now, List<String> lines, JsonObject json) {
    JsonArray all = new JsonArray();
    for (PublicLists.Dated list : lists) {
      JsonObject told = new JsonObject().put("name", list.name()).put("shipped", list.shipped());
      list.asOf().ifPresent(at -> told.put("asOf", at.toString()));
      all.add(told.put("old", list.old()));
      if (list.old()) {
        String age =
            list.asOf()
                .filter(at -> !at.isAfter(now))
                .map(at -> Times.rough(Duration.between(at, now)) + " old")
                .orElse("of unknown age");
        String whose = list.shipped() ? "as shipped" : "as downloaded last";
        lines.add("    " + list.name() + ": " + age + ", " + whose);
      }
    }
    if (!all.isEmpty()) {
      json.put("lists", all);
    }
  }

  private static void record(GoodRecord record, Instant now, List<String> lines, JsonObject json) {
    RegistrationFacts facts = record.facts();
    Duration age = Duration.between(record.at(), now);
    lines.add(
        "    told by "
            + record.registry()
            + (age.compareTo(Duration.ofMinutes(1)) < 0
                ? " now"
                : " " + Times.rough(age) + " ago"));
    lines.add("    registry's expiry: " + words(facts.dates().registryExpiry()));
    lines.add("    registrar's expiry: " + words(facts.dates().registrarExpiry()));
    line("statuses", facts.rawStatuses(), lines, json);
    line("name servers", facts.nameServers(), lines, json);
    line("locks", facts.locks(), lines, json);
    facts.registrar().ifPresent(name -> json.put("registrar", name));
    record.contact().map(Contact::words).ifPresent(words -> contact(words, lines, json));
    json.put("registered", true)
        .put("registry", record.registry())
        .put("asOf", record.at().toString())
        .put("registryExpiry", words(facts.dates().registryExpiry()))
        .put("registrarExpiry", words(facts.dates().registrarExpiry()));
  }

  private static void contact(String words, List<String> lines, JsonObject json) {
    lines.add("    contact: " + words);
    json.put("contact", words);
  }

  private static void line(String name, List<String> values, List<String> lines, JsonObject json) {
    lines.add("    " + name + ": " + (values.isEmpty() ? "none" : String.join(", ", values)));
    json.put(name.equals("name servers") ? "nameServers" : name, new JsonArray(values));
  }

  private static String words(Expiry expiry) {
    return switch (expiry) {
      case Expiry.Told(RegistryDate date, _) -> date.text();
      case Expiry.NotPublished _ -> "not published";
      case Expiry.Unreadable(String raw, String reason) ->
          "could not parse \"" + raw + "\": " + reason;
    };
  }
}
