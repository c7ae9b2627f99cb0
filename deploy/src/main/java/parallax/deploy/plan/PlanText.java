package parallax.deploy.plan;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import parallax.config.Configuration;
import parallax.config.policy.Receiver;
import parallax.config.target.Target;
import parallax.coordinator.configuration.change.Admission;
import parallax.coordinator.configuration.change.Change;
import parallax.coordinator.configuration.change.FieldChange;
import parallax.coordinator.configuration.change.TargetChange;

/** Shows what a change would do. */
final class PlanText {
  private PlanText() {}

  static void print(PrintWriter out, Change change, Admission admission) {
    for (Target target : change.removed()) {
      out.println("- " + target.name() + shown(target));
    }
    for (Target target : change.added()) {
      out.println("+ " + target.name() + shown(target) + ", told: " + told(change.after(), target));
    }
    for (TargetChange target : change.changed()) {
      out.println("~ " + target.before().name());
      target.fields().forEach(field -> out.println("    " + field));
    }
    change.receivers().forEach(field -> out.println("~ " + field));
    change.settings().forEach(field -> out.println("~ " + field));
    out.println(
        "%d added, %d removed, %d changed; %d targets before, %d after"
            .formatted(
                change.added().size(),
                change.removed().size(),
                change.changed().size(),
                change.before().targets().size(),
                change.after().targets().size()));
    out.println(
        switch (admission) {
          case Admission.Held held -> held.message();
          case Admission.Admitted _ ->
              change.isEmpty() ? "nothing would change" : "it would be applied";
        });
  }

  static JsonObject json(Change change, Admission admission) {
    JsonArray reasons = new JsonArray();
    if (admission instanceof Admission.Held held) {
      held.reasons().forEach(reasons::add);
    }
    return new JsonObject()
        .put("applied", admission instanceof Admission.Admitted)
        .put("held", reasons)
        .put("targetsBefore", change.before().targets().size())
        .put("targetsAfter", change.after().targets().size())
        .put("added", targets(change.after(), change.added()))
        .put("removed", targets(change.before(), change.removed()))
        .put("changed", changed(change.changed()))
        .put("receivers", fields(change.receivers()))
        .put("settings", fields(change.settings()));
  }

  private static String shown(Target target) {
    return target.url().map(url -> "  " + url).orElse("");
  }

  private static String told(Configuration configuration, Target target) {
    List<Receiver> receivers = configuration.receiversFor(target);
    return receivers.isEmpty()
        ? "nobody"
        : String.join(", ", receivers.stream().map(Receiver::name).toList());
  }

  private static JsonArray targets(Configuration configuration, List<Target> targets) {
    JsonArray all = new JsonArray();
    for (Target target : targets) {
      JsonArray told = new JsonArray();
      configuration.receiversFor(target).forEach(receiver -> told.add(receiver.name()));
      JsonObject one = new JsonObject().put("name", target.name().value());
      target.url().ifPresent(url -> one.put("url", url.toString()));
      all.add(one.put("told", told));
    }
    return all;
  }

  private static JsonArray changed(List<TargetChange> changes) {
    JsonArray all = new JsonArray();
    for (TargetChange change : changes) {
      all.add(
          new JsonObject()
              .put("name", change.before().name().value())
              .put("fields", fields(change.fields())));
    }
    return all;
  }

  private static JsonArray fields(List<FieldChange> fields) {
    JsonArray all = new JsonArray();
    for (FieldChange field : fields) {
      all.add(
          new JsonObject()
              .put("field", field.field())
              .put("before", field.before())
              .put("after", field.after()));
    }
    return all;
  }
}
