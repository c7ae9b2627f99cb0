package parallax.coordinator.api.people;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import parallax.config.Configuration;
import parallax.config.policy.ApiToken.Role;
import parallax.config.runbook.Action;
import parallax.config.runbook.Automatic;
import parallax.config.runbook.Runbook;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.json.Json;
import parallax.coordinator.notebook.PlainText;
import parallax.coordinator.run.Run;
import parallax.coordinator.runbook.Fitting;
import parallax.coordinator.runbook.execute.Asked;
import parallax.coordinator.runbook.execute.Order;
import parallax.coordinator.runbook.execute.Runner;
import parallax.coordinator.store.Store;

/** What to do about an incident: told, and done by hand. */
public final class RunbooksApi {
  /** Of all that is for an incident. */
  public static final String PATH = "/api/v1/incidents/{id}/runbooks";

  private static final String ACTION = "action";
  private static final String DRY_RUN = "dry_run";
  private static final String WHO = "who";

  private final Store store;
  private final Supplier<Configuration> configuration;
  private final Runner runner;
  private final InstantSource clock;

  public RunbooksApi(
      Store store, Supplier<Configuration> configuration, Runner runner, InstantSource clock) {
    this.store = store;
    this.configuration = configuration;
    this.runner = runner;
    this.clock = clock;
  }

  public List<Deed> deeds() {
    return List.of(new Deed("POST", PATH + "/{name}", Role.RESPONDER, this::run));
  }

  /** Answers what is for an incident, and what ran for it. */
  public Reply list(Request request) throws Request.Unusable {
    String path = request.path();
    String prefix = PATH.substring(0, PATH.indexOf('{'));
    String suffix = PATH.substring(PATH.indexOf('}') + 1);
    String id = path.substring(prefix.length(), path.length() - suffix.length());
    Optional<Incident> found = store.incident(new IncidentId(Request.decodedPath(id)));
    if (found.isEmpty()) {
      return nothing();
    }
    List<Runbook> runbooks = Fitting.of(configuration.get(), found.get());
    List<Run> runs = store.runs().runs(found.get().id());
    Instant now = clock.instant();
    return Reply.json(
        Json.object(
            json ->
                json.items("items", runbooks, this::runbook)
                    .items("runs", runs, (each, run) -> run(each, run, now))
                    .nothing("next")));
  }

  private static Reply nothing() {
    return Reply.problem(404, "there is no incident of this id");
  }

  /** The field {@code runbooks} of an incident: where to read what to do. */
  public static void links(Json json, Configuration configuration, Incident incident)
      throws IOException {
    json.items(
        "runbooks",
        Fitting.of(configuration, incident),
        (fields, runbook) ->
            fields.text("name", runbook.name()).text("link", runbook.link().map(URI::toString)));
  }

  private Reply run(Wish wish) throws Request.Unusable {
    wish.only(List.of(ACTION, DRY_RUN, WHO));
    Optional<String> named = wish.text(ACTION, PlainText.MAX_NAME);
    boolean dry = wish.flag(DRY_RUN);
    Optional<String> person = wish.text(WHO, PlainText.MAX_NAME);
    Optional<Incident> incident = store.incident(new IncidentId(wish.parameter()));
    if (incident.isEmpty()) {
      return nothing();
    }
    Optional<Runbook> runbook =
        Fitting.of(configuration.get(), incident.get()).stream()
            .filter(each -> each.name().equals(wish.parameters().getLast()))
            .findFirst();
    if (runbook.isEmpty()) {
      return Reply.problem(404, "no runbook of this name is for this incident");
    }
    Action action = action(runbook.get(), named);
    if (!incident.get().isOpen()) {
      return Reply.problem(409, "the incident is over");
    }
    Order order =
        new Order(incident.get(), runbook.get(), action, wish.caller().signed(person), wish.at());
    return reply(order, dry ? runner.dryRun(order) : runner.byHand(order));
  }

  private static Action action(Runbook runbook, Optional<String> named) throws Request.Unusable {
    List<String> names = runbook.actions().stream().map(Action::name).toList();
    if (names.isEmpty()) {
      throw new Request.Unusable("this runbook is for people to read; it has no actions");
    }
    Optional<Action> only =
        names.size() == 1 && named.isEmpty()
            ? Optional.of(runbook.actions().getFirst())
            : named.flatMap(runbook::action);
    return only.orElseThrow(
        () -> new Request.Unusable(ACTION + " must be one of " + String.join(", ", names)));
  }

  private static Reply reply(Order order, Asked asked) {
    return switch (asked) {
      case Asked.Started(Run run) ->
          Reply.json(202, Json.object(json -> run(json, run, order.at())));
      case Asked.Would(String what) ->
          Reply.json(
              Json.object(
                  json ->
                      json.text("runbook", order.runbook().name())
                          .text(ACTION, order.action().name())
                          .flag("dryRun", true)
                          .text("would", what)));
      case Asked.Refused(Asked.Cause cause, String why) ->
          switch (cause) {
            case FORBIDDEN -> Reply.problem(403, why);
            case RUNNING, NOT_NOW, OVER -> Reply.problem(409, why);
            case NO_ROOM -> Reply.problem(503, why).with("Retry-After", "10");
          };
    };
  }

  private void runbook(Json json, Runbook runbook) throws IOException {
    json.text("name", runbook.name())
        .text("steps", runbook.steps())
        .text("link", runbook.link().map(URI::toString))
        .items("actions", runbook.actions(), this::action);
  }

  private void action(Json json, Action action) throws IOException {
    Optional<String> forbidden = runner.forbidden(action);
    json.text("name", action.name());
    switch (action.work()) {
      case Action.Work.Webhook _ -> json.text("kind", "webhook").nothing("command");
      case Action.Work.Command(String name) -> json.text("kind", "command").text("command", name);
    }
    json.flag("allowed", forbidden.isEmpty()).text("why", forbidden);
    automatic(json, action.automatic());
  }

  private static void automatic(Json json, Optional<Automatic> automatic) throws IOException {
    if (automatic.isEmpty()) {
      json.nothing("auto");
      return;
    }
    Automatic rules = automatic.get();
    json.object(
        "auto",
        fields ->
            fields
                .texts("scope", rules.scopes().stream().map(RunbooksApi::word).toList())
                .texts("severity", rules.severities().stream().map(RunbooksApi::word).toList())
                .number("forSeconds", rules.lasting().toSeconds())
                .number("cooldownSeconds", rules.cooldown().toSeconds())
                .number("mostRuns", rules.most().runs())
                .number("mostInSeconds", rules.most().in().toSeconds()));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void run(Json json, Run run, Instant now) throws IOException {
    String lost = word(Run.Outcome.UNKNOWN);
    String state =
        run.end()
            .map(end -> word(end.outcome()))
            .orElseGet(() -> run.isRunning(now) ? "running" : lost);
    json.text("id", run.id())
        .text("incident", run.incident().value())
        .text("runbook", run.runbook())
        .text(ACTION, run.action())
        .text(WHO, run.who())
        .flag("automatic", run.automatic())
        .text("state", state)
        .instant("began", run.began())
        .instant("ended", run.end().map(Run.End::at))
        .text("said", run.end().map(Run.End::said));
  }
}
