package parallax.config.wire;

import com.google.re2j.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.config.check.CheckKind;
import parallax.config.check.HttpSpec;
import parallax.config.check.Naming;
import parallax.config.check.TlsPolicy;
import parallax.config.check.http.HttpCredentials;
import parallax.config.check.http.HttpExpect;
import parallax.config.check.http.JsonPath;
import parallax.config.check.http.PageRules;
import parallax.config.check.journey.Capture;
import parallax.config.check.journey.JourneyStep;
import parallax.config.check.journey.Template;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.observation.seen.PartsSeen;
import parallax.config.secret.Secret;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

/** Journeys, an OpenID provider and a page, as they are in a sample. */
final class WebSamples {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private WebSamples() {}

  static Target target() {
    return new Target(
        new TargetName("web"),
        Optional.of(URI.create("https://id.example/")),
        new TreeMap<>(),
        Duration.ofSeconds(30),
        List.of(),
        List.of(journey(), openid(), page()));
  }

  private static HttpSpec.Journey journey() {
    JourneyStep login =
        new JourneyStep(
            Optional.of("log in"),
            Template.of("https://id.example/login"),
            "POST",
            List.of(new JourneyStep.TemplateHeader("X-Check", Template.of("parallax"))),
            Optional.of(new Template(List.of(new Template.Fixed(Secret.of(Samples.CANARY))))),
            new TreeSet<>(),
            List.of(
                new Capture(
                    "token",
                    new Capture.JsonValue(
                        new JsonPath(List.of(new JsonPath.Member("t"), new JsonPath.Element(0)))),
                    Optional.empty()),
                new Capture(
                    "next",
                    new Capture.HeaderValue("location"),
                    Optional.of(Pattern.compile("^[^?]+"))),
                new Capture("sid", new Capture.CookieValue("sid"), Optional.empty()),
                new Capture(
                    "csrf", new Capture.BodyText(), Optional.of(Pattern.compile("c='([^']+)")))),
            HttpExpect.DEFAULT,
            0,
            Optional.of(Duration.ofSeconds(2)));
    JourneyStep me =
        new JourneyStep(
            Optional.empty(),
            new Template(List.of(new Template.Captured("next"))),
            "GET",
            List.of(
                new JourneyStep.TemplateHeader(
                    "Authorization",
                    new Template(
                        List.of(
                            new Template.Fixed(Secret.of("Bearer ")),
                            new Template.Captured("token"))))),
            Optional.empty(),
            new TreeSet<>(List.of("api.example:8443", "www.example")),
            List.of(),
            HttpExpect.DEFAULT,
            5,
            Optional.empty());
    return new HttpSpec.Journey(
        List.of(login, me),
        HttpSpec.Version.ANY,
        TlsPolicy.DEFAULT,
        Optional.empty(),
        Naming.SYSTEM,
        TIMEOUT);
  }

  private static HttpSpec.Openid openid() {
    return new HttpSpec.Openid(
        URI.create("https://id.example/realm"),
        HttpSpec.Version.ANY,
        TlsPolicy.DEFAULT,
        Optional.empty(),
        Naming.SYSTEM,
        TIMEOUT);
  }

  private static HttpSpec.Page page() {
    HttpSpec request =
        new HttpSpec(
            URI.create("https://www.example/"),
            "GET",
            List.of(),
            Optional.empty(),
            HttpExpect.DEFAULT,
            new HttpCredentials.None(),
            HttpSpec.Version.ANY,
            5,
            TlsPolicy.DEFAULT,
            Optional.empty(),
            Naming.SYSTEM,
            Duration.ofSeconds(30));
    return new HttpSpec.Page(
        request,
        new PageRules(true, 50, 1 << 20, PageRules.Weight.DEGRADED, PageRules.Weight.IGNORED),
        Optional.of(Duration.ofMinutes(5)));
  }

  static Observation journey(long sequence) {
    PartsSeen.Part login =
        new PartsSeen.Part(
            "step 1 (log in)",
            Optional.of(200),
            Duration.ZERO,
            new PartsSeen.Spent(
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofMillis(3),
                Duration.ofMillis(4),
                Duration.ofMillis(5)),
            Optional.of(64L),
            Optional.empty());
    PartsSeen.Part me =
        new PartsSeen.Part(
            "step 2",
            Optional.of(401),
            Duration.ofMillis(16),
            new PartsSeen.Spent(
                Duration.ZERO,
                Duration.ofMillis(2),
                Duration.ZERO,
                Duration.ofMillis(4),
                Duration.ZERO),
            Optional.empty(),
            Optional.of("unexpected status: step 2: 401"));
    return new Observation(
        new ObservationId(Samples.TOKYO.probe(), Samples.BOOT, sequence),
        Samples.TOKYO,
        new TargetName("web"),
        CheckKind.JOURNEY,
        Layer.HTTP,
        Samples.NOON,
        Samples.NOON.plusMillis(3),
        Duration.ofMillis(22),
        Outcome.down(Reason.HTTP_STATUS, "step 2: 401"),
        new Timings(Map.of(Phase.CONNECT, Duration.ofMillis(4))),
        Facts.NONE.withParts(new PartsSeen(List.of(login, me), 3)));
  }
}
