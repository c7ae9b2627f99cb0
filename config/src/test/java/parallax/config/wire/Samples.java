package parallax.config.wire;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.config.check.BgpSpec;
import parallax.config.check.BgpSpec.RoutePolicy;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;
import parallax.config.check.DnsSpec;
import parallax.config.check.HttpSpec;
import parallax.config.check.Naming;
import parallax.config.check.RegistrationSpec;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.check.TlsPolicy;
import parallax.config.check.TlsSpec;
import parallax.config.check.ZoneSpec;
import parallax.config.check.http.BodyExpect;
import parallax.config.check.http.HttpCredentials;
import parallax.config.check.http.HttpExpect;
import parallax.config.check.http.JsonPath;
import parallax.config.check.http.JsonScalar;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.routes.Document;
import parallax.config.routes.RouteLimits;
import parallax.config.routes.RouteWatching;
import parallax.config.routes.SourceSpec;
import parallax.config.secret.Secret;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

/** One frame of each kind as it might be on the wire. They are written down: never change one. */
final class Samples {
  static final long BOOT = 1_790_000_000_123L;
  static final Instant NOON = Instant.parse("2026-09-21T12:00:00Z");
  static final String CANARY = "canary-7f3a";
  static final Vantage TOKYO =
      new Vantage(new ProbeName("tokyo-1"), new Region("tokyo"), Optional.of(64_500L));

  private static final ServerAddress SERVER = new ServerAddress("shop.example", 443);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Naming NAMING =
      new Naming(List.of(new ServerAddress("192.0.2.53", 53)), Naming.AddressFamily.IPV6);

  private Samples() {}

  /** By the name of its file. */
  static Map<String, ProbeFrame> ofProbe() {
    Map<String, ProbeFrame> frames = new LinkedHashMap<>();
    frames.put(
        "hello",
        new ProbeFrame.Hello(
            new Versions(1, 1), TOKYO, "Parallax 0.1.0", BOOT, NOON, Optional.of(7L)));
    frames.put("observations", observations());
    frames.put(
        "observations-seen",
        new ProbeFrame.Observations(BOOT, TOKYO, List.of(chain(105), walk(106)), List.of()));
    frames.put(
        "observations-parts",
        new ProbeFrame.Observations(BOOT, TOKYO, List.of(WebSamples.journey(107)), List.of()));
    frames.putAll(PacketSamples.frames());
    frames.put(
        "assignment-accepted",
        new ProbeFrame.AssignmentAccepted(
            7, List.of(new ProbeFrame.NotSupported("shop", "check: a kind of a newer version"))));
    frames.put("pong", new ProbeFrame.Pong(9, NOON.plusNanos(1_234_567), NOON.plusMillis(2)));
    frames.put(
        "pong-spooled",
        new ProbeFrame.Pong(
            10,
            NOON.plusNanos(1_234_567),
            NOON.plusMillis(2),
            Optional.of(new ProbeFrame.Spooled(12_345, 2_469_000))));
    TreeMap<ProbeFrame.Dropped, Long> drops = new TreeMap<>();
    drops.put(new ProbeFrame.Dropped(Priority.ROUTINE, DropCause.BOUND), 12_345L);
    drops.put(new ProbeFrame.Dropped(Priority.CHANGE, DropCause.DISK_FULL), 1L);
    frames.put("drops", new ProbeFrame.Drops(BOOT, drops));
    frames.put("bye", new ProbeFrame.Bye("stopped"));
    return frames;
  }

