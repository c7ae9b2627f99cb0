package parallax.coordinator.page.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parallax.config.target.Region;
import parallax.config.target.RegionPlace;

/**
 * Where regions are, by their names: those of cities, airports and regions of clouds are known,
 * with a number behind them ({@code tokyo-2}, {@code us-east-1a}) or a provider before ({@code
 * aws-us-east-1}). Of any other name nothing is guessed, and the configuration may say.
 */
final class Places {
  private static final String FILE = "places.txt";
  private static final Pattern ZONE = Pattern.compile("(.*[0-9])-?[a-f]");
  private static final Pattern NUMBERED = Pattern.compile("(.*?)-?[0-9]+");
  private static final Pattern PROVIDED =
      Pattern.compile("(?:aws|azure|do|gcp|hetzner|linode|oci|ovh|vultr)-(.*)");

  private static final Map<String, Place> BY_NAME = known();

  private final Map<Region, Place> told;

  /**
   * A point on the globe.
   *
   * @param north degrees, of the south negative
   * @param east degrees, of the west negative
   */
  record Place(double north, double east) {}

  /** Where the configuration says that some are, whatever their names say. */
  Places(List<RegionPlace> configured) {
    told =
        configured.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    RegionPlace::region, each -> new Place(each.north(), each.east())));
  }

  /** Reads them from the class path. */
  private static Map<String, Place> known() {
    Map<String, Place> byName = new HashMap<>();
    for (String line : read().split("\n", -1)) {
      if (!line.isEmpty() && line.charAt(0) != '#') {
        List<String> words = List.of(line.split(" ", -1));
        byName.put(
            words.get(0),
            new Place(Double.parseDouble(words.get(1)), Double.parseDouble(words.get(2))));
      }
    }
    return Map.copyOf(byName);
  }

  /** Where a region is; empty when neither its name nor the configuration tells. */
  Optional<Place> of(Region region) {
    Optional<Place> said = Optional.ofNullable(told.get(region));
    return said.isPresent() ? said : byName(region);
  }

  private static Optional<Place> byName(Region region) {
    String name = stripped(PROVIDED, region.value());
    String whole = stripped(ZONE, name);
    return Stream.of(name, whole, stripped(NUMBERED, whole))
        .flatMap(each -> Optional.ofNullable(BY_NAME.get(each)).stream())
        .findFirst();
  }

  private static String stripped(Pattern pattern, String name) {
    Matcher matcher = pattern.matcher(name);
    return matcher.matches() ? matcher.group(1) : name;
  }

  private static String read() {
    try (InputStream resource = Places.class.getResourceAsStream(FILE)) {
      if (resource == null) {
        throw new IllegalStateException(FILE + " is missing from the class path");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE, e);
    }
  }
}
