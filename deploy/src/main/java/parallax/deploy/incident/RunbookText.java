package parallax.deploy.incident;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import parallax.coordinator.notebook.PlainText;
import parallax.deploy.client.Printed;

/** Runbooks and runs for people. */
record RunbookText(Printed printed) {

  /** The runbooks of an incident, and what ran. */
  void all(JsonObject page) {
    for (JsonObject runbook : Printed.objects(page, "items")) {
      String link = Optional.ofNullable(runbook.getString("link")).orElse("");
      printed.line(runbook.getString("name", "") + "  " + link);
      printed.below(Optional.ofNullable(runbook.getString("steps")).orElse(""));
      Printed.objects(runbook, "actions").forEach(this::action);
    }
    Printed.objects(page, "runs").forEach(this::run);
  }

  private void action(JsonObject action) {
    String what =
        Optional.ofNullable(action.getString("command"))
            .map(command -> "command " + command)
            .orElse(action.getString("kind", ""));
    String refused =
        Optional.ofNullable(action.getString("why")).map(why -> "; refused: " + why).orElse("");
    String auto = action.getJsonObject("auto") == null ? "" : ", also by itself";
    printed.below("action %s: %s%s%s".formatted(action.getString("name", ""), what, auto, refused));
  }

  /** What became of asking for a run. */
  void asked(JsonObject answer) {
    if (answer.getBoolean("dryRun", false)) {
      printed.line("would run: " + answer.getString("would", ""));
    } else {
      run(answer);
    }
  }

  private void run(JsonObject run) {
    printed.line(
        "%s  %-9s  %s: runbook %s, action %s"
            .formatted(
                run.getString("began", ""),
                run.getString("state", ""),
                run.getString("who", ""),
                run.getString("runbook", ""),
                run.getString("action", "")));
    printed.below(PlainText.text(Optional.ofNullable(run.getString("said")).orElse("")));
  }
}
