package parallax.config.read;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import parallax.config.bind.Reading;
import parallax.config.check.BgpSpec;
import parallax.config.check.BgpSpec.RoutePolicy;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;
import parallax.config.check.CheckSpec.PacketSpec;
import parallax.config.check.CheckSpec.ServiceSpec;
import parallax.config.check.DnsSpec;
import parallax.config.check.HttpSpec;
import parallax.config.check.Naming;
import parallax.config.check.Naming.AddressFamily;
import parallax.config.check.RegistrationSpec;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.check.TlsPolicy;
import parallax.config.check.TlsSpec;
import parallax.config.check.ZoneSpec;
import parallax.config.check.journey.JourneyStep;
import parallax.config.check.packet.Echoes;
import parallax.config.read.Defaults.PacketSettings;
import parallax.config.read.check.DnsReader;
import parallax.config.read.check.DnsReader.DnsSettings;
import parallax.config.read.check.DnsUrl;
import parallax.config.read.check.RegistrationReader.RegistrationSettings;
import parallax.config.read.check.UrlKinds;
import parallax.config.read.http.HttpReader.HttpSettings;
import parallax.config.read.http.PageReader.PageSettings;
import parallax.config.read.service.ServiceReader;
import parallax.config.read.service.ServiceReader.ServiceSettings;
import parallax.config.read.service.ServiceScheme;
import parallax.config.text.DurationText;
import parallax.config.text.HostText;
import parallax.config.text.Nearest;
import parallax.config.text.UrlText;
import parallax.config.yaml.Yaml;

/**
 * How the thing behind a URL is looked at.
 *
 * @param node where the URL stands, for problems
 * @param service how a service is spoken to; empty: by the standard of its scheme
 * @param routes what is demanded of them; empty: they are not watched
 */
