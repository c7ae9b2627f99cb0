package parallax.coordinator.drill.stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import parallax.config.observation.Layer;
import parallax.config.observation.Vantage;
import parallax.config.target.Target;
import parallax.config.text.DurationText;
import parallax.coordinator.replay.scenario.Token;

/**
 * What a drill pretends: whom it hits, and what their checks see then. Terms of different kinds
 * have to hold all, of those of one kind any.
 *
 * @param written as it was asked for
 * @param share of the looks that are hit, from 0 to 1
 * @param after the beginning of the drill
 * @param length how long it lasts; empty: as long as the drill's faults do
 */
public record Fault(
    String written, Whom whom, Seen seen, double share, Duration after, Optional<Duration> length) {
  /** The longest text of one. */
  public static final int MAX_TEXT = 1_000;

  /** The latest that one begins. */
  public static final Duration LATEST = Duration.ofHours(12);

  private static final String SILENCE = "silence";
  private static final List<String> KEYS =
      List.of("region", "probe", "network", "target", "label", "see", "share", "after", "for");

  /** What is seen by whoever is hit. */
  public sealed interface Seen {
    /** Nothing can be reached. */
    record Cut() implements Seen {}

    /** Whatever is seen, nobody hears of it. */
    record Silence() implements Seen {}

    /** Some layers are like this, one token for each. */
    record Tokens(List<Token> tokens) implements Seen {
      public Tokens {
        tokens = List.copyOf(tokens);
      }
    }
  }

  /** A text that says no fault; the message says why. */
  public static final class Unclear extends Exception {
    private static final long serialVersionUID = 1L;

    Unclear(String message) {
      super(message);
    }
  }

  /**
   * Whom it hits; what is empty selects all.
   *
   * @param networks as {@code AS64501}
   * @param labels each as key and value
   */
  public record Whom(
      List<String> regions,
      List<String> probes,
      List<String> networks,
      List<String> targets,
      List<Map.Entry<String, String>> labels) {
    public Whom {
      regions = List.copyOf(regions);
      probes = List.copyOf(probes);
      networks = List.copyOf(networks);
      targets = List.copyOf(targets);
      labels = List.copyOf(labels);
    }

    boolean selects(Vantage vantage) {
      return any(regions, vantage.region().value()::equals)
          && any(probes, vantage.probe().value()::equals)
          && any(
              networks, name -> vantage.asn().filter(asn -> name.equals("AS" + asn)).isPresent());
    }

    boolean selects(Target target) {
      return any(targets, target.name().value()::equals)
          && any(labels, each -> each.getValue().equals(target.labels().get(each.getKey())));
    }

    /** Whether it is about places from which is looked, whatever is looked at. */
    boolean isOfProbes() {
      return targets.isEmpty() && labels.isEmpty();
    }

    boolean isEverybody() {
      return isOfProbes() && regions.isEmpty() && probes.isEmpty() && networks.isEmpty();
    }

    private static <T> boolean any(List<T> wanted, Predicate<T> holds) {
      return wanted.isEmpty() || wanted.stream().anyMatch(holds);
    }
  }

  /**
   * Reads {@code region=tokyo,target=shop,see=http:503,share=30%,after=1m,for=5m}.
   *
   * @throws Unclear with what is wrong, for people
   */
  public static Fault parse(String text) throws Unclear {
    if (text.isBlank() || text.length() > MAX_TEXT) {
      throw new Unclear("a fault has 1 to " + MAX_TEXT + " characters");
    }
    SortedMap<String, List<String>> terms = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      String key = equals < 0 ? part : part.substring(0, equals).strip();
      if (equals < 0 || !KEYS.contains(key) || part.substring(equals + 1).isBlank()) {
        throw new Unclear(
            "'" + part + "' is none of KEY=VALUE with the keys " + String.join(", ", KEYS));
      }
      terms.computeIfAbsent(key, _ -> new ArrayList<>()).add(part.substring(equals + 1).strip());
    }
    Whom whom =
        new Whom(
            all(terms, "region"),
            all(terms, "probe"),
            networks(all(terms, "network")),
            all(terms, "target"),
            labels(all(terms, "label")));
    if (whom.isEverybody()) {
      throw new Unclear("say whom it hits: region, probe, network, target or label");
    }
    return new Fault(
        text,
        whom,
        seen(all(terms, "see"), whom.isOfProbes()),
        share(one(terms, "share")),
        duration(one(terms, "after"), "after").orElse(Duration.ZERO),
        duration(one(terms, "for"), "for"));
  }

  private static List<String> all(SortedMap<String, List<String>> terms, String key) {
    return terms.getOrDefault(key, List.of());
  }

  private static Optional<String> one(SortedMap<String, List<String>> terms, String key)
      throws Unclear {
    List<String> all = all(terms, key);
    if (all.size() > 1) {
      throw new Unclear("'" + key + "' is said " + all.size() + " times");
    }
    return all.stream().findFirst();
  }

  private static List<String> networks(List<String> written) throws Unclear {
    for (String each : written) {
      if (!each.matches("(AS)?[0-9]{1,10}")) {
        throw new Unclear("a network is written like AS64501, not '" + each + "'");
      }
    }
    return written.stream().map(each -> each.startsWith("AS") ? each : "AS" + each).toList();
  }

  private static List<Map.Entry<String, String>> labels(List<String> written) throws Unclear {
    List<Map.Entry<String, String>> labels = new ArrayList<>();
    for (String each : written) {
      int colon = each.indexOf(':');
      if (colon < 1) {
        throw new Unclear("a label is written like team:web, not '" + each + "'");
      }
      labels.add(Map.entry(each.substring(0, colon), each.substring(colon + 1)));
    }
    return labels;
  }

  /**
   * What was said of what is seen; where nothing was, whoever looks from a place that is hit
   * reaches nothing, and a target that is hit cannot be connected to.
   */
  private static Seen seen(List<String> written, boolean isOfProbes) throws Unclear {
    if (written.contains(SILENCE)) {
      if (written.size() > 1) {
        throw new Unclear("what is silent shows nothing else");
      }
      return new Seen.Silence();
    }
    if (written.isEmpty()) {
      return isOfProbes ? new Seen.Cut() : new Seen.Tokens(List.of(Token.timeout(Layer.TCP)));
    }
    SortedMap<Layer, Token> tokens = new TreeMap<>();
    for (String each : written) {
      Token token = token(each);
      if (tokens.put(token.layer(), token) != null) {
        throw new Unclear("'see' says two things of one layer: " + each);
      }
    }
    return new Seen.Tokens(List.copyOf(tokens.values()));
  }

  private static Token token(String written) throws Unclear {
    int colon = written.indexOf(':');
    String name = colon < 0 ? written : written.substring(0, colon);
    Optional<Layer> layer =
        Token.layers().stream().filter(each -> each.yamlName().equals(name)).findFirst();
    if (layer.isEmpty()) {
      String known = String.join(", ", Token.layers().stream().map(Layer::yamlName).toList());
      throw new Unclear("'see' is silence, or LAYER:WORD with a layer of " + known);
    }
    return Token.of(layer.get(), colon < 0 ? "" : written.substring(colon + 1))
        .orElseThrow(
            () ->
                new Unclear(
                    "'see=" + name + ":' takes " + String.join(", ", Token.wordsOf(layer.get()))));
  }

  private static double share(Optional<String> written) throws Unclear {
    if (written.isEmpty()) {
      return 1;
    }
    String digits = written.get().replaceFirst("%$", "");
    double percent = digits.matches("[0-9]{1,3}(\\.[0-9]{1,3})?") ? Double.parseDouble(digits) : 0;
    if (percent <= 0 || percent > 100) {
      throw new Unclear("'share' is more than 0% and at most 100%, not " + written.get());
    }
    return percent / 100;
  }

  private static Optional<Duration> duration(Optional<String> written, String key) throws Unclear {
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> read =
        DurationText.parse(written.get()).filter(time -> time.compareTo(LATEST) <= 0);
    if (read.isEmpty()) {
      throw new Unclear(
          "'%s' is written like 90s or 5m, at most %dh".formatted(key, LATEST.toHours()));
    }
    return read;
  }
}
