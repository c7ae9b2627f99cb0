package parallax.deploy.demo.net;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import parallax.deploy.demo.certificate.Authority;

/** All servers of the small internet, and what can be broken of them. Safe from any thread. */
public final class SmallInternet implements AutoCloseable {
  private static final String SHOP = "corner-shop.net";
  private static final String NOTION = "notion.so";
  private static final Duration EXPIRED_AGO = Duration.ofHours(1);

  private final Faults faults = new Faults();
  private final ZoneServers zones = new ZoneServers(faults);
  private final Map<InetAddress, SSLContext> certificates = new ConcurrentHashMap<>();
  private final Authority authority;
  private final SSLContext shopsOwn;
  private final Office office;
  private final DnsServer names;
  private final DnsServer resolver;
  private final WebServer web;

  /**
   * Starts everything.
   *
   * @param letters is told the box and the document of each letter that is posted to {@link #box}
   * @throws IOException when it cannot listen on this machine's loopback addresses
   */
  public SmallInternet(InstantSource clock, BiConsumer<String, JsonObject> letters)
      throws IOException {
    authority = new Authority("Parallax demo CA", clock.instant());
    shopsOwn = authority.serverOf(List.of(SHOP));
    certify();
    List<AutoCloseable> open = new ArrayList<>();
    try {
      office = new Office(clock, letters);
      open.add(office);
      names = new DnsServer(nameServers(), zones);
      open.add(names);
      resolver =
          new DnsServer(List.of(Places.RESOLVER), new Resolver(Places.ROOT, names.port(), clock));
      open.add(resolver);
      web = new WebServer(List.copyOf(certificates.keySet()), certificates, faults);
    } catch (IOException e) {
      close(open);
      throw e;
    }
    Zones.all(true).forEach(zone -> zones.serve(zone.servers(), zone.origin(), zone.text()));
    repair();
  }

  private void certify() {
    SSLContext common =
        authority.serverOf(
            List.of(
                "facebook.com",
                "instagram.com",
                "whatsapp.net",
                NOTION,
                "www.theguardian.com",
                "www.reddit.com",
                "www.nytimes.com",
                "harbour-bank.net",
                "town-library.net"));
    Stream.of(
            Places.FACEBOOK_WEB,
            Places.CDN_EDGE,
            Places.NOTION_WEB,
            Places.BANK_WEB,
            Places.LIBRARY_WEB)
        .forEach(address -> certificates.put(address, common));
    certificates.put(Places.SHOP_WEB, shopsOwn);
  }

  private static List<InetAddress> nameServers() {
    return Stream.of(
            List.of(Places.ROOT, Places.TLDS),
            Places.FACEBOOK_NAMES,
            Places.HOSTER_NAMES,
            Places.CDN_NAMES)
        .flatMap(List::stream)
        .toList();
  }

  /** Who vouches for the web servers, as PEM. */
  public String authorities() {
    return authority.pem();
  }

  /** The root's servers and their addresses, as a file of hints (RFC 8109). */
  public String rootHints() {
    return Zones.hints();
  }

  /** The port of all name servers. */
  public int dnsPort() {
    return names.port();
  }

  /** The resolver as {@code host:port}. */
  public String resolver() {
    return Places.RESOLVER.getHostAddress() + ":" + resolver.port();
  }

  /** The port of all web servers. */
  public int webPort() {
    return web.port();
  }

  /** Where routes are told, in the manner of RIS Live. */
  public String routes() {
    return office.routes();
  }

  /** The base of what RDAP is asked. */
  public String rdap() {
    return office.rdap();
  }

  /** Where letters for a box are posted. */
  public String box(String name) {
    return office.box(name);
  }

  /** The routes to Facebook's name servers are withdrawn. */
  public void withdrawRoutes() {
    office.collectors().withdraw(Places.NAME_SERVER_PREFIXES);
  }

  /** Facebook's name servers are not reached by anybody. */
  public void silenceFacebook() {
    faults.silence(Places.FACEBOOK_NAMES);
  }

  /** The registry puts notion.so on hold and takes its delegation out of the zone. */
  public void holdNotion() {
    office.registry().record(NOTION, "server hold");
    Zones.topLevel(false).forEach(zone -> zones.serve(zone.servers(), zone.origin(), zone.text()));
  }

  /** The content delivery network answers 503. */
  public void exhaustCdn() {
    faults.exhaust(Places.CDN_EDGE);
  }

  /** From these addresses the bank is not reached. */
  public void cutOffBank(List<InetAddress> clients) {
    clients.forEach(client -> faults.cut(client, Places.BANK_WEB));
  }

  /** What comes from there reaches nobody. */
  public void cutOff(InetAddress client) {
    faults.lose(client);
  }

  /** The shop's certificate is over. */
  public void expireShop() {
    certificates.put(Places.SHOP_WEB, authority.expiredServerOf(List.of(SHOP), EXPIRED_AGO));
  }

  /** Everything is as it should be. */
  public void repair() {
    faults.mend();
    certificates.put(Places.SHOP_WEB, shopsOwn);
    office.registry().record(NOTION, "active");
    Zones.topLevel(true).forEach(zone -> zones.serve(zone.servers(), zone.origin(), zone.text()));
    Places.NAME_SERVER_PREFIXES.forEach(
        prefix -> office.collectors().announce(prefix, Places.FACEBOOK_AS));
    office.collectors().announce(Places.WEB_PREFIX, Places.FACEBOOK_AS);
  }

  @Override
  public void close() {
    close(List.of(web, resolver, names, office));
  }

  private static void close(List<AutoCloseable> open) {
    for (AutoCloseable one : open) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException("a server of the demo does not end", e);
      }
    }
  }
}
