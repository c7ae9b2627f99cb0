package parallax.config.wire;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import parallax.config.check.BgpSpec;
import parallax.config.check.BgpSpec.RoutePolicy;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;
import parallax.config.check.CheckSpec.PacketSpec;
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
import parallax.config.check.http.PageRules;
import parallax.config.check.journey.Capture;
import parallax.config.check.journey.JourneyStep;
import parallax.config.check.journey.Template;
import parallax.config.check.packet.EchoLimits;
import parallax.config.check.packet.Echoes;
import parallax.config.check.packet.NtpLimits;
import parallax.config.check.service.Patience;
import parallax.config.check.service.Security;
import parallax.config.secret.Secret;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

/** Targets that could be, with checks of every kind and every field set or left out by chance. */
final class RandomTargets {
  private final RandomGenerator random;
  private final RandomObservations some;
  private final RandomTalks talks;

  RandomTargets(RandomGenerator random) {
    this.random = random;
    this.some = new RandomObservations(random);
    this.talks = new RandomTalks(random, some);
  }

  Target target() {
    List<CheckSpec> checks = new ArrayList<>();
    for (CheckKind kind : CheckKind.values()) {
      if (random.nextBoolean()) {
        checks.add(check(kind));
      }
    }
    SortedMap<String, String> labels = new TreeMap<>();
    some.list(5, () -> some.word(20)).forEach(key -> labels.put(key, some.text(40)));
    return new Target(
        new TargetName(some.word(40)),
        some.maybe(this::url),
        labels,
        some.duration().plusNanos(1),
        some.list(4, () -> new Region(some.word(10))),
        checks);
  }

  CheckSpec check(CheckKind kind) {
    return switch (kind) {
      case REGISTRATION -> new RegistrationSpec(some.word(30), registration(), some.duration());
      case DELEGATION -> delegation();
      case BGP ->
          new BgpSpec(
              some.word(30),
              new RoutePolicy(
                  new TreeSet<>(some.list(5, () -> random.nextLong(1L << 32))),
                  some.list(5, () -> some.word(20))),
              naming(),
              some.duration());
      case DNS_AUTH -> nameServers();
      case DNS ->
          new DnsSpec(
              some.maybe(this::server),
              some.word(30),
              some.list(4, () -> some.word(5)),
              expect(),
              naming(),
              some.duration());
      case TCP -> new TcpSpec(server(), naming(), some.duration());
      case TLS -> new TlsSpec(server(), tls(), naming(), some.duration());
      case HTTP -> http();
      case ICMP ->
          new PacketSpec.Echo(some.word(30), echoes(), limits(), naming(), some.duration());
      case UDP ->
          new PacketSpec.Datagram(
              server(), talks.payload(), some.maybe(talks::answer), naming(), some.duration());
      case NTP ->
          new PacketSpec.Ntp(
              server(),
              new NtpLimits(
                  some.duration(), some.duration(), random.nextInt(1, 16), some.duration()),
              naming(),
              some.duration());
      case SERVICE -> service();
      case JOURNEY -> journey();
      case OPENID ->
          new HttpSpec.Openid(
              url(),
              some.one(HttpSpec.Version.values()),
              tls(),
              some.maybe(this::proxy),
              naming(),
              some.duration());
      case PAGE ->
          new HttpSpec.Page(
              http(),
              new PageRules(
                  random.nextBoolean(),
                  random.nextInt(PageRules.MAX_RESOURCES + 1),
                  1 + random.nextLong(PageRules.MAX_BYTES),
                  some.one(PageRules.Weight.values()),
                  some.one(PageRules.Weight.values())),
              some.maybe(some::duration));
    };
  }

