package parallax.probe.audit.gather;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.config.Configuration;
import parallax.config.check.BgpSpec;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;
import parallax.config.check.CheckSpec.PacketSpec;
import parallax.config.check.CheckSpec.ServiceSpec;
import parallax.config.check.DnsSpec;
import parallax.config.check.HttpSpec;
import parallax.config.check.Naming;
import parallax.config.check.RegistrationSpec;
import parallax.config.check.RegistrationSpec.RegistrationPolicy;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.check.TlsPolicy;
import parallax.config.check.TlsSpec;
import parallax.config.check.ZoneSpec;
import parallax.config.check.ZoneSpec.Dnssec;
import parallax.config.check.service.Security;
import parallax.config.policy.Receiver;
import parallax.config.policy.SmtpServer;
import parallax.config.read.PublicNames;
import parallax.config.secret.Secret;
import parallax.config.target.Target;
import parallax.config.text.HostText;
import parallax.config.text.UrlText;
import parallax.probe.audit.facts.Subject;
import parallax.probe.audit.facts.Voice;
import parallax.probe.audit.facts.World.Untold;
import parallax.probe.registration.suffix.PublicSuffixes;

/** Reads out of a configuration what an audit has to ask. Pure. */
final class Planner {
  /** A target whose host begins with this is taken for a status page. */
  static final String STATUS_LABEL = "status.";

  /** Where Slack's hooks are, when the hook itself is a secret of another machine. */
  static final String SLACK_HOST = "hooks.slack.com";

  /** Where Discord's hooks are. */
  static final String DISCORD_HOST = "discord.com";

  /** Before a domain that mail goes to: it stands on its names, not on the host of that name. */
  static final String MAIL_MARK = "@";

  private static final int HTTPS_PORT = 443;

  private final AuditSettings settings;
  private final PublicSuffixes suffixes;
  private final List<Subject> subjects = new ArrayList<>();
  private final List<Voice> voices = new ArrayList<>();
  private final SortedMap<String, SortedSet<String>> mail = new TreeMap<>();
  private final SortedMap<String, Naming> hosts = new TreeMap<>();
  private final SortedMap<String, Dnssec> zones = new TreeMap<>();
  private final SortedMap<String, TlsSpec> certificates = new TreeMap<>();
  private final SortedMap<String, RegistrationPolicy> domains = new TreeMap<>();
  private final List<Untold> untold = new ArrayList<>();

  /** Of targets is asked what their configuration says, and no more. */
  private final SortedSet<String> ofTargets = new TreeSet<>();

  private Planner(AuditSettings settings, PublicSuffixes suffixes) {
    this.settings = settings;
    this.suffixes = suffixes;
  }

  static Plan plan(Configuration configuration, AuditSettings settings, PublicSuffixes suffixes) {
    Planner planner = new Planner(settings, suffixes);
    configuration.targets().forEach(planner::target);
    settings.statusPages().forEach(planner::statusPage);
    planner.statusPages();
    configuration.receivers().forEach(receiver -> planner.receiver(receiver, configuration));
    return new Plan(
        planner.subjects,
        planner.voices,
        planner.mail,
        planner.hosts,
        planner.zones,
        planner.certificates,
        planner.domains,
        planner.untold);
  }

  private void target(Target target) {
    Optional<CheckSpec> deepest =
        target.checks().isEmpty() ? Optional.empty() : Optional.of(target.checks().getLast());
    Optional<String> host = deepest.flatMap(Planner::host);
    host.ifPresent(name -> hosts.putIfAbsent(name, deepest.map(this::naming).orElse(naming())));
    host.flatMap(this::registrable).ifPresent(domain -> ofTargets.add(domain));
    Optional<TlsSpec> tls = deepest.flatMap(this::tls);
    tls.ifPresent(spec -> certificates.putIfAbsent(spec.server().toString(), spec));
    if (target.check(CheckKind.DELEGATION).orElse(null) instanceof ZoneSpec.Delegation zone) {
      registrable(zone.host()).ifPresent(name -> zones.putIfAbsent(name, zone.dnssec()));
    }
    if (target.check(CheckKind.REGISTRATION).orElse(null) instanceof RegistrationSpec held) {
      registrable(held.host()).ifPresent(name -> domains.putIfAbsent(name, held.policy()));
    }
    subjects.add(
        new Subject(
            target.name().value(),
            host,
            tls.map(spec -> spec.server().toString()),
            host.filter(name -> name.startsWith(STATUS_LABEL)).isPresent()));
  }

