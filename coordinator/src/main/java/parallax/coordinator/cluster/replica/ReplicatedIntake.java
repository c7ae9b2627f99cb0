package parallax.coordinator.cluster.replica;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.cluster.grid.Witnesses;
import parallax.coordinator.cluster.item.Item;
import parallax.coordinator.cluster.item.Parcel;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.intake.Intake;
import parallax.coordinator.intake.Receipt;

/** Takes in what probes hand over into replicated books. */
public final class ReplicatedIntake implements Intake {
  /** Bytes that may be on their way to their owners; more is refused. */
  static final long MAX_ON_THE_WAY = 64L * 1024 * 1024;

  private static final Receipt SAFE = new Receipt.Safe();
  private static final Receipt UNSURE = new Receipt.KeepThem(Receipt.Why.INDETERMINATE);

  private final Books books;
  private final Witnesses witnesses;
  private final Consumer<Beat> beats;
  private final AtomicLong onTheWay = new AtomicLong();

  /** An intake that hands signs of life to {@code beats}. */
  public ReplicatedIntake(Books books, Witnesses witnesses, Consumer<Beat> beats) {
    this.books = books;
    this.witnesses = witnesses;
    this.beats = beats;
  }

  @Override
  public CompletionStage<Receipt> take(List<Evidence> evidence) {
    UUID self = witnesses.self();
    CompletableFuture<Receipt> all = CompletableFuture.completedFuture(SAFE);
    for (List<Item> items : Encoding.items(evidence)) {
      all = all.thenCombine(take(items.getFirst().origin().probe(), Parcel.of(items)), this::worse);
    }
    return all.thenCompose(
        receipt ->
            receipt instanceof Receipt.Safe
                ? witnesses.confirm(self).thenApply(confirmed -> confirmed ? receipt : UNSURE)
                : CompletableFuture.completedFuture(receipt));
  }

  private Receipt worse(Receipt one, Receipt other) {
    return one instanceof Receipt.Safe(int some) && other instanceof Receipt.Safe(int others)
        ? new Receipt.Safe(Math.max(some, others))
        : one instanceof Receipt.Safe ? other : one;
  }

  private CompletableFuture<Receipt> take(String probe, Parcel parcel) {
    int size = parcel.size();
    if (onTheWay.addAndGet(size) > MAX_ON_THE_WAY) {
      onTheWay.addAndGet(-size);
      return CompletableFuture.completedFuture(new Receipt.KeepThem(Receipt.Why.FULL));
    }
    return books
        .change(Shards.of(probe), new Task.Take(parcel))
        .handle(
            (answer, failure) -> {
              onTheWay.addAndGet(-size);
              return receipt(answer, failure);
            });
  }

  private static Receipt receipt(@Nullable Answer answer, @Nullable Throwable failure) {
    if (failure != null) {
      return new Receipt.KeepThem(Refusals.why(failure));
    }
    return answer != null && Task.Take.fitted(answer)
        ? new Receipt.Safe(Task.Take.waiting(answer))
        : new Receipt.KeepThem(Receipt.Why.FULL);
  }

  @Override
  public void alive(Beat beat) {
    beats.accept(beat);
  }
}
