package parallax.config.read.check;

import java.util.List;
import java.util.Optional;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Kinds.Pair;
import parallax.config.observation.Printable;

/** Labels, which go into alerts and metrics. */
public final class LabelReader {
  /** The most labels of a target. */
  public static final int MAX_LABELS = 64;

  /** The longest value, in UTF-16 code units. */
  public static final int MAX_VALUE = 256;

  /** Label names of Prometheus that it does not keep for itself. */
  private static final String KEY_PATTERN = "^(?!__)[a-zA-Z_][a-zA-Z0-9_]{0,127}$";

  public static final Kind<List<Pair<String>>> KIND =
      Kinds.table(
          KEY_PATTERN,
          "letters, digits and underscores, no digit first, at most 128; not starting with __",
          Kinds.written(MAX_VALUE)
              .then(
                  (text, node, reading) ->
                      Printable.bounded(text, MAX_VALUE).equals(text)
                          ? Optional.of(text)
                          : reading.refuse(
                              node.place(),
                              "must be printable text of one line; found control characters")),
          MAX_LABELS);

  private LabelReader() {}
}
