package parallax.coordinator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.intake.Intake;
import parallax.coordinator.intake.Receipt;

/** The intake of a coordinator that is alone: what is safe is what is on disk. */
final class DiskIntake implements Intake {
  /** How long a probe waits at most to hear that what it handed over is on disk. */
  static final Duration RECEIPT = Duration.ofSeconds(20);

  private final Supplier<Optional<Term>> term;

  DiskIntake(Supplier<Optional<Term>> term) {
    this.term = term;
  }

  @Override
  public CompletionStage<Receipt> take(List<Evidence> evidence) {
    Optional<Term> leading = term.get();
    if (leading.isEmpty()) {
      return CompletableFuture.completedFuture(new Receipt.KeepThem(Receipt.Why.CLOSING));
    }
    CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    leading
        .get()
        .ingest(
            evidence,
            written ->
                receipt.complete(
                    written ? new Receipt.Safe() : new Receipt.KeepThem(Receipt.Why.FULL)));
    return receipt.completeOnTimeout(
        new Receipt.KeepThem(Receipt.Why.TIMEOUT), RECEIPT.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void alive(Beat beat) {
    term.get().ifPresent(leading -> leading.heard(beat));
  }
}
