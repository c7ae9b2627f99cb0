package parallax.probe.audit.gather;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import parallax.config.Configuration;
import parallax.config.check.Naming;
import parallax.config.check.RegistrationSpec.RegistrationPolicy;
import parallax.config.check.TlsSpec;
import parallax.config.check.ZoneSpec;
import parallax.config.check.ZoneSpec.Dnssec;
import parallax.config.observation.Finding;
import parallax.probe.Checks;
import parallax.probe.audit.facts.CertificateFacts;
import parallax.probe.audit.facts.DomainFacts;
import parallax.probe.audit.facts.Origin;
import parallax.probe.audit.facts.World;
import parallax.probe.audit.facts.World.Untold;
import parallax.probe.audit.facts.ZoneFacts;
import parallax.probe.audit.gather.NameLookups.Answers;
import parallax.probe.audit.gather.RegistrationSource.Told;
import parallax.probe.audit.origin.Origins;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.dns.zone.NameServersLook;
import parallax.probe.dns.zone.ZoneLooks;
import parallax.probe.net.AddressText;
import parallax.probe.registration.suffix.PublicSuffixes;

/**
 * Asks the network for all that an audit judges: each name, zone, server, domain and address once,
 * {@link #MAX_CONCURRENT} at a time, each with a timeout, all within a deadline. What comes too
 * late is untold.
 */
public final class Gatherer {
  /** Questions that are out at a time; a look at a zone counts as one. */
  public static final int MAX_CONCURRENT = 16;

  /** Registries that are waited for at a time; how often each is asked is a matter of manners. */
  public static final int MAX_REGISTRIES = 8;

  static final String OUT_OF_TIME = "not asked: out of time";

  private static final String TOO_LATE = "no answer in time";

  /** What may end this much after its deadline. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final AuditSettings settings;
  private final Means means;
  private final Deadline deadline;
  private final NameLookups lookups;
  private final List<Untold> untold = new ArrayList<>();

  /** Whom an audit asks. */
  public record Means(
      Checks checks,
      ZoneLooks zones,
      RegistrationSource registrations,
      Origins origins,
      Providers providers,
      PublicSuffixes suffixes,
      InstantSource clock) {}

  /** What came of a question about {@code of}. */
  private record Seen<K, T>(K of, Optional<T> value, Optional<String> trouble) {
    static <K, T> Seen<K, T> told(K of, T value) {
      return new Seen<>(of, Optional.of(value), Optional.empty());
    }

    static <K, T> Seen<K, T> not(K of, String why) {
      return new Seen<>(of, Optional.empty(), Optional.of(why));
    }
  }

  private Gatherer(AuditSettings settings, Means means, Deadline deadline) {
    this.settings = settings;
    this.means = means;
    this.deadline = deadline;
    this.lookups = new NameLookups(means.checks(), settings);
  }

  /** Asks for what {@code configuration} stands on. Blocks; ends soon after the deadline. */
  public static World gather(
      Configuration configuration, AuditSettings settings, Means means, Deadline deadline)
      throws InterruptedException {
    Plan plan = Planner.plan(configuration, settings, means.suffixes());
    Gatherer gatherer = new Gatherer(settings, means, deadline);
    try (Turns turns = new Turns(MAX_CONCURRENT);
        Turns registries = new Turns(MAX_REGISTRIES)) {
      return gatherer.gather(plan, turns, registries);
    }
  }

  private World gather(Plan first, Turns turns, Turns registries) throws InterruptedException {
    untold.addAll(first.untold());
    SortedSet<String> mail = new TreeSet<>();
    first.mail().values().forEach(domains -> mail.addAll(domains));
    Map<String, Answers> exchangers =
        asked("mail exchangers of ", mail, turns, domain -> lookups.exchangers(domain, deadline));
    Mail posts = new Mail(exchangers, means.suffixes());
    exchangers.keySet().stream()
        .filter(posts::takesNone)
        .forEach(domain -> untold.add(new Untold("mail of " + domain, "it takes none (null MX)")));
    Plan plan = posts.complete(first, settings.naming());
    var held = turns.beside(() -> registries.each(plan.domains().entrySet(), this::registration));
    Map<String, Answers> hosts =
        asked(
            "addresses of ",
            plan.hosts().keySet(),
            turns,
            host ->
                lookups.addresses(host, plan.hosts().getOrDefault(host, Naming.SYSTEM), deadline));
    hosts.forEach(
        (host, answers) -> {
          if (answers.addresses().isEmpty() && answers.trouble().isEmpty()) {
            untold.add(new Untold("addresses of " + host, "it has none"));
          }
        });
    Map<String, NameServersLook> zones =
        told("zone ", turns.each(plan.zones().entrySet(), this::zone));
    SortedSet<String> servers = new TreeSet<>();
    zones.values().forEach(look -> servers.addAll(ZoneReader.servers(look)));
    Map<String, Answers> homes =
        asked("addresses of ", servers, turns, name -> lookups.addresses(name, deadline));
    Map<String, CertificateFacts> certificates =
        told("certificate of ", turns.each(plan.certificates().entrySet(), this::certificate));
    Places places = new Places(means.providers(), means.suffixes());
    SortedMap<String, ZoneFacts> unplaced = places.zones(zones, homes);
    Map<InetAddress, Origin> origins = origins(places.addresses(hosts, unplaced), turns);
    Function<InetAddress, Origin> origin =
        address -> origins.getOrDefault(address, new Origin.Unknown(OUT_OF_TIME));
    Map<String, DomainFacts> domains = told("registration of ", Turns.result(held));
    unplaced.replaceAll((_, zone) -> zone.located(origin));
    return new World(
        plan.subjects(),
        plan.voices(),
        places.hosts(plan, hosts, origin),
        unplaced,
        new TreeMap<>(domains),
        new TreeMap<>(certificates),
        untold);
  }

