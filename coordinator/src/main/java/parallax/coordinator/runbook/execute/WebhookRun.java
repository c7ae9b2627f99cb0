package parallax.coordinator.runbook.execute;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import parallax.config.runbook.Action;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.notify.hook.Signature;
import parallax.coordinator.notify.http.Answer;
import parallax.coordinator.notify.http.HttpSender;
import parallax.coordinator.notify.http.Judgement;
import parallax.coordinator.notify.http.Post;
import parallax.coordinator.run.Run;
import parallax.coordinator.runbook.Facts;
import parallax.coordinator.view.Words;

/** One document, posted once: whoever gets it may do something that is not to be done twice. */
final class WebhookRun {
  private final HttpSender sender;

  WebhookRun(HttpSender sender) {
    this.sender = sender;
  }

  /** Posts it, and waits for the answer. */
  ProcessRun.Ended run(Action.Work.Webhook hook, Incident incident, Run run, Instant now) {
    String body = document(incident, run).encode();
    Post post = Post.json(hook.url(), body, "run:" + run.id());
    Post signed =
        hook.secret()
            .filter(secret -> !secret.reveal().isEmpty())
            .map(secret -> post.with(Map.of(Signature.HEADER, Signature.of(secret, now, body))))
            .orElse(post);
    return switch (sender.send(signed, hook.timeout())) {
      case Answer.Status answer -> answered(answer.status());
      case Answer.None(String why) ->
          why.equals(HttpSender.LATE)
              ? new ProcessRun.Ended(
                  Run.Outcome.TIMED_OUT,
                  "timed out after " + ProcessRun.seconds(hook.timeout()) + ": " + why)
              : new ProcessRun.Ended(Run.Outcome.FAILED, "failed: " + why);
      case Answer.Unsendable(String why) ->
          new ProcessRun.Ended(Run.Outcome.FAILED, "failed: " + why);
    };
  }

  private static ProcessRun.Ended answered(int status) {
    return Judgement.isTaken(status)
        ? new ProcessRun.Ended(Run.Outcome.DONE, "finished: status " + status)
        : new ProcessRun.Ended(Run.Outcome.FAILED, "failed: status " + status);
  }

  /** The body: what is to be done, for which incident, who wants it. */
  static JsonObject document(Incident incident, Run run) {
    JsonArray targets = new JsonArray();
    incident.targets().stream()
        .limit(Facts.MAX_TARGETS)
        .map(TargetName::value)
        .forEach(targets::add);
    JsonArray regions = new JsonArray();
    incident.regions().stream().map(Region::value).forEach(regions::add);
    JsonObject cause =
        new JsonObject()
            .put("layer", incident.cause().layer().map(Enum::name).orElse(null))
            .put("code", incident.cause().finding().reason().name())
            .put("reason", incident.cause().finding().reason().text())
            .put("detail", incident.cause().finding().detail())
            .put("culprit", incident.cause().culprit());
    return new JsonObject()
        .put("event", "runbook")
        .put("run", run.id())
        .put("runbook", run.runbook())
        .put("action", run.action())
        .put("who", run.who())
        .put("automatic", run.automatic())
        .put(
            "incident",
            new JsonObject()
                .put("id", incident.id().value())
                .put("summary", Words.of(incident))
                .put("scope", incident.scope().name())
                .put("regions", regions)
                .put("cause", cause)
                .put("onset", incident.onset().toString())
                .put("opened", incident.opened().toString())
                .put("targets", targets)
                .put("targetCount", incident.targets().size()));
  }
}
