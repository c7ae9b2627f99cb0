package parallax.config.yaml;

import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/** Tells numbers, booleans and nothing from text (YAML 1.2 section 10.3.2). */
final class ScalarTypes {
  private ScalarTypes() {}

  static Yaml.Type of(ScalarEvent scalar) {
    String text = scalar.getValue();
    if (!scalar.isPlain()) {
      return Yaml.Type.TEXT;
    }
    if (text.isEmpty() || CoreScalarResolver.NULL.matcher(text).matches()) {
      return Yaml.Type.NOTHING;
    }
    char first = text.charAt(0);
    // The patterns cost more than this look at the first character.
    if ("+-.0123456789".indexOf(first) >= 0) {
      if (CoreScalarResolver.INT.matcher(text).matches()) {
        return Yaml.Type.WHOLE_NUMBER;
      }
      return CoreScalarResolver.FLOAT.matcher(text).matches() ? Yaml.Type.NUMBER : Yaml.Type.TEXT;
    }
    boolean isBoolean =
        "tTfF".indexOf(first) >= 0 && CoreScalarResolver.BOOL.matcher(text).matches();
    return isBoolean ? Yaml.Type.BOOLEAN : Yaml.Type.TEXT;
  }
}
