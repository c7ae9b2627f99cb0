package parallax.probe.registration.lookup;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import parallax.config.check.ServerAddress;
import parallax.probe.check.Deadline;
import parallax.probe.net.NetworkPolicy.Hop;
import parallax.probe.registration.Limits;
import parallax.probe.registration.Registration.Unavailable;
import parallax.probe.registration.courtesy.Heard;
import parallax.probe.registration.courtesy.Pace;
import parallax.probe.registration.courtesy.Permission.Postponed;
import parallax.probe.registration.keep.PublicLists;
import parallax.probe.registration.keep.Refresh;
import parallax.probe.registration.lookup.line.HttpFetch;
import parallax.probe.registration.lookup.line.RdapClient;
import parallax.probe.registration.lookup.line.Reach;
import parallax.probe.registration.lookup.line.Unreached;
import parallax.probe.registration.lookup.line.WhoisClient;
import parallax.probe.registration.rdap.RdapBootstrap;
import parallax.probe.registration.suffix.PublicSuffixes;

/**
 * Looks up who holds a domain: at the registry over RDAP, or over WHOIS where it has no RDAP, and
 * once at the registrar for the date until which it is paid. Every question goes through the {@link
 * Gate} first. Safe for use by many threads.
 */
public final class RegistrationLookup {
  /** The file of RFC 9224 section 4, where it is kept up to date. */
  public static final URI BOOTSTRAP_FILE = URI.create("https://data.iana.org/rdap/dns.json");

  /** The Public Suffix List, where it is kept up to date. */
  public static final URI SUFFIX_FILE =
      URI.create("https://publicsuffix.org/list/public_suffix_list.dat");

  /** Knows the WHOIS server of each TLD. */
  public static final ServerAddress IANA_WHOIS =
      new ServerAddress("whois.iana.org", WhoisClient.PORT);

  private final WhoisClient whoisClient;
  private final RdapLookup rdap;
  private final WhoisLookup whois;
  private final Settings settings;
  private final AtomicReference<Servers> servers = new AtomicReference<>(Servers.NONE);
  private final Refresh<PublicSuffixes> suffixes;
  private final Refresh<RdapBootstrap> bootstrap;

  /**
   * What a lookup needs of its surroundings.
   *
   * @param tls whom to trust
   * @param userAgent how it introduces itself to RDAP servers
   * @param registries whom it asks
   * @param lists kept up to date in the world of today, left alone in a laboratory
   */
  public record Settings(
      InstantSource clock,
      HttpClientOptions tls,
      String userAgent,
      Registries registries,
      PublicLists lists) {}

  /** Whom lookups ask. */
  public sealed interface Registries {
    /** The registries of the world, as they are now. */
    World OF_WORLD = new World(Optional.of(BOOTSTRAP_FILE), Optional.of(SUFFIX_FILE), IANA_WHOIS);

    /** The same, with lists that stay as they are. */
    World WITHOUT_DOWNLOADS = new World(Optional.empty(), Optional.empty(), IANA_WHOIS);

    /**
     * The registries of the world.
     *
     * @param bootstrapFile where the bootstrap file is downloaded, daily; empty: never
     * @param suffixFile the same of the Public Suffix List
     * @param iana asked for the WHOIS server of TLDs that the shipped table has not
     */
    record World(Optional<URI> bootstrapFile, Optional<URI> suffixFile, ServerAddress iana)
        implements Registries {}

    /**
     * Those of a laboratory, and never one of the world.
     *
     * @param bootstrap names the RDAP servers; empty: there is none
     * @param whois asked in place of each registry that has no RDAP server; empty: nobody is
     */
    record Laboratory(Optional<RdapBootstrap> bootstrap, Optional<ServerAddress> whois)
        implements Registries {}
  }

  /**
   * Asks nothing yet.
   *
   * @param jitter from -1 to 1, of the times at which lists are renewed
   */
  public RegistrationLookup(Vertx vertx, Reach reach, Settings settings, DoubleSupplier jitter) {
    RdapClient rdapClient =
        new RdapClient(new HttpFetch(vertx, reach, settings.tls(), settings.userAgent()));
    this.whoisClient = new WhoisClient(vertx, reach, instead(settings.registries()));
    this.rdap = new RdapLookup(rdapClient, settings.clock());
    this.whois = new WhoisLookup(whoisClient);
    this.settings = settings;
    PublicLists lists = settings.lists();
    Refresh.Ground ground = new Refresh.Ground(vertx, rdapClient, settings.clock(), jitter);
    this.suffixes =
        new Refresh<>(
            ground, lists.suffixes(), world(settings).flatMap(Registries.World::suffixFile));
    this.bootstrap =
        new Refresh<>(
            ground, lists.bootstrap(), world(settings).flatMap(Registries.World::bootstrapFile));
  }

