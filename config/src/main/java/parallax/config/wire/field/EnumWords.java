package parallax.config.wire.field;

import java.util.EnumMap;
import java.util.Objects;
import java.util.Optional;

/**
 * One of our enums beside its twin on the wire, whose constants have the same names behind a
 * prefix.
 *
 * @param <O> ours
 * @param <W> the wire's
 */
public final class EnumWords<O extends Enum<O>, W extends Enum<W>> {
  private final EnumMap<O, W> written;
  private final EnumMap<W, O> read;

  /** Throws when one of our constants has no twin. */
  public EnumWords(Class<O> ours, Class<W> wire, String prefix) {
    written = new EnumMap<>(ours);
    read = new EnumMap<>(wire);
    for (O word : Objects.requireNonNull(ours.getEnumConstants())) {
      W twin = Enum.valueOf(wire, prefix + word.name());
      written.put(word, twin);
      read.put(twin, word);
    }
  }

  public W write(O word) {
    return Objects.requireNonNull(written.get(word));
  }

  /** Empty for what this version does not know, and for what the sender left out. */
  public Optional<O> read(W word) {
    return Optional.ofNullable(read.get(word));
  }
}
