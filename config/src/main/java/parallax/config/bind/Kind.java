package parallax.config.bind;

import java.util.Optional;
import java.util.function.Function;
import parallax.config.yaml.Yaml;

/** What a value is written like and how it is read. */
public record Kind<T>(Form form, Decoder<T> decoder) {

  /** Reads a value; empty when it is wrong, which the reading then says. */
  @FunctionalInterface
  public interface Decoder<T> {
    Optional<T> read(Yaml node, Reading reading);
  }

  /** Goes on from a value that was read; empty when it is wrong, which the reading then says. */
  @FunctionalInterface
  public interface Step<T, R> {
    Optional<R> apply(T value, Yaml node, Reading reading);
  }

  public Optional<T> read(Yaml node, Reading reading) {
    return decoder.read(node, reading);
  }

  /** Written alike, and read further. */
  public <R> Kind<R> then(Step<? super T, R> step) {
    return new Kind<>(
        form,
        (node, reading) -> read(node, reading).flatMap(value -> step.apply(value, node, reading)));
  }

  /** Written alike, and made into something else. */
  public <R> Kind<R> map(Function<? super T, ? extends R> function) {
    return new Kind<>(form, (node, reading) -> read(node, reading).map(function));
  }

  /** Written alike; also tells where. */
  public Kind<Located<T>> located() {
    return then((value, node, _) -> Optional.of(new Located<>(node.place(), value)));
  }
}