  /** By the name of its file. */
  static Map<String, CoordinatorFrame> ofCoordinator() {
    Map<String, CoordinatorFrame> frames = new LinkedHashMap<>();
    frames.put(
        "welcome",
        new CoordinatorFrame.Welcome(1, new CoordinatorFrame.Limits(65_536, 500, 2_000, 10_000)));
    frames.put("assignment", assignment());
    frames.putAll(ServiceSamples.frames());
    frames.put(
        "assignment-routes",
        new CoordinatorFrame.Assignment(
            8, 0, 1, targets().subList(1, 2), Optional.of(watching()), List.of()));
    frames.put(
        "assignment-web",
        new CoordinatorFrame.Assignment(
            9, 0, 1, List.of(WebSamples.target()), Optional.empty(), List.of()));
    frames.put(
        "assignment-packets",
        new CoordinatorFrame.Assignment(9, 0, 1, List.of(PacketSamples.target()), List.of()));
    frames.put("ack", new CoordinatorFrame.Ack(BOOT, 100, 103));
    frames.put(
        "look-again",
        new CoordinatorFrame.LookAgain(
            new TargetName("shop"), CheckKind.DNS_AUTH, Duration.ofMillis(1_500)));
    frames.put("ping", new CoordinatorFrame.Ping(9, NOON));
    frames.put(
        "refused",
        new CoordinatorFrame.Refused(CoordinatorFrame.Refused.Why.VERSION, "versions 1 to 1"));
    frames.put("limits", new CoordinatorFrame.Limits(32_768, 10, 2_200, 40));
    return frames;
  }

  static RouteWatching watching() {
    return new RouteWatching(
        List.of(new SourceSpec.RisLive(URI.create("wss://ris.example.net/v1/ws/"), "parallax")),
        List.of(new Document.AtUrl(URI.create("https://ris.example.net/latest-bview.gz"))),
        new RouteWatching.Rpki(
            Optional.of(new Document.AtUrl(URI.create("https://rpki.example.net/vrps.json"))),
            Optional.of(new ServerAddress("rtr.example.net", 8282)),
            Optional.empty()),
        RouteLimits.USUAL,
        List.of("192.0.2.0/24", "2001:db8::/32"));
  }

  static CoordinatorFrame.Assignment assignment() {
    return new CoordinatorFrame.Assignment(7, 0, 1, targets(), List.of());
  }

  private static ProbeFrame.Observations observations() {
    return new ProbeFrame.Observations(
        BOOT, TOKYO, List.of(up(100), down(101), inconclusive(103), routes(104)), List.of());
  }

  static Observation up(long sequence) {
    Timings timings =
        Timings.NONE
            .plus(Phase.RESOLVE, Duration.ofNanos(1_200_345))
            .plus(Phase.CONNECT, Duration.ofNanos(8_400_121))
            .plus(Phase.TLS, Duration.ofNanos(17_100_007))
            .plus(Phase.FIRST_BYTE, Duration.ofNanos(42_000_999))
            .plus(Phase.TRANSFER, Duration.ofNanos(310_000));
    Facts facts =
        Facts.NONE
            .withAddress("192.0.2.80")
            .withHttp(200, "2")
            .withTls("TLSv1.3", Optional.of(Instant.parse("2026-12-01T23:59:59Z")))
            .withIssuer("Example Trust Services")
            .withCanonicalNames(List.of("shop.cdn.example"))
            .withBodyBytes(5_120);
    return observation(
        sequence, CheckKind.HTTP, Layer.CONTENT, new Seen(Outcome.up(), timings, facts));
  }

  private static Observation down(long sequence) {
    Facts facts =
        Facts.NONE
            .withRegistration(
                new Facts.RegistrationSeen(
                    "shop.example",
                    "rdap.example",
                    Optional.of("Example Registrar"),
                    Optional.of("help@registrar.example"),
                    Optional.of(Instant.parse("2027-01-31T00:00:00Z")),
                    NOON))
            .withSignatureExpiry(Instant.parse("2026-10-01T00:00:00Z"))
            .withAnswers(List.of("ns1.example.", "ns2.example."));
    Outcome outcome = Outcome.down(Reason.DELEGATION_ABSENT, "NXDOMAIN from a.nic.example");
    return observation(
        sequence, CheckKind.DELEGATION, Layer.DELEGATION, new Seen(outcome, Timings.NONE, facts));
  }

