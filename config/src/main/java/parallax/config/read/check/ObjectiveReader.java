package parallax.config.read.check;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.bind.Field;
import parallax.config.bind.Form;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Shape;
import parallax.config.target.Objective;
import parallax.config.yaml.Yaml;

/** The {@code objective} of a target. */
public final class ObjectiveReader {
  private static final int MAX_PERCENT = 7;
  private static final Duration MIN_WINDOW = Duration.ofDays(1);

  /** As far back as it is kept in memory how a target was. */
  private static final Duration MAX_WINDOW = Duration.ofDays(90);

  private static final Field<Double> TARGET =
      Field.required(
          "target",
          Kinds.text(
                  "[5-9][0-9](\\.[0-9]{1,3})?%",
                  MAX_PERCENT, "must be a percentage from 50% to 99.999%, such as 99.9%")
              .map(ObjectiveReader::share),
          "How much of its known time, outside of maintenance, it is to be up.");
  private static final Field<Duration> WINDOW =
      Field.optional(
          "window",
          Kinds.duration(MIN_WINDOW, MAX_WINDOW),
          "Over which that counts, ending now. Left out: 30d.");

  private static final Kind<Objective> WRITTEN =
      Kinds.fields(
          Shape.of("objective", "How much of the time a target is to be up.", TARGET, WINDOW),
          (values, _, _) ->
              values
                  .get(TARGET)
                  .map(
                      share ->
                          new Objective(share, values.get(WINDOW).orElse(Objective.USUAL_WINDOW))));

  private static final Kind<Optional<Objective>> OFF =
      Kinds.choice(new TreeMap<>(Map.of("off", Optional.<Objective>empty())));

  /** Empty: none, whatever the defaults say. */
  public static final Kind<Optional<Objective>> KIND =
      new Kind<>(
          new Form.Either(List.of(WRITTEN.form(), OFF.form())),
          (node, reading) ->
              switch (node) {
                case Yaml.Mapping _ ->
                    WRITTEN.read(node, reading).flatMap(it -> Optional.of(Optional.of(it)));
                case Yaml.Scalar scalar when scalar.text().equals("off") -> OFF.read(node, reading);
                default -> reading.wrong(node, "must be off, or a mapping such as {target: 99.9%}");
              });

  private ObjectiveReader() {}

  private static double share(String percent) {
    return new BigDecimal(percent.substring(0, percent.length() - 1))
        .movePointLeft(2)
        .doubleValue();
  }
}
