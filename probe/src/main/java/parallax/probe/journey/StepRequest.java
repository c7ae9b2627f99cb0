package parallax.probe.journey;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parallax.config.check.HttpSpec;
import parallax.config.check.HttpSpec.Header;
import parallax.config.check.http.HttpCredentials;
import parallax.config.check.journey.JourneyStep;
import parallax.config.check.journey.JourneyStep.TemplateHeader;
import parallax.config.check.journey.Template;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.config.secret.Secret;
import parallax.probe.http.HttpUrl;
import parallax.probe.net.NetworkPolicy;

/** Makes the request of a step of what is written and what was captured. Pure. */
final class StepRequest {
  private static final int MAX_URL = 8_192;

  private final HttpSpec.Journey journey;
  private final Values values;
  private final Set<String> written;
  private final Optional<String> home;

  /** What comes of it. */
  sealed interface Made {}

  /** A request, and how the check came to want its server. */
  record Request(HttpSpec spec, NetworkPolicy.Hop hop) implements Made {}

  /** There is none. */
  record Refused(Finding finding) implements Made {}

  StepRequest(HttpSpec.Journey journey, Values values) {
    this.journey = journey;
    this.values = values;
    this.written =
        journey.steps().stream()
            .flatMap(step -> writtenUrl(step).stream())
            .map(url -> url.server().toString())
            .collect(Collectors.toUnmodifiableSet());
    this.home = writtenUrl(journey.steps().getFirst()).map(HttpUrl::origin);
  }

  private static Optional<HttpUrl> writtenUrl(JourneyStep step) {
    return step.origin().flatMap(origin -> uri(origin + "/")).flatMap(HttpUrl::of);
  }

  Made make(JourneyStep step, Duration timeout) {
    String text = values.text(step.url(), Values.Place.URL);
    Optional<Values.Value> leader = leader(step);
    Optional<HttpUrl> url =
        text.length() > MAX_URL
            ? Optional.empty()
            : leader
                .map(value -> value.from().locate(text))
                .orElseGet(() -> uri(text))
                .flatMap(HttpUrl::of);
    if (url.isEmpty()) {
      return leader.isPresent()
          ? unusable("the captured value is not an http or https URL")
          : new Refused(new Finding(Reason.PROBE_NOT_CONFIGURED, "not a URL of HTTP"));
    }
    if (leader.isPresent() && !mayBeLedTo(url.get(), step)) {
      return new Refused(
          new Finding(
              Reason.STEP_URL_FORBIDDEN, "neither a host of the steps nor one of its 'hosts'"));
    }
    List<Header> headers = new ArrayList<>();
    for (TemplateHeader header : step.headers()) {
      String value = values.text(header.value(), Values.Place.PLAIN);
      if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
        return unusable("a line break or control character in the header " + header.name());
      }
      headers.add(new Header(header.name(), Secret.of(value)));
    }
    return new Request(
        spec(step, url.get(), headers, timeout),
        leader.map(Values.Value::hop).orElse(NetworkPolicy.Hop.CONFIGURED));
  }

  private static Refused unusable(String why) {
    return new Refused(new Finding(Reason.CAPTURE_UNUSABLE, why));
  }

  private Optional<Values.Value> leader(JourneyStep step) {
    return step.url().isLed()
            && step.url().pieces().getFirst() instanceof Template.Captured(String name)
        ? values.get(name)
        : Optional.empty();
  }

  /** A host without a port is allowed at the ports of http and https. */
  private boolean mayBeLedTo(HttpUrl url, JourneyStep step) {
    String bare = url.host().indexOf(':') >= 0 ? "[" + url.host() + "]" : url.host();
    boolean usual = !url.authority().substring(bare.length()).startsWith(":");
    return written.contains(url.server().toString())
        || step.hosts().contains(url.server().toString())
        || (usual && step.hosts().contains(bare));
  }

  private HttpSpec spec(JourneyStep step, HttpUrl url, List<Header> headers, Duration timeout) {
    boolean atHome = home.filter(url.origin()::equals).isPresent();
    return new HttpSpec(
        URI.create(url.toString()),
        step.method(),
        headers,
        step.body().map(body -> Secret.of(values.text(body, Values.bodyOf(step, body.start())))),
        step.expect(),
        new HttpCredentials.None(),
        journey.version(),
        step.redirects(),
        atHome ? journey.tls() : journey.tls().elsewhere(),
        journey.proxy(),
        journey.naming(),
        timeout);
  }

  /** The number of a step and its name. */
  static String words(int index, JourneyStep step) {
    return Stream.of(
            Optional.of(String.format(Locale.ROOT, "step %d", index + 1)),
            step.name().map(name -> "(" + name + ")"))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" "));
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException notOne) {
      return Optional.empty();
    }
  }
}