  /** The one whose fate counts; none behind a proxy, where the name may mean something else. */
  private static Optional<String> host(CheckSpec check) {
    return switch (check) {
      case HttpSpec http when http.proxy().isPresent() -> Optional.empty();
      case HttpSpec http -> Optional.of(bare(http.url()));
      case HttpSpec.Page page -> host(page.page());
      case HttpSpec.Journey journey when journey.proxy().isPresent() -> Optional.empty();
      case HttpSpec.Journey journey -> Optional.of(bare(journey.home()));
      case HttpSpec.Openid openid when openid.proxy().isPresent() -> Optional.empty();
      case HttpSpec.Openid openid -> Optional.of(bare(openid.issuer()));
      case TlsSpec tls -> Optional.of(tls.server().host());
      case TcpSpec tcp -> Optional.of(tcp.server().host());
      case ServiceSpec service -> Optional.of(service.server().host());
      case PacketSpec packet -> Optional.of(packet.host());
      case DnsSpec dns -> Optional.of(dns.server().map(ServerAddress::host).orElse(dns.name()));
      case ZoneSpec zone -> Optional.of(zone.host());
      case BgpSpec routes -> Optional.of(routes.host());
      case RegistrationSpec held -> Optional.of(held.host());
    };
  }

  private static String bare(URI url) {
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private Naming naming(CheckSpec check) {
    Naming own =
        switch (check) {
          case HttpSpec http -> http.naming();
          case HttpSpec.Page page -> page.page().naming();
          case HttpSpec.Journey journey -> journey.naming();
          case HttpSpec.Openid openid -> openid.naming();
          case TlsSpec tls -> tls.naming();
          case TcpSpec tcp -> tcp.naming();
          case ServiceSpec service -> service.naming();
          case PacketSpec packet -> packet.naming();
          case DnsSpec dns -> dns.naming();
          case BgpSpec routes -> routes.naming();
          case ZoneSpec _, RegistrationSpec _ -> Naming.SYSTEM;
        };
    return own.resolvers().isEmpty() ? new Naming(naming().resolvers(), own.family()) : own;
  }

  private Naming naming() {
    return settings.naming();
  }

  private Optional<TlsSpec> tls(CheckSpec check) {
    return switch (check) {
      case TlsSpec tls ->
          Optional.of(new TlsSpec(tls.server(), tls.policy(), naming(tls), tls.timeout()));
      case HttpSpec http when http.proxy().isEmpty() -> tls(http, http.url(), http.tls());
      case HttpSpec.Page page -> tls(page.page());
      case HttpSpec.Journey journey when journey.proxy().isEmpty() ->
          tls(journey, journey.home(), journey.tls());
      case HttpSpec.Openid openid when openid.proxy().isEmpty() ->
          tls(openid, openid.issuer(), openid.tls());
      case ServiceSpec service when service.security() == Security.TLS ->
          Optional.of(
              new TlsSpec(service.server(), service.tls(), naming(service), service.timeout()));
      case HttpSpec _, HttpSpec.Journey _, HttpSpec.Openid _, ServiceSpec _ -> Optional.empty();
      case TcpSpec _, DnsSpec _, ZoneSpec _, BgpSpec _, RegistrationSpec _, PacketSpec _ ->
          Optional.empty();
    };
  }

  private Optional<TlsSpec> tls(CheckSpec check, URI url, TlsPolicy policy) {
    if (!"https".equals(url.getScheme())) {
      return Optional.empty();
    }
    ServerAddress server =
        new ServerAddress(bare(url), url.getPort() < 0 ? HTTPS_PORT : url.getPort());
    return Optional.of(new TlsSpec(server, policy, naming(check), check.timeout()));
  }

  private void statusPage(UrlText url) {
    also(url.host());
    Optional<TlsSpec> tls =
        Optional.of(url)
            .filter(page -> page.scheme().equals("https"))
            .map(page -> new ServerAddress(page.host(), page.port().orElse(HTTPS_PORT)))
            .map(
                server -> new TlsSpec(server, TlsPolicy.DEFAULT, naming(), settings.perQuestion()));
    tls.ifPresent(spec -> certificates.putIfAbsent(spec.server().toString(), spec));
    subjects.add(
        new Subject(
            url.toString(),
            Optional.of(url.host()),
            tls.map(spec -> spec.server().toString()),
            true));
  }

  /** Each speaks about everything that is none. */
  private void statusPages() {
    SortedSet<String> about = new TreeSet<>();
    subjects.stream()
        .filter(each -> !each.statusPage())
        .map(Subject::name)
        .forEach(name -> about.add(name));
    subjects.stream()
        .filter(Subject::statusPage)
        .forEach(
            page ->
                voices.add(
                    new Voice(
                        Voice.Kind.STATUS_PAGE,
                        page.name(),
                        page.host().map(Planner::alone).stream().toList(),
                        about)));
  }

  private void receiver(Receiver receiver, Configuration configuration) {
    SortedSet<String> about = new TreeSet<>();
    configuration.targets().stream()
        .filter(target -> configuration.receiversFor(target).contains(receiver))
        .forEach(target -> about.add(target.name().value()));
    String name = receiver.name();
    switch (receiver) {
      case Receiver.Webhook hook -> hook(name, hostOf(hook.url()), about);
      case Receiver.Slack slack ->
          hook(name, hostOf(slack.webhook()).or(() -> Optional.of(SLACK_HOST)), about);
      case Receiver.SlackApp app -> hook(name, Optional.ofNullable(app.api().getHost()), about);
      case Receiver.Teams teams -> hook(name, hostOf(teams.webhook()), about);
      case Receiver.Discord discord ->
          hook(name, hostOf(discord.webhook()).or(() -> Optional.of(DISCORD_HOST)), about);
      case Receiver.Telegram telegram -> hook(name, hostOf(telegram.url()), about);
      case Receiver.Ntfy ntfy -> hook(name, hostOf(ntfy.url()), about);
      case Receiver.PagerDuty pager -> hook(name, hostOf(pager.url()), about);
      case Receiver.Alertmanager members -> members(name, members.urls(), about);
      case Receiver.Email(_, List<String> to, _) -> mail(name, to, configuration.smtp(), about);
    }
  }

  private void hook(String name, Optional<String> host, SortedSet<String> about) {
    NavigableSet<String> known = new TreeSet<>();
    host.ifPresent(known::add);
    hosts(name, known, about);
  }

  /** One of the members is enough. */
  private void members(String name, List<Secret> urls, SortedSet<String> about) {
    NavigableSet<String> known = new TreeSet<>();
    urls.forEach(url -> hostOf(url).ifPresent(known::add));
    hosts(name, known, about);
  }

  private void hosts(String name, SortedSet<String> known, SortedSet<String> about) {
    if (known.isEmpty()) {
      untold.add(new Untold("receiver " + name, "its URL is a secret that is not set here"));
      return;
    }
    known.forEach(this::also);
    voices.add(new Voice(Voice.Kind.RECEIVER, name, List.of(known), about));
  }

  private static Optional<String> hostOf(Secret url) {
    return UrlText.parse(url.reveal()) instanceof UrlText.Parsed.Good(UrlText parsed)
        ? Optional.of(parsed.host())
        : Optional.empty();
  }

  private void mail(
      String name, List<String> to, Optional<SmtpServer> smtp, SortedSet<String> about) {
    SortedSet<String> addressed = new TreeSet<>();
    to.forEach(
        address ->
            HostText.name(address.substring(address.lastIndexOf('@') + 1))
                .ifPresent(domain -> addressed.add(domain)));
    List<SortedSet<String>> parts = new ArrayList<>();
    smtp.ifPresent(
        server -> {
          also(server.server().host());
          parts.add(alone(server.server().host()));
        });
    addressed.forEach(this::names);
    mail.put(name, addressed);
    SortedSet<String> domains = new TreeSet<>();
    addressed.forEach(domain -> domains.add(MAIL_MARK + domain));
    parts.add(domains);
    voices.add(new Voice(Voice.Kind.MAIL, name, parts, about));
  }

  /** A host beside those of the targets. */
  private void also(String host) {
    hosts.putIfAbsent(host, naming());
    names(host);
  }

  private void names(String host) {
    registrable(host)
        .filter(domain -> PublicNames.mayHold(domain) && !ofTargets.contains(domain))
        .ifPresent(
            domain -> {
              zones.putIfAbsent(domain, Dnssec.IF_SIGNED);
              domains.putIfAbsent(domain, RegistrationPolicy.DEFAULT);
            });
  }

  private Optional<String> registrable(String host) {
    return HostText.isAddress(host) ? Optional.empty() : suffixes.registrableName(host);
  }

  private static SortedSet<String> alone(String host) {
    return new TreeSet<>(List.of(host));
  }
}
