package parallax.bench.compare.group;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import parallax.bench.compare.run.Answer;
import parallax.bench.compare.run.Vantages;
import parallax.bench.compare.run.World;
import parallax.bench.compare.year.Draws;
import parallax.config.check.CheckKind;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.coordinator.core.watch.Cadence;
import parallax.coordinator.core.watch.Watched;

/** A landscape in which something breaks. */
record BrokenWorld(Landscape landscape, Vantages vantages, List<Breakage> breakages, long key)
    implements World {
  /** The share of attempts that fail for no reason. */
  private static final double LOSS = 0.002;

  /** The share of attempts that fail where something is broken. */
  private static final double BROKEN = 0.95;

  private static final Map<CheckKind, Answer> FINE =
      Map.of(
          CheckKind.REGISTRATION, Answer.fine(Layer.REGISTRATION),
          CheckKind.DELEGATION, Answer.fine(Layer.DELEGATION),
          CheckKind.DNS_AUTH, Answer.fine(Layer.DNS_AUTH),
          CheckKind.HTTP, Answer.fine(Layer.HTTP));

  private static final Map<CheckKind, Answer> LOST =
      Map.of(
          CheckKind.REGISTRATION,
              Answer.noAnswer(Layer.REGISTRATION, Reason.REGISTRATION_NO_ANSWER),
          CheckKind.DELEGATION, Answer.timeout(Reason.DELEGATION_TIMEOUT),
          CheckKind.DNS_AUTH, Answer.timeout(Reason.NAME_SERVERS_TIMEOUT),
          CheckKind.HTTP, Answer.timeout(Reason.CONNECT_TIMEOUT));

  @Override
  public List<Watched> targets() {
    return landscape.targets();
  }

  @Override
  public List<Cadence> cadences() {
    return Landscape.CADENCES;
  }

  @Override
  public boolean isSilent(int probe, long time) {
    return false;
  }

  @Override
  public Answer answer(int probe, int target, CheckKind check, long time) {
    long path = (long) probe * targets().size() + target;
    long pathOfCheck = Draws.key(Draws.key(key, path), check.label().hashCode());
    double draw = Draws.uniform(pathOfCheck, time);
    for (Breakage breakage : breakages) {
      Optional<Answer> symptom = breakage.symptom(check, target, time);
      if (symptom.isPresent() && draw < BROKEN) {
        return symptom.get();
      }
    }
    return answer(draw >= 1 - LOSS ? LOST : FINE, check);
  }

  private static Answer answer(Map<CheckKind, Answer> answers, CheckKind check) {
    return Objects.requireNonNull(answers.get(check), () -> "not scheduled: " + check);
  }
}
