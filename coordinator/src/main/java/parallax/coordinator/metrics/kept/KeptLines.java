package parallax.coordinator.metrics.kept;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parallax.config.target.TargetName;
import parallax.coordinator.metrics.text.PromText;

/**
 * What is told of one target, as it was written last: what says the same is copied, not made again.
 * Lines are the same in every format. Read and kept by any thread; what two of them make at once is
 * the same, and either stays.
 */
public final class KeptLines {
  /** Longer lines are not kept. A target keeps three pieces at most. */
  static final int MAX_BYTES = 1024;

  private static final byte[] END = PromText.encoded("} ");

  private final TargetName name;
  private final byte[] open;
  private @Nullable Piece states;
  private @Nullable Piece labels;
  private @Nullable Piece uptimes;

  /** Lines, and what they say. */
  private static final class Piece {
    private final Object said;
    private final byte[] bytes;

    Piece(Object said, byte[] bytes) {
      this.said = said;
      this.bytes = bytes;
    }
  }

  /** Numbers, bit for bit. */
  public static final class Numbers {
    private final double[] all;

    public Numbers(double[] all) {
      this.all = all.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Numbers numbers && Arrays.equals(all, numbers.all);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(all);
    }
  }

  KeptLines(TargetName name) {
    this.name = name;
    open = PromText.encoded(PromText.open("target", name.value()));
  }

  TargetName name() {
    return name;
  }

  /** Begins a sample: a name and the target, without the closing brace. */
  public PromText open(PromText text, byte[] metric) {
    return text.bytes(metric).bytes(open);
  }

  /** The same up to the value, when it has no further labels. */
  public PromText sample(PromText text, byte[] metric) {
    return open(text, metric).bytes(END);
  }

  /** Writes lines that say in which state it is. */
  public void states(PromText text, Object said, Consumer<PromText> anew) {
    states = write(text, states, said, anew);
  }

  /** Writes the line with its labels. */
  public void labels(PromText text, Object said, Consumer<PromText> anew) {
    labels = write(text, labels, said, anew);
  }

  /** Writes lines that say how long it was up. */
  public void uptimes(PromText text, Object said, Consumer<PromText> anew) {
    uptimes = write(text, uptimes, said, anew);
  }

  private static @Nullable Piece write(
      PromText text, @Nullable Piece known, Object said, Consumer<PromText> anew) {
    if (known != null && known.said.equals(said)) {
      text.bytes(known.bytes);
      return known;
    }
    int mark = text.mark();
    anew.accept(text);
    return text.mark() - mark > MAX_BYTES ? null : new Piece(said, text.since(mark));
  }
}
