package parallax.coordinator.replay.world;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.coordinator.replay.scenario.Change;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.ScenarioCheck;
import parallax.coordinator.replay.scenario.Token;

/** What checks see. */
public final class Sights {
  /** What a check takes by itself. */
  public static final long CHECK_MS = 200;

  private final Scenario scenario;
  private final Draws draws;
  private final List<BoundEvent<Change.See>> events;

  public Sights(Scenario scenario, long seed) {
    this.scenario = scenario;
    this.draws = new Draws(seed);
    this.events = BoundEvent.of(scenario, Change.See.class);
  }

  /** What is found by one check. */
  public Sight of(Look look) {
    Seen seen = new Seen();
    for (BoundEvent<Change.See> event : events) {
      if (event.concerns(look.probe(), look.target(), look.startMs()) && applies(event, look)) {
        seen.overlay(event.change());
      }
    }
    if (isNoise(look)) {
      seen.put(Token.timeout(noiseLayer(look.check())));
    }
    return judge(look, seen);
  }

  /** What is not as it should be, by layer; later events have replaced earlier ones. */
  private static final class Seen {
    private final Map<Layer, Token> tokens = new EnumMap<>(Layer.class);
    private long latencyMs;

    void overlay(Change.See see) {
      see.tokens().forEach(this::put);
      latencyMs = see.latencyMs().orElse(latencyMs);
    }

    void put(Token token) {
      tokens.put(token.layer(), token);
    }
  }

  private boolean applies(BoundEvent<Change.See> event, Look look) {
    Change.See see = event.change();
    double probability = see.probability(event.event().passed(look.startMs()));
    if (probability >= 1) {
      return true;
    }
    long key = Draws.number(Draws.EMPTY, event.event().index());
    key = Draws.barText(key, probe(look));
    key = Draws.barText(key, target(look));
    return draws.draw(see.sticky() ? key : attempt(key, look)) < probability;
  }

  private boolean isNoise(Look look) {
    if (scenario.noise() == 0) {
      return false;
    }
    long key = Draws.text(Draws.EMPTY, "noise");
    key = Draws.barText(key, probe(look));
    key = Draws.barText(key, target(look));
    return draws.draw(attempt(key, look)) < scenario.noise();
  }

  private static long attempt(long key, Look look) {
    return Draws.barNumber(Draws.barText(key, look.check().word()), look.startMs());
  }

  private static Layer noiseLayer(ScenarioCheck check) {
    return check == ScenarioCheck.WEB ? Layer.TCP : check.deepest();
  }

  /**
   * The first stage that is bad decides. A check that would take as long as it may, or longer, and
   * met nothing bad before the stage that waits for the answer, ends there in a time-out.
   */
  private Sight judge(Look look, Seen seen) {
    List<Integer> accepted = scenario.targets().get(look.target()).accept();
    Layer waits = look.check() == ScenarioCheck.WEB ? Layer.HTTP : look.check().deepest();
    long durationMs = CHECK_MS + seen.latencyMs;
    for (Layer stage : look.check().stages()) {
      if (stage == waits && durationMs >= scenario.timeoutMs()) {
        return sight(Token.timeout(stage), durationMs);
      }
      Token token = seen.tokens.get(stage);
      if (token != null && !token.isFine(accepted)) {
        return sight(token, durationMs);
      }
    }
    return new Sight(look.check().deepest(), Outcome.up(), durationMs);
  }

  private Sight sight(Token token, long durationMs) {
    return new Sight(
        token.layer(),
        token.outcome(),
        token.timeout() ? scenario.timeoutMs() : Math.min(durationMs, scenario.timeoutMs()));
  }

  private String probe(Look look) {
    return scenario.probes().get(look.probe()).id();
  }

  private String target(Look look) {
    return scenario.targets().get(look.target()).id();
  }
}
