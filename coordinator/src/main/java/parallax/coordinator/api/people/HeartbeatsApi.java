package parallax.coordinator.api.people;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import parallax.config.Configuration;
import parallax.config.policy.ApiToken.Role;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.json.Json;
import parallax.coordinator.notebook.Heard;
import parallax.coordinator.notebook.PlainText;
import parallax.coordinator.store.People;

/** What jobs say of themselves. */
public final class HeartbeatsApi {
  private static final String PATH = "/api/v1/heartbeats/{name}";
  private static final String STATUS = "status";
  private static final String DETAIL = "detail";
  private static final String OK = "ok";
  private static final String FAIL = "fail";
  private static final int MAX_STATUS = 10;

  private final People people;
  private final Supplier<Configuration> configuration;

  public HeartbeatsApi(People people, Supplier<Configuration> configuration) {
    this.people = people;
    this.configuration = configuration;
  }

  public List<Deed> deeds() {
    return List.of(new Deed("POST", PATH, Role.RESPONDER, this::hear));
  }

  private Reply hear(Wish wish) throws Request.Unusable {
    wish.only(List.of(STATUS, DETAIL));
    String status = wish.text(STATUS, MAX_STATUS).orElse(OK);
    if (!status.equals(OK) && !status.equals(FAIL)) {
      throw new Request.Unusable("status must be one of ok, fail");
    }
    if (!isWaitedFor(wish.parameter())) {
      return Reply.problem(404, "no target of this name waits for a heartbeat");
    }
    String detail = wish.text(DETAIL, PlainText.MAX_TEXT).orElse("");
    Heard heard =
        new Heard(
            wish.parameter(),
            wish.at(),
            wish.caller().signed(Optional.empty()),
            status.equals(FAIL),
            detail);
    if (!people.heard(heard)) {
      return Reply.problem(409, "there are " + People.MAX_HEARTBEATS + " jobs already");
    }
    return Reply.json(
        Json.object(
            json ->
                json.text("name", heard.name())
                    .instant("at", heard.at())
                    .text(STATUS, status)
                    .text(DETAIL, heard.detail())));
  }

  private boolean isWaitedFor(String name) {
    return TargetName.isValid(name)
        && configuration.get().target(new TargetName(name)).flatMap(Target::heartbeat).isPresent();
  }
}
