package parallax.coordinator.store.document;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Constants as they stand in the record: by name. */
public final class Words {
  private Words() {}

  /** The constant of this name; empty for names that a later version wrote, and for none at all. */
  public static <E extends Enum<E>> Optional<E> read(Class<E> type, @Nullable String name) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }
}
