package parallax.probe.registration.date;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Names of months, zones and filler in the languages of registries, from {@code words.txt}: a line
 * is a kind, a meaning and the words for it.
 */
final class DateWords {
  private static final String RESOURCE = "/parallax/probe/registration/date/words.txt";

  static final DateWords SHIPPED = load();

  private final Map<String, Integer> months;
  private final Map<String, ZoneId> zones;
  private final Set<String> filler;
  private final Set<String> none;

  private DateWords(
      Map<String, Integer> months,
      Map<String, ZoneId> zones,
      Set<String> filler,
      Set<String> none) {
    this.months = Collections.unmodifiableMap(months);
    this.zones = Collections.unmodifiableMap(zones);
    this.filler = Collections.unmodifiableSet(filler);
    this.none = Collections.unmodifiableSet(none);
  }

  private static DateWords load() {
    try (InputStream in =
            Objects.requireNonNull(DateWords.class.getResourceAsStream(RESOURCE), RESOURCE);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return of(reader.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DateWords of(List<String> lines) {
    Map<String, Integer> months = new HashMap<>();
    Map<String, ZoneId> zones = new HashMap<>();
    Set<String> filler = new HashSet<>();
    Set<String> none = new HashSet<>();
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> cells = List.of(line.split("\t"));
      List<String> named = List.of(cells.getLast().split(", *"));
      switch (cells.getFirst()) {
        case "month" -> named.forEach(word -> months.put(word, Integer.parseInt(cells.get(1))));
        case "zone" -> named.forEach(word -> zones.put(word, ZoneId.of(cells.get(1))));
        case "filler" -> filler.addAll(named);
        case "none" -> none.addAll(named);
        default -> throw new IllegalStateException(RESOURCE + ": " + line);
      }
    }
    return new DateWords(months, zones, filler, none);
  }

  Optional<Integer> month(String word) {
    return Optional.ofNullable(months.get(word));
  }

  Optional<ZoneId> zone(String word) {
    return Optional.ofNullable(zones.get(word));
  }

  boolean isFiller(String word) {
    return filler.contains(word);
  }

  boolean isNone(String text) {
    return none.contains(text);
  }
}