  private static Optional<Registries.World> world(Settings settings) {
    return switch (settings.registries()) {
      case Registries.World world -> Optional.of(world);
      case Registries.Laboratory _ -> Optional.empty();
    };
  }

  private static Optional<ServerAddress> instead(Registries registries) {
    return switch (registries) {
      case Registries.World _ -> Optional.empty();
      case Registries.Laboratory(_, var whois) -> whois;
    };
  }

  /** Never fails. */
  public Future<Looked> look(Wanted wanted, Gate gate, Deadline deadline) {
    return switch (settings.registries()) {
      case Registries.World world -> inWorld(world, wanted, gate, deadline);
      case Registries.Laboratory laboratory -> inLaboratory(laboratory, wanted, gate, deadline);
    };
  }

  private Future<Looked> inLaboratory(
      Registries.Laboratory laboratory, Wanted wanted, Gate gate, Deadline deadline) {
    Optional<URI> base =
        wanted.rdap().or(() -> laboratory.bootstrap().flatMap(all -> all.server(wanted.domain())));
    if (base.isPresent()) {
      return overRdap(base.get(), wanted, gate, deadline);
    }
    return laboratory
        .whois()
        .map(
            whois -> {
              Optional<ServerAddress> listed = KnownServers.shipped().whois(wanted.suffix());
              return at(wanted.whois().or(() -> listed).orElse(whois), wanted, gate, deadline);
            })
        .orElseGet(() -> Future.succeededFuture(new Looked.Unsupported(wanted.suffix())));
  }

  private Future<Looked> inWorld(
      Registries.World world, Wanted wanted, Gate gate, Deadline deadline) {
    return refreshed(gate, deadline)
        .compose(
            known -> {
              boolean whoisOnly = wanted.whois().isPresent() && wanted.rdap().isEmpty();
              Optional<URI> base =
                  whoisOnly
                      ? Optional.empty()
                      : wanted
                          .rdap()
                          .or(() -> known.server(wanted.domain()))
                          .or(() -> KnownServers.shipped().rdap(wanted.suffix()));
              return base.map(server -> overRdap(server, wanted, gate, deadline))
                  .orElseGet(() -> overWhois(world.iana(), wanted, gate, deadline));
            });
  }

  private Future<Looked> overRdap(URI server, Wanted wanted, Gate gate, Deadline deadline) {
    return told(server.getHost(), gate, rdap.look(wanted, server, gate, deadline));
  }

  /** The bootstrap file; the list of suffixes is renewed beside it, for lookups to come. */
  private Future<RdapBootstrap> refreshed(Gate gate, Deadline deadline) {
    Predicate<String> may = host -> gate.ask(host, Pace.RDAP).isEmpty();
    Future<PublicSuffixes> names = suffixes.known(may, deadline);
    return bootstrap.known(may, deadline).compose(known -> names.map(_ -> known));
  }

  private Future<Looked> overWhois(
      ServerAddress iana, Wanted wanted, Gate gate, Deadline deadline) {
    Optional<ServerAddress> known =
        wanted.whois().or(() -> KnownServers.shipped().whois(wanted.suffix()));
    if (known.isPresent()) {
      return at(known.get(), wanted, gate, deadline);
    }
    String tld = wanted.suffix().substring(wanted.suffix().lastIndexOf('.') + 1);
    Optional<Servers.Referral> referral = servers.get().referral(tld, settings.clock().instant());
    if (referral.isPresent()) {
      return referred(referral.get(), wanted, gate, deadline);
    }
    Optional<Postponed> not = gate.ask(iana.host(), Pace.WHOIS);
    if (not.isPresent()) {
      return Future.succeededFuture(new Looked.Postponed(not.get().until(), not.get().why()));
    }
    return told(
        iana.host(),
        gate,
        whoisClient
            .ask(iana, tld, Hop.CONFIGURED, deadline)
            .compose(
                reply -> {
                  Servers.Referral found =
                      new Servers.Referral(
                          WhoisText.referral(reply.text()), settings.clock().instant());
                  servers.updateAndGet(all -> all.with(tld, found));
                  return referred(found, wanted, gate, deadline);
                }));
  }

  private Future<Looked> referred(
      Servers.Referral referral, Wanted wanted, Gate gate, Deadline deadline) {
    return referral
        .server()
        .map(server -> at(server, wanted, gate, deadline))
        .orElseGet(() -> Future.succeededFuture(new Looked.Unsupported(wanted.suffix())));
  }

  private Future<Looked> at(ServerAddress server, Wanted wanted, Gate gate, Deadline deadline) {
    return told(server.host(), gate, whois.look(wanted, server, gate, deadline));
  }

  private static Future<Looked> told(String host, Gate gate, Future<Looked> looking) {
    return looking.recover(
        failure -> {
          gate.heard(host, new Heard.Failure());
          String words = Limits.kept(Unreached.words(host, failure));
          return Future.succeededFuture(
              new Looked.Answered(new Unavailable(words), host, Optional.empty()));
        });
  }
}
