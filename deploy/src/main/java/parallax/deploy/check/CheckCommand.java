package parallax.deploy.check;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.check.BgpSpec;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;
import parallax.config.check.CheckSpec.PacketSpec;
import parallax.config.check.DnsSpec;
import parallax.config.check.HttpSpec;
import parallax.config.check.RegistrationSpec;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.check.TlsPolicy;
import parallax.config.check.TlsSpec;
import parallax.config.check.ZoneSpec;
import parallax.config.observation.Layer;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.routes.RouteWatching;
import parallax.config.secret.SecretSource;
import parallax.config.target.Target;
import parallax.deploy.check.part.PartRows;
import parallax.deploy.check.part.TraceRows;
import parallax.deploy.check.resolver.ResolverOptions;
import parallax.deploy.check.resolver.ResolversBeside;
import parallax.deploy.command.Folders;
import parallax.deploy.command.NameOptions;
import parallax.deploy.command.NetOptions;
import parallax.deploy.command.Version;
import parallax.deploy.terminal.Style;
import parallax.probe.Checks;
import parallax.probe.LocalChecks;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.dns.zone.DelegationLook;
import parallax.probe.dns.zone.NameServersLook;
import parallax.probe.dns.zone.ZoneLooks;
import parallax.probe.registration.check.DelegationBoard;
import parallax.probe.registration.check.RegistrationLook;
import parallax.probe.registration.judge.Delegated;
import parallax.probe.registration.keep.PublicLists;
import parallax.probe.trace.Tracer;
import parallax.probe.trace.Traces;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at one target once, with the checks that {@code up} would make. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at a target once, layer by layer, and shows how long each took.",
      "Exit status 0 when it is up, 1 when it is down, 3 when this machine could not tell."
    })
public final class CheckCommand implements Callable<Integer> {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final String TLS_URL = "(?i)(https|tls)://.*";
  private static final InstantSource CLOCK = InstantSource.system();

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NetOptions net = new NetOptions();
  @Mixin private NameOptions names = new NameOptions();
  @Mixin private ResolverOptions resolvers = new ResolverOptions();

  @Parameters(
      paramLabel = "URL",
      description = {
        "http, https, tcp://host:port, tls://host:port,",
        "dns://server/name?type=A, icmp://host, udp://host:port,",
        "ntp://host, openid://issuer or a service;",
        "with --config the name of a target."
      })
  private String url = "";

  @Option(
      names = "--config",
      paramLabel = "PATH",
      description = "Looks at a target of this configuration, by its name.")
  private @Nullable Path config;

  @Option(names = "--page", description = "Fetches all that the page loads, too.")
  private boolean page;

  @Option(names = "--timeout", paramLabel = "TIME", description = "Deadline, such as 5s.")
  private @Nullable String timeout;

  @Option(names = "--ip", paramLabel = "FAMILY", description = "any, ipv4 or ipv6.")
  private @Nullable String family;

