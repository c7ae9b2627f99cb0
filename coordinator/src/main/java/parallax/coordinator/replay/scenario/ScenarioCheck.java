package parallax.coordinator.replay.scenario;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.Layer;

/** The kinds of checks that probes make, in the order of their index in the schedule. */
public enum ScenarioCheck {
  WEB(CheckKind.HTTP, List.of(Layer.DNS, Layer.TCP, Layer.TLS, Layer.HTTP, Layer.CONTENT)),
  DNS_AUTH(CheckKind.DNS_AUTH, List.of(Layer.DNS_AUTH)),
  DELEGATION(CheckKind.DELEGATION, List.of(Layer.DELEGATION)),
  REGISTRATION(CheckKind.REGISTRATION, List.of(Layer.REGISTRATION));

  private final CheckKind kind;
  private final List<Layer> stages;
  private final String word;

  ScenarioCheck(CheckKind kind, List<Layer> stages) {
    this.kind = kind;
    this.stages = stages;
    this.word = name().toLowerCase(Locale.ROOT);
  }

  /** The check of the product that looks at the same. */
  public CheckKind kind() {
    return kind;
  }

  /** The layers looked at, in order. */
  public List<Layer> stages() {
    return stages;
  }

  /** The layer that a success speaks about. */
  public Layer deepest() {
    return stages.getLast();
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
