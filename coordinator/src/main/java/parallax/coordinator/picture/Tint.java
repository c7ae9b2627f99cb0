package parallax.coordinator.picture;

import java.util.Locale;
import parallax.coordinator.core.verdict.TargetState;

/**
 * What something is drawn in. Text in each of them can be read on {@link #PAPER} (WCAG 2.2, 1.4.3).
 */
enum Tint {
  PAPER(0xffffff),
  INK(0x1b1f24),
  FAINT(0x57606a),
  GRID(0xd0d5db),
  UP(0x0a6b2d),
  DEGRADED(0x8a5300),
  DOWN(0xb3001b),
  UNKNOWN(0x5c6269);

  private final int rgb;

  Tint(int rgb) {
    this.rgb = rgb;
  }

  static Tint of(TargetState state) {
    return switch (state) {
      case UP -> UP;
      case DEGRADED -> DEGRADED;
      case DOWN -> DOWN;
      case UNKNOWN -> UNKNOWN;
    };
  }

  /** Eight bits each of red, green and blue. */
  int rgb() {
    return rgb;
  }

  /** As SVG and CSS write it. */
  String code() {
    return String.format(Locale.ROOT, "#%06x", rgb);
  }

  /** The class by which a page gives it another colour. */
  String className() {
    return "p-" + name().toLowerCase(Locale.ROOT);
  }
}