  private HttpSpec.Journey journey() {
    List<JourneyStep> steps = new ArrayList<>();
    steps.add(step(new Template.Fixed(Secret.of("https://" + some.word(20) + ".example/"))));
    steps.addAll(some.list(JourneyStep.MAX_STEPS - 2, () -> step(new Template.Captured("a"))));
    return new HttpSpec.Journey(
        steps,
        some.one(HttpSpec.Version.values()),
        tls(),
        some.maybe(this::proxy),
        naming(),
        some.duration());
  }

  private JourneyStep step(Template.Piece first) {
    return new JourneyStep(
        some.maybe(() -> some.word(10)),
        new Template(List.of(first, new Template.Fixed(secret()), new Template.Captured("b"))),
        "POST",
        some.list(4, () -> new JourneyStep.TemplateHeader(some.word(10), template())),
        some.maybe(this::template),
        words(),
        some.list(5, this::capture),
        httpExpect(),
        random.nextInt(HttpSpec.MAX_REDIRECTS + 1),
        some.maybe(some::duration));
  }

  private Template template() {
    return new Template(List.of(new Template.Fixed(secret()), new Template.Captured("c")));
  }

  private Capture capture() {
    Pattern pattern = Pattern.compile("a(b+)");
    return switch (random.nextInt(4)) {
      case 0 ->
          new Capture(
              some.word(9),
              new Capture.JsonValue(new JsonPath(List.of(new JsonPath.Member("a")))),
              some.maybe(() -> pattern));
      case 1 ->
          new Capture(
              some.word(9), new Capture.HeaderValue(some.word(9)), some.maybe(() -> pattern));
      case 2 ->
          new Capture(
              some.word(9), new Capture.CookieValue(some.word(9)), some.maybe(() -> pattern));
      default -> new Capture(some.word(9), new Capture.BodyText(), Optional.of(pattern));
    };
  }

  private CheckSpec service() {
    return new CheckSpec.ServiceSpec(
        server(),
        talks.protocol(),
        some.one(Security.values()),
        tls(),
        new Patience(some.maybe(some::duration), some.maybe(some::duration)),
        naming(),
        some.duration());
  }

  private Echoes echoes() {
    return new Echoes(
        random.nextInt(1, 101),
        some.duration(),
        random.nextInt(1_000),
        some.maybe(() -> random.nextInt(1, 256)),
        random.nextBoolean());
  }

  private EchoLimits limits() {
    return new EchoLimits(
        random.nextInt(1, 101),
        random.nextInt(1, 101),
        some.maybe(some::duration),
        some.maybe(some::duration));
  }

  private RegistrationSpec.RegistrationPolicy registration() {
    return new RegistrationSpec.RegistrationPolicy(
        some.duration(),
        some.duration(),
        some.maybe(this::day),
        some.maybe(this::day),
        words(),
        words(),
        some.maybe(this::url),
        some.maybe(this::server));
  }

  private LocalDate day() {
    return LocalDate.ofEpochDay(random.nextInt(-100_000, 100_000));
  }

  private ZoneSpec.Delegation delegation() {
    return new ZoneSpec.Delegation(
        some.word(30),
        some.one(ZoneSpec.Dnssec.values()),
        new ZoneSpec.Approved(some.maybe(this::words), some.maybe(this::words)),
        some.maybe(some::duration),
        some.duration());
  }

  private ZoneSpec.NameServers nameServers() {
    return new ZoneSpec.NameServers(
        some.word(30),
        some.list(4, () -> some.word(5)),
        expect(),
        some.one(ZoneSpec.Dnssec.values()),
        some.maybe(() -> new ZoneSpec.SignatureExpiry(some.duration(), some.duration())),
        some.maybe(some::duration),
        some.duration());
  }

  private HttpSpec http() {
    return new HttpSpec(
        url(),
        some.one(new String[] {"GET", "HEAD", "POST"}),
        some.list(4, () -> new HttpSpec.Header(some.word(10), secret())),
        some.maybe(this::secret),
        httpExpect(),
        credentials(),
        some.one(HttpSpec.Version.values()),
        random.nextInt(HttpSpec.MAX_REDIRECTS + 1),
        tls(),
        some.maybe(this::proxy),
        naming(),
        some.duration());
  }

