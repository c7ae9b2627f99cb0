package parallax.config.read.policy;

import java.util.List;
import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Shape;
import parallax.config.target.Label;
import parallax.config.target.Region;
import parallax.config.target.RegionPlace;

/** An item of {@code regions}. */
public final class RegionReader {
  private static final int MAX_TEXT = 40;
  private static final String NUMBER = "-?[0-9]{1,3}(\\.[0-9]{1,8})?";

  private static final Field<Region> NAME =
      Field.required(
          "name",
          Kinds.text(
                  Label.PATTERN,
                  Label.MAX_LENGTH,
                  "must be a region: lower-case letters, digits and inner hyphens, 1 to 63")
              .map(Region::new),
          "The region, as probes are told theirs. Unique.");

  private record Point(double north, double east) {}

  private static final Field<Point> AT =
      Field.required(
          "at",
          Kinds.text(
                  "^" + NUMBER + ", ?" + NUMBER + "$",
                  MAX_TEXT,
                  "must be degrees north and east, as in \"50.11, 8.68\"; south and west are"
                      + " negative")
              .then(
                  (text, node, reading) -> {
                    List<Double> degrees =
                        List.of(text.split(", ?", -1)).stream().map(Double::valueOf).toList();
                    Point point = new Point(degrees.getFirst(), degrees.getLast());
                    return Math.abs(point.north()) <= RegionPlace.MAX_NORTH
                            && Math.abs(point.east()) <= RegionPlace.MAX_EAST
                        ? Optional.of(point)
                        : reading.wrong(
                            node, "must be -90 to 90 degrees north and -180 to 180 degrees east");
                  }),
          "Where it is: degrees north and east, as in \"50.11, 8.68\"; south and west are"
              + " negative.");

  public static final Kind<RegionPlace> KIND =
      Kinds.fields(
          Shape.of("region", "Where a region is whose name does not tell.", NAME, AT),
          (values, _, _) ->
              values
                  .get(NAME)
                  .flatMap(
                      name ->
                          values
                              .get(AT)
                              .map(point -> new RegionPlace(name, point.north(), point.east()))));

  private RegionReader() {}
}