  private static Observation inconclusive(long sequence) {
    Outcome outcome = Outcome.inconclusive(Reason.PROBE_NO_ROUTE, "");
    return observation(
        sequence, CheckKind.TCP, Layer.TCP, new Seen(outcome, Timings.NONE, Facts.NONE));
  }

  private static Observation routes(long sequence) {
    Facts.RouteSight sight =
        new Facts.RouteSight(
            "PARTIAL",
            31,
            270,
            Optional.of(64_501L),
            Optional.of("192.0.0.0/16"),
            NOON,
            Optional.of(NOON.minusSeconds(12)));
    Facts facts =
        Facts.NONE.withRoutes(
            List.of(
                new Facts.RouteSeen(
                    "192.0.2.0/24",
                    List.of(64_501L, 4_200_000_000L),
                    Facts.RouteRole.NAME_SERVERS,
                    List.of("a.ns.example 192.0.2.1"),
                    Optional.of(sight))));
    Outcome outcome = Outcome.degraded(Reason.ROUTE_PARTIAL, "31 of 270");
    return observation(sequence, CheckKind.BGP, Layer.BGP, new Seen(outcome, Timings.NONE, facts));
  }

  private static Observation chain(long sequence) {
    Outcome outcome = Outcome.down(Reason.CERTIFICATE_INCOMPLETE_CHAIN, "R1 is missing");
    Facts facts =
        Facts.NONE.withTls("TLSv1.3", Optional.of(SeenSamples.END)).withChain(SeenSamples.chain());
    return observation(sequence, CheckKind.TLS, Layer.TLS, new Seen(outcome, Timings.NONE, facts));
  }

  private static Observation walk(long sequence) {
    Outcome outcome = Outcome.down(Reason.DELEGATION_TIMEOUT, "a.nic.example. (192.0.2.1)");
    Facts facts = Facts.NONE.withWalk(SeenSamples.walk());
    return observation(
        sequence, CheckKind.DELEGATION, Layer.DELEGATION, new Seen(outcome, Timings.NONE, facts));
  }

  private record Seen(Outcome outcome, Timings timings, Facts facts) {}

  private static Observation observation(long sequence, CheckKind check, Layer layer, Seen seen) {
    return new Observation(
        new ObservationId(TOKYO.probe(), BOOT, sequence),
        TOKYO,
        new TargetName("shop"),
        check,
        layer,
        NOON,
        NOON.plusNanos(3_141_592),
        Duration.ofNanos(69_011_472),
        seen.outcome(),
        seen.timings(),
        seen.facts());
  }

  static List<Target> targets() {
    TreeMap<String, String> labels = new TreeMap<>(Map.of("team", "web", "tier", "critical"));
    Target shop =
        new Target(
            new TargetName("shop"),
            Optional.of(URI.create("https://shop.example/health")),
            labels,
            Duration.ofSeconds(30),
            List.of(new Region("tokyo"), new Region("paris")),
            List.of(
                registration(), delegation(), bgp(), nameServers(), dns(), tcp(), tls(), http()));
    Target bare =
        new Target(
            new TargetName("bare"),
            Optional.empty(),
            new TreeMap<>(),
            Duration.ofSeconds(60),
            List.of(),
            List.of(new TcpSpec(SERVER, Naming.SYSTEM, TIMEOUT)));
    return List.of(shop, bare);
  }

  private static CheckSpec registration() {
    return new RegistrationSpec(
        "shop.example",
        new RegistrationSpec.RegistrationPolicy(
            Duration.ofDays(45),
            Duration.ofDays(7),
            Optional.of(LocalDate.of(2027, 1, 31)),
            Optional.of(LocalDate.of(2026, 11, 30)),
            new TreeSet<>(List.of("client transfer prohibited")),
            new TreeSet<>(List.of("auto renew period")),
            Optional.of(URI.create("https://rdap.example/")),
            Optional.of(new ServerAddress("whois.example", 43))),
        Duration.ofSeconds(20));
  }

