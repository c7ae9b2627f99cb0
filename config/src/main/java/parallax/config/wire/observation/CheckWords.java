package parallax.config.wire.observation;

import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.wire.field.EnumWords;
import parallax.uplink.v1.Observed;

/** Kinds of checks. */
public final class CheckWords {
  private static final EnumWords<CheckKind, Observed.CheckKind> WORDS =
      new EnumWords<>(CheckKind.class, Observed.CheckKind.class, "CHECK_KIND_");

  private CheckWords() {}

  public static Observed.CheckKind write(CheckKind kind) {
    return WORDS.write(kind);
  }

  /** Empty for a kind that this version does not know. */
  public static Optional<CheckKind> read(Observed.CheckKind kind) {
    return WORDS.read(kind);
  }
}
