package parallax.coordinator.uplink;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parallax.config.observation.ObservationId;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.intake.Intake;
import parallax.coordinator.intake.Receipt;

/** An intake in memory; as every intake, it passes on what has one identity once. */
final class Collected implements Intake {
  private final Map<ObservationId, Evidence> kept = new LinkedHashMap<>();
  private final List<Beat> beats = new ArrayList<>();
  private CompletionStage<Receipt> answer = CompletableFuture.completedFuture(new Receipt.Safe());
  private int calls;

  @Override
  public synchronized CompletionStage<Receipt> take(List<Evidence> evidence) {
    calls++;
    evidence.forEach(each -> kept.putIfAbsent(each.observation().id(), each));
    return answer;
  }

  @Override
  public synchronized void alive(Beat beat) {
    beats.add(beat);
  }

  /** What is said from here on. */
  synchronized void answering(CompletionStage<Receipt> next) {
    answer = next;
  }

  synchronized int size() {
    return kept.size();
  }

  synchronized int calls() {
    return calls;
  }

  synchronized List<Evidence> all() {
    return List.copyOf(kept.values());
  }

  synchronized List<Beat> beats() {
    return List.copyOf(beats);
  }
}