  @Option(
      names = "--addresses",
      paramLabel = "WHICH",
      description = "first that accepts, or each by itself.")
  private @Nullable String addresses;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = {
        "CAs trusted instead of the machine's;",
        "for resolvers that speak TLS beside the machine's."
      })
  private @Nullable Path authorities;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Target target = target();
    Vertx vertx = Vertx.vertx();
    try {
      CheckReport report =
          look(vertx, target)
              .toCompletionStage()
              .toCompletableFuture()
              .get(deadline(target).plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
      show(report);
      return report.exitCode().status();
    } finally {
      vertx.close().await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** The URL and the options as a configuration, so that both mean the same in both places. */
  private Target target() {
    return Optional.ofNullable(config).map(this::targetOf).orElseGet(this::targetOfUrl);
  }

  private Target targetOf(Path file) {
    boolean more = timeout != null || family != null || addresses != null || authorities != null;
    if (page || more) {
      throw new ParameterException(
          spec.commandLine(), "--config tells all of the target; leave the other options out");
    }
    return switch (ConfigurationLoader.load(file, SecretSource.ofMachine())) {
      case Loaded.Valid(var configuration, _) ->
          configuration.targets().stream()
              .filter(each -> each.name().value().equals(url) && !each.checks().isEmpty())
              .findFirst()
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(), "no target to look at is named " + url));
      case Loaded.Invalid(var problems) ->
          throw new ParameterException(
              spec.commandLine(),
              String.join("\n", problems.stream().map(problem -> problem.toString()).toList()));
    };
  }

  private Target targetOfUrl() {
    JsonObject written = new JsonObject().put("url", url);
    Optional.ofNullable(timeout).ifPresent(value -> written.put("timeout", value));
    if (page) {
      written.put("page", new JsonObject());
    }
    Optional.ofNullable(family).ifPresent(value -> written.put("ip", value));
    Optional.ofNullable(addresses).ifPresent(value -> written.put("addresses", value));
    List<String> plain = resolvers.plain().stream().map(ServerAddress::toString).toList();
    if (!plain.isEmpty()) {
      written.put("dns", new JsonObject().put("resolvers", new JsonArray(plain)));
    }
    boolean forResolversOnly = resolvers.speakTls() && !url.matches(TLS_URL);
    Optional.ofNullable(authorities)
        .filter(_ -> !forResolversOnly)
        .ifPresent(
            value ->
                written.put("tls", new JsonObject().put("ca", value.toAbsolutePath().toString())));
    String document = new JsonObject().put("targets", new JsonArray().add(written)).encode() + "\n";
    Loaded loaded =
        ConfigurationLoader.parse(
            Path.of("command-line"),
            document.getBytes(StandardCharsets.UTF_8),
            SecretSource.ofMachine());
    return switch (loaded) {
      case Loaded.Valid(var configuration, _) -> configuration.targets().getFirst();
      case Loaded.Invalid(var problems) ->
          throw new ParameterException(
              spec.commandLine(),
              String.join("\n", problems.stream().map(problem -> problem.message()).toList()));
    };
  }

  private static Duration deadline(Target target) {
    return target.checks().stream()
        .map(CheckSpec::timeout)
        .reduce(ResolversBeside.AT_MOST.plus(Tracer.MAX_TIME), Duration::plus);
  }

  /** The zone first, then the check that goes deepest, with the answers for the name in it. */
  private Future<CheckReport> look(Vertx vertx, Target target) {
    LocalChecks local =
        LocalChecks.of(
            vertx,
            CLOCK,
            System::nanoTime,
            new LocalChecks.Settings(
                net.policy(),
                names.system(),
                names.registries(),
                names.lists(Folders.data()),
                RouteWatching.NONE,
                "Parallax/" + Version.NUMBER));
    Checks checks = local.checks();
    CheckSpec deepest = target.checks().getLast();
    Optional<CheckSpec> naming =
        target.checks().stream()
            .filter(each -> each instanceof DnsSpec && each.kind() != deepest.kind())
            .findFirst();
    return WarmUp.of(vertx, checks, tlsOf(deepest), System::nanoTime)
        .compose(_ -> names(local, target))
        .compose(zone -> beside(local, target, zone))
        .compose(
            zone ->
                naming
                    .map(each -> checks.run(each, started(each)).map(Optional::of))
                    .orElse(Future.succeededFuture(Optional.empty()))
                    .compose(
                        named -> {
                          Deadline deadline = started(deepest);
                          return checks
                              .run(deepest, deadline)
                              .compose(
                                  result -> {
                                    Duration total = deadline.elapsed();
                                    return Traces.now(local.tracer(), deepest, result)
                                        .map(
                                            traced ->
                                                report(
                                                    new Seen(deepest, traced, named), zone, total));
                                  });
                        }));
  }

  /** The same with what several resolvers say of the name. */
  private Future<ZonePart> beside(LocalChecks local, Target target, ZonePart zone) {
    ResolversBeside.Asked asked =
        new ResolversBeside.Asked(
            resolvers, !names.isLaboratory(), Optional.ofNullable(authorities));
    return target.checks().stream()
        .filter(DnsSpec.class::isInstance)
        .map(DnsSpec.class::cast)
        .findFirst()
        .map(
            spec ->
                ResolversBeside.look(
                        local,
                        spec,
                        zone.servers(),
                        asked,
                        new ResolversBeside.Clocks(CLOCK, System::nanoTime))
                    .map(
                        seen ->
                            seen.map(
                                    rows ->
                                        zone.with(ResolverRows.of(rows.source(), rows.resolvers())))
                                .orElse(zone)))
        .orElse(Future.succeededFuture(zone));
  }

  /** Who holds the domain, and its zone; the former is judged by what was seen of the latter. */
  private Future<ZonePart> names(LocalChecks local, Target target) {
    Future<ZonePart> zone = zone(local.zones(), target);
    if (!(target.check(CheckKind.REGISTRATION).orElse(null) instanceof RegistrationSpec wanted)) {
      return zone;
    }
    return Future.join(zone, local.registrations().look(wanted, started(wanted)))
        .map(
            both -> {
              ZonePart seen = both.resultAt(0);
              Optional<RegistrationLook> look = both.resultAt(1);
              Optional<Delegated> told =
                  seen.results().stream()
                      .findFirst()
                      .flatMap(parent -> DelegationBoard.meaning(parent.outcome()));
              Optional<RegistrationLook> judged =
                  look.map(known -> told.map(known::with).orElse(known));
              Instant now = CLOCK.instant();
              List<PublicLists.Dated> lists =
                  names.lists(Folders.data()).map(_ -> local.lists().dated(now)).orElse(List.of());
              return seen.after(RegistrationPart.of(wanted, judged, lists, now));
            });
  }

  /** The zone that the name lies in, where it is looked at. */
  private static Future<ZonePart> zone(ZoneLooks looks, Target target) {
    Optional<CheckSpec> delegation = target.check(CheckKind.DELEGATION);
    Optional<CheckSpec> servers = target.check(CheckKind.DNS_AUTH);
    if (!(delegation.orElse(null) instanceof ZoneSpec.Delegation parent)
        || !(servers.orElse(null) instanceof ZoneSpec.NameServers own)) {
      return Future.succeededFuture(ZonePart.NONE);
    }
    Future<DelegationLook> walked = looks.delegation(parent, started(parent));
    Future<NameServersLook> asked = looks.nameServers(own, started(own));
    return Future.join(walked, asked)
        .map(_ -> ZonePart.of(walked.result(), asked.result(), CLOCK.instant()));
  }

  /** The check that goes deepest, and the one for the name where there is one. */
  private record Seen(CheckSpec check, CheckResult result, Optional<CheckResult> named) {}

  private static TlsPolicy tlsOf(CheckSpec check) {
    return switch (check) {
      case HttpSpec http -> http.tls();
      case HttpSpec.Page page -> page.page().tls();
      case HttpSpec.Journey journey -> journey.tls();
      case HttpSpec.Openid openid -> openid.tls();
      case TlsSpec tls -> tls.policy();
      case CheckSpec.ServiceSpec service -> service.tls();
      case RegistrationSpec _, ZoneSpec _, BgpSpec _, TcpSpec _, DnsSpec _, PacketSpec _ ->
          TlsPolicy.DEFAULT;
    };
  }

  private static Deadline started(CheckSpec check) {
    return Deadline.startingNow(System::nanoTime, check.timeout());
  }

  private CheckReport report(Seen seen, ZonePart zone, Duration total) {
    CheckResult result = seen.result();
    List<String> answers = seen.named().map(name -> name.facts().answers()).orElse(List.of());
    CheckResult whole =
        answers.isEmpty() || seen.check() instanceof CheckSpec.ServiceSpec
            ? result
            : new CheckResult(
                result.layer(),
                result.outcome(),
                result.timings(),
                result.facts().withAnswers(answers));
    List<LayerRow> rows = new ArrayList<>(zone.rows());
    rows.addAll(Stack.rows(seen.check(), whole, CLOCK.instant()));
    List<Detail> details = new ArrayList<>(zone.details());
    zone.servers()
        .flatMap(look -> seen.named().flatMap(named -> ResolverDetails.of(look, named)))
        .map(detail -> zone.tellsOfResolvers() ? detail.forMachines() : detail)
        .ifPresent(details::add);
    result
        .facts()
        .parts()
        .map(parts -> new Detail(partsUnder(rows), PartRows.lines(parts), PartRows.json(parts)))
        .ifPresent(details::add);
    result
        .facts()
        .reach()
        .flatMap(ReachSeen::trace)
        .map(trace -> new Detail(Layer.TCP, TraceRows.lines(trace), TraceRows.json(trace)))
        .ifPresent(details::add);
    return new CheckReport(url, rows, details, zone.with(result), total);
  }

  /** Several requests are of HTTP; where there is none, they are connections. */
  private static Layer partsUnder(List<LayerRow> rows) {
    boolean http = rows.stream().anyMatch(row -> row.layer() == Layer.HTTP);
    return http ? Layer.HTTP : rows.getLast().layer();
  }

  // The console is null again, without a terminal, since JDK 25.
  @SuppressWarnings("SystemConsoleNull")
  private void show(CheckReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(report.json().encode());
    } else {
      @Nullable Console console = System.console();
      boolean terminal = console != null && console.isTerminal();
      report.lines(Style.forTerminal(terminal, System.getenv())).forEach(out::println);
    }
  }
}
