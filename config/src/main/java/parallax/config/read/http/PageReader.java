package parallax.config.read.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.check.http.PageRules;
import parallax.config.check.http.PageRules.Weight;

/** The {@code page} block: a page with all that it loads. */
public final class PageReader {
  private static final Duration MIN_EVERY = Duration.ofSeconds(10);
  private static final Duration MAX_EVERY = Duration.ofDays(1);
  private static final Duration MIN_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration MAX_TIMEOUT = Duration.ofMinutes(5);
  private static final String MUST_BYTES = "must be a size from 1 to 200MiB, such as 20MiB";

  private static final Field<Duration> EVERY =
      Field.optional(
          "every",
          Kinds.duration(MIN_EVERY, MAX_EVERY),
          "From one look to the next. Left out: as often as the target, at most once a minute.");
  private static final Field<Duration> TIMEOUT =
      Field.optional(
          "timeout",
          Kinds.duration(MIN_TIMEOUT, MAX_TIMEOUT),
          "The deadline of the page and all it loads. Left out: that of the target, at least 30s.");
  private static final Field<Boolean> HOSTS =
      Field.optional(
          "hosts",
          Kinds.choice(hosts()),
          "Whose scripts, styles, images and fonts are fetched: all, or same for those of the"
              + " page's own host. Left out: all.");
  private static final Field<Long> RESOURCES =
      Field.optional(
          "resources",
          Kinds.wholeNumber(0, PageRules.MAX_RESOURCES),
          "How many are fetched at most; more are counted. Left out: 100.");
  private static final Field<Long> BYTES =
      Field.optional(
          "bytes",
          SizeReader.size()
              .then(
                  (size, node, reading) ->
                      size >= 1 && size <= PageRules.MAX_BYTES
                          ? Optional.of(size)
                          : reading.wrong(node, MUST_BYTES)),
          "How many bytes are fetched at most, all together. Left out: 20MiB.");
  private static final Field<Weight> BLOCKING =
      Field.optional(
          "blocking",
          Kinds.choice(weights()),
          "What it means when a script or style fails for which the page waits: down, degraded or"
              + " ignore. Left out: down.");
  private static final Field<Weight> OTHERS =
      Field.optional(
          "others",
          Kinds.choice(weights()),
          "What it means when anything else fails that the page loads: down, degraded or ignore."
              + " Left out: degraded.");

  public static final Kind<PageSettings> KIND =
      Kinds.fields(
          Shape.of(
              "page",
              "The page with all that it loads, fetched without a browser.",
              EVERY,
              TIMEOUT,
              HOSTS,
              RESOURCES,
              BYTES,
              BLOCKING,
              OTHERS),
          (values, _, _) -> Optional.of(settings(values)));

  private PageReader() {}

  /** What a {@code page} block says. */
  public record PageSettings(
      PageRules rules, Optional<Duration> every, Optional<Duration> timeout) {}

  private static PageSettings settings(Values values) {
    PageRules standard = PageRules.DEFAULT;
    return new PageSettings(
        new PageRules(
            values.get(HOSTS).orElse(standard.sameHost()),
            values.get(RESOURCES).map(Long::intValue).orElse(standard.maxResources()),
            values.get(BYTES).orElse(standard.maxBytes()),
            values.get(BLOCKING).orElse(standard.blocking()),
            values.get(OTHERS).orElse(standard.others())),
        values.get(EVERY),
        values.get(TIMEOUT));
  }

  private static Map<String, Boolean> hosts() {
    Map<String, Boolean> hosts = new LinkedHashMap<>();
    hosts.put("all", false);
    hosts.put("same", true);
    return hosts;
  }

  private static Map<String, Weight> weights() {
    Map<String, Weight> weights = new LinkedHashMap<>();
    weights.put("down", Weight.DOWN);
    weights.put("degraded", Weight.DEGRADED);
    weights.put("ignore", Weight.IGNORED);
    return weights;
  }
}
