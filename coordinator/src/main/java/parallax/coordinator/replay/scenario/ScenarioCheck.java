package parallax.coordinator.replay.scenario;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.Layer;

/** The kinds of checks that probes make, in the order of their index in the schedule. */
public enum ScenarioCheck {
  WEB(0, CheckKind.HTTP, Layer.CONTENT),
  DNS_AUTH(1, CheckKind.DNS_AUTH, Layer.DNS_AUTH),
  DELEGATION(2, CheckKind.DELEGATION, Layer.DELEGATION),
  REGISTRATION(3, CheckKind.REGISTRATION, Layer.REGISTRATION);

  private static final List<Layer> WEB_STAGES =
      List.of(Layer.DNS, Layer.TCP, Layer.TLS, Layer.HTTP, Layer.CONTENT);

  private final int index;
  private final CheckKind kind;
  private final Layer deepest;
  private final String word;

  ScenarioCheck(int index, CheckKind kind, Layer deepest) {
    this.index = index;
    this.kind = kind;
    this.deepest = deepest;
    this.word = name().toLowerCase(Locale.ROOT);
  }

  /** The place in the schedule, from 0. */
  public int index() {
    return index;
  }

  /** The check of the product that looks at the same. */
  public CheckKind kind() {
    return kind;
  }

  /** The layers looked at, in order. */
  public List<Layer> stages() {
    return this == WEB ? WEB_STAGES : List.of(deepest);
  }

  /** The layer that a success speaks about. */
  public Layer deepest() {
    return deepest;
  }

  /** The word in scenarios and in the keys of draws. */
  public String word() {
    return word;
  }

  /** The kind of check of a scenario that stands for a check of the product, if one does. */
  public static Optional<ScenarioCheck> of(CheckKind kind) {
    for (ScenarioCheck check : values()) {
      if (check.kind == kind) {
        return Optional.of(check);
      }
    }
    return Optional.empty();
  }
}