  private static CheckSpec delegation() {
    return new ZoneSpec.Delegation(
        "shop.example",
        ZoneSpec.Dnssec.REQUIRED,
        new ZoneSpec.Approved(
            Optional.of(new TreeSet<>(List.of("ns1.example", "ns2.example"))),
            Optional.of(new TreeSet<>())),
        Optional.of(Duration.ofSeconds(90)),
        Duration.ofSeconds(15));
  }

  private static CheckSpec nameServers() {
    return new ZoneSpec.NameServers(
        "shop.example",
        List.of("A", "AAAA"),
        new TreeMap<>(Map.of("A", new TreeSet<>(List.of("192.0.2.80", "192.0.2.81")))),
        ZoneSpec.Dnssec.IF_SIGNED,
        Optional.of(new ZoneSpec.SignatureExpiry(Duration.ofDays(3), Duration.ofDays(1))),
        Optional.empty(),
        Duration.ofSeconds(15));
  }

  private static CheckSpec bgp() {
    return new BgpSpec(
        "shop.example",
        new RoutePolicy(new TreeSet<>(List.of(64_501L, 4_200_000_000L)), List.of("192.0.2.0/24")),
        NAMING,
        TIMEOUT);
  }

  private static CheckSpec dns() {
    return new DnsSpec(
        Optional.of(new ServerAddress("192.0.2.53", 53)),
        "shop.example",
        List.of("MX"),
        new TreeMap<>(Map.of("MX", new TreeSet<>(List.of("10 mx.example.")))),
        NAMING,
        TIMEOUT);
  }

  private static CheckSpec tcp() {
    return new TcpSpec(SERVER, NAMING, TIMEOUT);
  }

  private static CheckSpec tls() {
    return new TlsSpec(SERVER, tlsPolicy(), NAMING, TIMEOUT);
  }

  private static TlsPolicy tlsPolicy() {
    return new TlsPolicy(
        Duration.ofDays(21),
        Duration.ofDays(3),
        Optional.of(Path.of("/etc/parallax/ca.pem")),
        Optional.of(
            new TlsPolicy.ClientCertificate(
                Path.of("/etc/parallax/client.pem"), Path.of("/etc/parallax/client.key"))),
        Optional.of("shop.example"),
        TlsPolicy.TlsVersion.TLS_1_3);
  }

  private static CheckSpec http() {
    return new HttpSpec(
        URI.create("https://shop.example/health?full=1"),
        "POST",
        List.of(new HttpSpec.Header("x-key", Secret.of(CANARY))),
        Optional.of(Secret.of("{\"token\": \"" + CANARY + "\"}")),
        httpExpect(),
        new HttpCredentials.Basic("monitor", Secret.of(CANARY)),
        HttpSpec.Version.HTTP_2,
        3,
        tlsPolicy(),
        Optional.of(
            new HttpSpec.ProxyAddress(
                new ServerAddress("proxy.example", 3128),
                Optional.of(new HttpCredentials.Basic("proxy", Secret.of(CANARY))))),
        NAMING,
        TIMEOUT);
  }

  private static HttpExpect httpExpect() {
    return new HttpExpect(
        List.of(new HttpExpect.StatusRange(200, 204), new HttpExpect.StatusRange(301, 301)),
        new BodyExpect(
            List.of("ok"),
            List.of(Pattern.compile("v[0-9]+")),
            List.of(Pattern.compile("(?i)error")),
            List.of(
                json("$.checks.db[0]", new JsonScalar.JsonText("up")),
                json("$.lag", new JsonScalar.JsonNumber(new BigDecimal("1.5e2"))),
                json("$.ready", new JsonScalar.JsonBoolean(true)),
                json("$.error", new JsonScalar.JsonNull())),
            Optional.of(new BodyExpect.SizeRange(2, 4_096))),
        new TreeMap<>(Map.of("content-type", "application/json")),
        Optional.of(Duration.ofMillis(800)),
        Optional.of(Duration.ofSeconds(3)));
  }

  private static BodyExpect.JsonExpect json(String path, JsonScalar value) {
    return new BodyExpect.JsonExpect(JsonPath.parse(path).orElseThrow(), value);
  }
}