  /** Answers by what was asked for; what is not whole is untold too. */
  private Map<String, Answers> asked(
      String what, Collection<String> names, Turns turns, Function<String, Future<Answers>> ask)
      throws InterruptedException {
    List<Seen<String, Answers>> seen =
        turns.each(
            names,
            name ->
                await(ask.apply(name))
                    .map(answers -> new Seen<>(name, Optional.of(answers), answers.trouble()))
                    .orElseGet(() -> Seen.not(name, TOO_LATE)));
    return told(what, seen);
  }

  private <T> Map<String, T> told(String what, List<Seen<String, T>> all) {
    Map<String, T> told = new LinkedHashMap<>();
    for (Seen<String, T> seen : all) {
      seen.value().ifPresent(value -> told.put(seen.of(), value));
      seen.trouble().ifPresent(why -> untold.add(new Untold(what + seen.of(), why)));
    }
    return told;
  }

  private Seen<String, NameServersLook> zone(Map.Entry<String, Dnssec> wanted) {
    String zone = wanted.getKey();
    if (deadline.hasPassed()) {
      return Seen.not(zone, OUT_OF_TIME);
    }
    ZoneSpec.NameServers spec =
        new ZoneSpec.NameServers(
            zone,
            List.of("NS"),
            new TreeMap<>(),
            wanted.getValue(),
            Optional.empty(),
            ZoneSpec.LEAST_TIMEOUT);
    return await(means.zones().nameServers(spec, deadline.part(spec.timeout())))
        .map(
            look ->
                new Seen<>(
                    zone, Optional.of(look), ZoneReader.trouble(look, means.clock().instant())))
        .orElseGet(() -> Seen.not(zone, TOO_LATE));
  }

  private Seen<String, CertificateFacts> certificate(Map.Entry<String, TlsSpec> wanted) {
    TlsSpec spec = wanted.getValue();
    if (deadline.hasPassed()) {
      return Seen.not(wanted.getKey(), OUT_OF_TIME);
    }
    Optional<CheckResult> result = await(means.checks().run(spec, deadline.part(spec.timeout())));
    Optional<String> trouble =
        result
            .filter(seen -> seen.facts().certificateExpiry().isEmpty())
            .map(seen -> seen.outcome().why().map(Finding::words).orElse("none was shown"));
    return result
        .map(
            seen ->
                new Seen<>(
                    wanted.getKey(),
                    Optional.of(
                        new CertificateFacts(
                            wanted.getKey(),
                            seen.facts().issuer(),
                            seen.facts().certificateExpiry(),
                            spec.policy().expiryWarn(),
                            spec.policy().expiryFail())),
                    trouble))
        .orElseGet(() -> Seen.not(wanted.getKey(), TOO_LATE));
  }

  private Seen<String, DomainFacts> registration(Map.Entry<String, RegistrationPolicy> wanted) {
    String domain = wanted.getKey();
    if (deadline.hasPassed()) {
      return Seen.not(domain, OUT_OF_TIME);
    }
    return await(means.registrations().of(domain, wanted.getValue(), deadline))
        .map(
            told ->
                switch (told) {
                  case Told.Known(DomainFacts facts) -> Seen.told(domain, facts);
                  case Told.Untold(String why) -> Seen.<String, DomainFacts>not(domain, why);
                })
        .orElseGet(() -> Seen.not(domain, TOO_LATE));
  }

  private Map<InetAddress, Origin> origins(Set<InetAddress> addresses, Turns turns)
      throws InterruptedException {
    Map<InetAddress, Origin> origins = new LinkedHashMap<>();
    for (Seen<InetAddress, Origin> seen : turns.each(addresses, this::origin)) {
      Origin origin = seen.value().orElseGet(() -> new Origin.Unknown(OUT_OF_TIME));
      origins.put(seen.of(), origin);
      if (origin instanceof Origin.Unknown(String why)) {
        untold.add(new Untold("origin of " + AddressText.of(seen.of()), why));
      }
    }
    return origins;
  }

  private Seen<InetAddress, Origin> origin(InetAddress address) {
    Deadline part = deadline.part(settings.perQuestion().multipliedBy(2));
    return deadline.hasPassed()
        ? Seen.not(address, OUT_OF_TIME)
        : await(means.origins().of(address, part))
            .map(origin -> Seen.told(address, origin))
            .orElseGet(() -> Seen.not(address, TOO_LATE));
  }

  /** What comes of {@code future} until a while after the deadline. */
  private <T> Optional<T> await(Future<T> future) {
    try {
      long patience = deadline.left().plus(GRACE).toMillis();
      return Optional.of(future.await(patience, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    }
  }
}