  private HttpSpec.ProxyAddress proxy() {
    return new HttpSpec.ProxyAddress(server(), some.maybe(this::basic));
  }

  private HttpCredentials credentials() {
    return switch (random.nextInt(4)) {
      case 0 -> new HttpCredentials.None();
      case 1 -> basic();
      case 2 -> new HttpCredentials.Bearer(secret());
      default ->
          new HttpCredentials.ClientCredentials(
              url(), some.word(20), secret(), some.list(3, () -> some.word(9)));
    };
  }

  private HttpCredentials.Basic basic() {
    return new HttpCredentials.Basic(some.text(20), secret());
  }

  private HttpExpect httpExpect() {
    SortedMap<String, String> header = new TreeMap<>();
    some.list(3, () -> some.word(10)).forEach(name -> header.put(name, some.text(20)));
    return new HttpExpect(
        some.list(3, () -> new HttpExpect.StatusRange(random.nextInt(100, 300), 399)),
        body(),
        header,
        some.maybe(some::duration),
        some.maybe(some::duration));
  }

  private BodyExpect body() {
    return new BodyExpect(
        some.list(3, () -> some.text(50)),
        some.list(3, () -> Pattern.compile(some.word(9) + "(a|b)*[0-9]{1,3}")),
        some.list(3, () -> Pattern.compile("(?i)" + some.word(9))),
        some.list(3, () -> new BodyExpect.JsonExpect(path(), scalar())),
        some.maybe(() -> new BodyExpect.SizeRange(random.nextInt(100), 1L << 40)));
  }

  private JsonPath path() {
    return new JsonPath(
        some.list(
            JsonPath.MAX_STEPS,
            () ->
                random.nextBoolean()
                    ? new JsonPath.Member(some.text(10))
                    : new JsonPath.Element(random.nextInt(1_000))));
  }

  private JsonScalar scalar() {
    return switch (random.nextInt(4)) {
      case 0 -> new JsonScalar.JsonText(some.text(30));
      case 1 ->
          new JsonScalar.JsonNumber(
              new BigDecimal(BigInteger.valueOf(random.nextLong()), random.nextInt(-300, 300)));
      case 2 -> new JsonScalar.JsonBoolean(random.nextBoolean());
      default -> new JsonScalar.JsonNull();
    };
  }

  private TlsPolicy tls() {
    return new TlsPolicy(
        some.duration(),
        some.duration(),
        some.maybe(() -> Path.of("/etc", some.word(10))),
        some.maybe(() -> new TlsPolicy.ClientCertificate(Path.of("a.pem"), Path.of("k.pem"))),
        some.maybe(() -> some.word(20)),
        some.one(TlsPolicy.TlsVersion.values()));
  }

  private Naming naming() {
    return new Naming(
        some.list(4, this::server),
        some.one(Naming.AddressFamily.values()),
        switch (random.nextInt(3)) {
          case 0 -> new Naming.Choice.First();
          case 1 -> new Naming.Choice.Each();
          default -> new Naming.Choice.Only(some.word(20), some.word(20));
        });
  }

  private ServerAddress server() {
    return new ServerAddress(some.word(20), random.nextInt(1, 65_536));
  }

  private SortedMap<String, SortedSet<String>> expect() {
    SortedMap<String, SortedSet<String>> expect = new TreeMap<>();
    some.list(4, () -> some.word(5)).forEach(type -> expect.put(type, words()));
    return expect;
  }

  private SortedSet<String> words() {
    return new TreeSet<>(some.list(5, () -> some.word(20)));
  }

  private Secret secret() {
    return Secret.of("canary-" + some.text(30));
  }

  private URI url() {
    return URI.create("https://" + some.word(20) + ".example/" + some.word(9) + "?q=%20");
  }
}