record TargetChecks(
    UrlText url,
    Yaml node,
    HttpSettings http,
    DnsSettings dns,
    TlsPolicy tls,
    RegistrationSettings registration,
    Optional<ServiceSettings> service,
    Optional<RoutePolicy> routes,
    PacketSettings packets,
    AddressFamily ip,
    Naming.Choice addresses,
    Duration timeout) {

  static final List<String> SCHEMES =
      Stream.concat(
              Stream.of("https", "http", "tls", "tcp", "dns", "icmp", "udp", "ntp", "openid"),
              ServiceScheme.WORDS.stream())
          .toList();

  private static final int HTTPS_PORT = 443;
  private static final int DNS_PORT = 53;
  private static final int NTP_PORT = 123;

  /**
   * Which addresses are looked at where the target itself says nothing: what holds for all has no
   * meaning where nothing is connected to by the URL alone, or where a proxy chooses.
   */
  static Naming.Choice usual(
      Naming.Choice ofAll, Optional<UrlText> url, Optional<HttpSpec.ProxyAddress> proxy) {
    String scheme = url.map(UrlText::scheme).orElse("dns");
    boolean direct =
        !scheme.equals("dns")
            && !scheme.equals("openid")
            && (proxy.isEmpty() || !scheme.startsWith("http"));
    return direct ? ofAll : new Naming.Choice.First();
  }

  /** All checks in causal order; empty when the URL asks for what there is not. */
  Optional<List<CheckSpec>> all(Reading reading) {
    return ofFamily(reading)
        .filter(_ -> http.isSpoken(url.scheme(), url.scheme().equals("http"), node, reading))
        .flatMap(_ -> looked(reading))
        .map(this::routed)
        .map(this::registered);
  }

  /** The same, where the URL is that of a page with all that it loads. */
  Optional<List<CheckSpec>> withPage(PageSettings page, Reading reading) {
    return all(reading)
        .map(
            checks ->
                checks.stream().anyMatch(HttpSpec.class::isInstance)
                    ? paged(checks, page)
                    : checks);
  }

  private List<CheckSpec> paged(List<CheckSpec> checks, PageSettings page) {
    Duration least = HttpSpec.Page.LEAST_TIMEOUT;
    Duration patience = timeout.compareTo(least) < 0 ? least : timeout;
    List<CheckSpec> all = new ArrayList<>(checks);
    all.add(
        new HttpSpec.Page(httpCheck(page.timeout().orElse(patience)), page.rules(), page.every()));
    return all;
  }

  /** All checks of requests one after another, the first of them to this URL. */
  Optional<List<CheckSpec>> journey(List<JourneyStep> steps, Reading reading) {
    boolean plain =
        steps.stream()
            .flatMap(step -> step.origin().stream())
            .anyMatch(origin -> origin.regionMatches(true, 0, "http:", 0, "http:".length()));
    return ofFamily(reading)
        .filter(_ -> http.isSpoken(url.scheme(), plain, node, reading))
        .map(
            _ ->
                lookedUp(
                    new HttpSpec.Journey(
                        steps, http.version(), tls, http.proxy(), naming(), timeout)))
        .map(this::routed)
        .map(this::registered);
  }

  private Optional<AddressFamily> ofFamily(Reading reading) {
    boolean each = addresses instanceof Naming.Choice.Each;
    if (each && url.scheme().startsWith("http") && http.proxy().isPresent()) {
      return reading.refuse(
          node.place(), "goes through a proxy, which chooses the address: leave out 'addresses'");
    }
    if (HostText.isAddress(url.host()) && ip != AddressFamily.ANY) {
      boolean ipv6 = url.host().indexOf(':') >= 0;
      if (ipv6 != (ip == AddressFamily.IPV6)) {
        return reading.refuse(node.place(), "is an address of the family that 'ip' rules out");
      }
    }
    return Optional.of(ip);
  }

  private Optional<List<CheckSpec>> looked(Reading reading) {
    return switch (url.scheme()) {
      case "http", "https" ->
          UrlKinds.web(url, node, reading).map(_ -> lookedUp(httpCheck(timeout)));
      case "tcp" -> endpoint(OptionalInt.empty(), reading).map(server -> lookedUp(tcp(server)));
      case "tls" ->
          endpoint(OptionalInt.of(HTTPS_PORT), reading).map(server -> lookedUp(tls(server)));
      case "dns" -> dns(reading).map(this::ofServer);
      case "icmp" -> icmp(reading).map(this::lookedUp);
      case "udp" -> endpoint(OptionalInt.empty(), reading).map(server -> lookedUp(udp(server)));
      case "ntp" ->
          endpoint(OptionalInt.of(NTP_PORT), reading).map(server -> lookedUp(ntp(server)));
      case "openid" -> openid(reading).map(this::lookedUp);
      default -> {
        Optional<ServiceScheme> scheme = ServiceScheme.of(url.scheme());
        yield scheme.isEmpty()
            ? unknownScheme(reading)
            : endpoint(OptionalInt.of(scheme.get().port()), reading)
                .map(server -> lookedUp(service(scheme.get(), server)));
      }
    };
  }

  /** Of a name server whose name must be found before it can be asked. */
  private List<CheckSpec> ofServer(CheckSpec check) {
    List<CheckSpec> checks = new ArrayList<>(ofZone(addressTypes(), new TreeMap<>()));
    checks.add(check);
    return checks;
  }

  /** The same, with the check of routes after that of the delegation, where they are watched. */
  private List<CheckSpec> routed(List<CheckSpec> checks) {
    if (routes.isEmpty()) {
      return checks;
    }
    List<CheckSpec> all = new ArrayList<>(checks);
    int place = (int) checks.stream().filter(check -> check.kind() == CheckKind.DELEGATION).count();
    all.add(place, new BgpSpec(url.host(), routes.get(), naming(), timeout));
    return all;
  }

  /** The same, after the check of who holds the domain, where somebody can hold it. */
  private List<CheckSpec> registered(List<CheckSpec> checks) {
    boolean held = !url.hasAddress() && PublicNames.mayHold(url.host());
    if (!held || !registration.watched()) {
      return checks;
    }
    List<CheckSpec> all = new ArrayList<>();
    Duration least = RegistrationSpec.LEAST_TIMEOUT;
    all.add(
        new RegistrationSpec(
            url.host(), registration.policy(), timeout.compareTo(least) < 0 ? least : timeout));
    all.addAll(checks);
    return all;
  }

  private <T> Optional<T> unknownScheme(Reading reading) {
    if (NotSupportedYet.SCHEMES.contains(url.scheme())) {
      return reading.refuse(
          node.place(),
          "is of the scheme '"
              + url.scheme()
              + "', which is not supported yet; there are "
              + String.join(", ", SCHEMES));
    }
    String hint =
        Nearest.of(url.scheme(), SCHEMES)
            .map(nearest -> "did you mean '" + nearest + "'?")
            .orElse("there are " + String.join(", ", SCHEMES));
    return reading.refuse(node.place(), "is of the unknown scheme '" + url.scheme() + "'; " + hint);
  }

  /**
   * The check of the name, where there is one, and then the other. Behind a proxy the name is the
   * proxy's to resolve, and need not mean anything here.
   */
  private List<CheckSpec> lookedUp(CheckSpec check) {
    List<CheckSpec> checks = new ArrayList<>();
    if (!url.hasAddress() && !isProxied(check)) {
      checks.addAll(ofZone(dns.typesOr(addressTypes()), dns.expect()));
      checks.add(
          new DnsSpec(
              Optional.empty(),
              url.host(),
              dns.typesOr(addressTypes()),
              dns.expect(),
              naming(),
              timeout));
    }
    checks.add(check);
    return checks;
  }

  private static boolean isProxied(CheckSpec check) {
    return switch (check) {
      case HttpSpec request -> request.proxy().isPresent();
      case HttpSpec.Journey journey -> journey.proxy().isPresent();
      case HttpSpec.Openid openid -> openid.proxy().isPresent();
      default -> false;
    };
  }

  /** The checks of the zone that the name lies in, if it lies in a zone of the public DNS. */
  private List<CheckSpec> ofZone(List<String> types, SortedMap<String, SortedSet<String>> expect) {
    if (url.hasAddress() || !PublicNames.mayHold(url.host())) {
      return List.of();
    }
    Duration patience =
        timeout.compareTo(ZoneSpec.LEAST_TIMEOUT) > 0 ? timeout : ZoneSpec.LEAST_TIMEOUT;
    return switch (dns.walk()) {
      case DnsReader.Walk.Off _ -> List.of();
      case DnsReader.Walk.Every(Optional<Duration> pace) ->
          List.of(
              new ZoneSpec.Delegation(url.host(), dns.dnssec(), dns.approved(), pace, patience),
              new ZoneSpec.NameServers(
                  url.host(), types, expect, dns.dnssec(), dns.expiry(), pace, patience));
    };
  }

  private List<String> addressTypes() {
    return switch (ip) {
      case ANY -> List.of("A", "AAAA");
      case IPV4 -> List.of("A");
      case IPV6 -> List.of("AAAA");
    };
  }

  private Naming naming() {
    return new Naming(dns.resolvers(), ip, addresses);
  }

  private HttpSpec httpCheck(Duration patience) {
    String tail = url.tail().startsWith("/") ? url.tail() : "/" + url.tail();
    UrlText complete = new UrlText(url.scheme(), url.host(), url.port(), tail);
    return new HttpSpec(
        URI.create(complete.toString()),
        http.method(),
        http.headers(),
        http.body(),
        http.expect(),
        http.credentials(),
        http.version(),
        http.redirects(),
        tls,
        http.proxy(),
        naming(),
        patience);
  }

  private Optional<CheckSpec> openid(Reading reading) {
    if (url.tail().indexOf('?') >= 0) {
      return reading.refuse(
          node.place(), "can't have a query: an issuer has none (OpenID Connect Discovery 1.0)");
    }
    String issuer = new UrlText("https", url.host(), url.port(), url.tail()).toString();
    return Optional.of(
        new HttpSpec.Openid(
            URI.create(issuer), http.version(), tls, http.proxy(), naming(), timeout));
  }

  private CheckSpec tcp(ServerAddress server) {
    return new TcpSpec(server, naming(), timeout);
  }

  private CheckSpec tls(ServerAddress server) {
    return new TlsSpec(server, tls, naming(), timeout);
  }

  private CheckSpec service(ServiceScheme scheme, ServerAddress server) {
    ServiceSettings settings = service.orElseGet(() -> ServiceReader.standard(scheme));
    return new ServiceSpec(
        server,
        settings.protocol().apply(url),
        settings.security(),
        tls,
        settings.latency(),
        naming(),
        timeout);
  }

  private Optional<CheckSpec> icmp(Reading reading) {
    if (url.port().isPresent() || !(url.tail().isEmpty() || url.tail().equals("/"))) {
      return reading.refuse(node.place(), "can't have a port or a path: write icmp://host");
    }
    Echoes echoes = packets.icmp().echoes();
    if (echoes.spread().multipliedBy(2).compareTo(timeout) > 0) {
      return reading.refuse(
          node.place(),
          "has no time for its echoes: from the first to the last of "
              + echoes.count()
              + " it is "
              + DurationText.format(echoes.spread())
              + ", which may be half of the timeout of "
              + DurationText.format(timeout)
              + " at most");
    }
    return Optional.of(
        new PacketSpec.Echo(url.host(), echoes, packets.icmp().limits(), naming(), timeout));
  }

  private CheckSpec udp(ServerAddress server) {
    return new PacketSpec.Datagram(
        server, packets.udp().send(), packets.udp().expect(), naming(), timeout);
  }

  private CheckSpec ntp(ServerAddress server) {
    return new PacketSpec.Ntp(server, packets.ntp(), naming(), timeout);
  }

  private Optional<ServerAddress> endpoint(OptionalInt standardPort, Reading reading) {
    Optional<ServiceScheme> scheme = ServiceScheme.of(url.scheme());
    boolean path = scheme.filter(ServiceScheme::hasPath).isPresent();
    if (!path && !url.tail().isEmpty() && !url.tail().equals("/")) {
      return reading.refuse(
          node.place(),
          "can't have a path: write "
              + url.scheme()
              + "://host:port"
              + scheme.map(ServiceScheme::insteadOfPath).orElse(""));
    }
    OptionalInt port = url.port().isPresent() ? url.port() : standardPort;
    return port.isPresent()
        ? Optional.of(new ServerAddress(url.host(), port.getAsInt()))
        : reading.refuse(node.place(), "needs a port: write " + url.scheme() + "://host:port");
  }

  private Optional<CheckSpec> dns(Reading reading) {
    Optional<DnsUrl> asked = DnsUrl.of(url, node, reading);
    boolean twice = asked.filter(own -> !own.types().isEmpty()).isPresent();
    if (twice && !dns.types().isEmpty()) {
      return reading.refuse(
          node.place(), "asks for types that stand in 'dns: types:', too; keep one");
    }
    return asked.map(
        own -> {
          DnsSettings settings = own.types().isEmpty() ? dns : dns.withTypes(own.types());
          return new DnsSpec(
              Optional.of(new ServerAddress(url.host(), url.port().orElse(DNS_PORT))),
              own.name(),
              settings.typesOr(List.of("A")),
              settings.expect(),
              naming(),
              timeout);
        });
  }
}
