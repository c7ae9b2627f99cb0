package parallax.deploy.demo.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What stands in the zones of the small internet. */
final class Zones {
  private static final String APEX =
      """
      @ 1 IN SOA ns.invalid. hostmaster.invalid. 1 3600 600 86400 1
      """;
  private static final String ROOT_SERVER = "a.root-servers.net.";
  private static final String TLD_SERVER = "a.gtld-servers.net.";
  private static final List<String> LETTERS = List.of("a", "b", "c", "d");

  private Zones() {}

  /**
   * A zone and who serves it.
   *
   * @param text in the format of master files
   */
  record Served(List<InetAddress> servers, String origin, String text) {}

  /** Names of servers, and where they are. */
  private record Hosts(List<String> names, List<InetAddress> addresses) {
    static Hosts of(String domain, List<InetAddress> addresses) {
      return new Hosts(
          LETTERS.subList(0, addresses.size()).stream()
              .map(letter -> letter + ".ns." + domain)
              .toList(),
          addresses);
    }

    String delegation(String zone) {
      StringBuilder text = new StringBuilder();
      names.forEach(name -> text.append(zone).append(" IN NS ").append(name).append('\n'));
      return text.toString();
    }

    String glue() {
      StringBuilder text = new StringBuilder();
      for (int index = 0; index < names.size(); index++) {
        text.append(address(names.get(index), addresses.get(index)));
      }
      return text.toString();
    }
  }

  private static final Hosts ROOTS = new Hosts(List.of(ROOT_SERVER), List.of(Places.ROOT));
  private static final Hosts TLDS = new Hosts(List.of(TLD_SERVER), List.of(Places.TLDS));
  private static final Hosts FACEBOOK = Hosts.of("facebook.com.", Places.FACEBOOK_NAMES);
  private static final Hosts HOSTER = Hosts.of("names-hoster.net.", Places.HOSTER_NAMES);
  private static final Hosts CDN = Hosts.of("fastly.net.", Places.CDN_NAMES);

  /** What a walk begins with. */
  static String hints() {
    return ROOTS.delegation(".") + ROOTS.glue();
  }

  /**
   * All of them.
   *
   * @param notion whether notion.so is delegated
   */
  static List<Served> all(boolean notion) {
    List<Served> all = new ArrayList<>(topLevel(notion));
    all.add(
        new Served(
            List.of(Places.ROOT),
            ".",
            APEX
                + ROOTS.delegation(".")
                + ROOTS.glue()
                + TLDS.delegation("com.")
                + TLDS.delegation("net.")
                + TLDS.delegation("so.")
                + TLDS.glue()));
    all.add(
        at(
            Places.FACEBOOK_NAMES,
            "facebook.com.",
            own(FACEBOOK, "facebook.com.", Places.FACEBOOK_WEB) + FACEBOOK.glue()));
    for (String zone : List.of("instagram.com.", "whatsapp.net.")) {
      all.add(at(Places.FACEBOOK_NAMES, zone, own(FACEBOOK, zone, Places.FACEBOOK_WEB)));
    }
    all.addAll(hosted());
    all.add(
        at(
            Places.CDN_NAMES,
            "fastly.net.",
            APEX
                + CDN.delegation("fastly.net.")
                + CDN.glue()
                + address("*.map.fastly.net.", Places.CDN_EDGE)));
    return all;
  }

  private static List<Served> hosted() {
    List<Served> hosted = new ArrayList<>();
    hosted.add(
        at(
            Places.HOSTER_NAMES,
            "names-hoster.net.",
            APEX + HOSTER.delegation("names-hoster.net.") + HOSTER.glue()));
    hosted.add(at(Places.HOSTER_NAMES, "notion.so.", own("notion.so.", Places.NOTION_WEB)));
    hosted.add(
        at(Places.HOSTER_NAMES, "corner-shop.net.", own("corner-shop.net.", Places.SHOP_WEB)));
    hosted.add(
        at(Places.HOSTER_NAMES, "harbour-bank.net.", own("harbour-bank.net.", Places.BANK_WEB)));
    hosted.add(
        at(Places.HOSTER_NAMES, "town-library.net.", own("town-library.net.", Places.LIBRARY_WEB)));
    for (String zone : List.of("theguardian", "reddit", "nytimes")) {
      hosted.add(
          at(
              Places.HOSTER_NAMES,
              zone + ".com.",
              APEX
                  + HOSTER.delegation(zone + ".com.")
                  + "www."
                  + zone
                  + ".com. IN CNAME "
                  + zone
                  + ".map.fastly.net.\n"));
    }
    return hosted;
  }

  /**
   * The zones of the top-level domains.
   *
   * @param notion whether notion.so is delegated
   */
  static List<Served> topLevel(boolean notion) {
    String com =
        Stream.of("theguardian.com.", "reddit.com.", "nytimes.com.")
            .map(HOSTER::delegation)
            .reduce("", String::concat);
    String net =
        Stream.of("names-hoster.net.", "corner-shop.net.", "harbour-bank.net.", "town-library.net.")
            .map(HOSTER::delegation)
            .reduce("", String::concat);
    return List.of(
        at(
            List.of(Places.TLDS),
            "com.",
            APEX
                + TLDS.delegation("com.")
                + FACEBOOK.delegation("facebook.com.")
                + FACEBOOK.delegation("instagram.com.")
                + FACEBOOK.glue()
                + com),
        at(
            List.of(Places.TLDS),
            "net.",
            APEX
                + TLDS.delegation("net.")
                + TLDS.glue()
                + FACEBOOK.delegation("whatsapp.net.")
                + CDN.delegation("fastly.net.")
                + CDN.glue()
                + HOSTER.glue()
                + net),
        at(
            List.of(Places.TLDS),
            "so.",
            APEX + TLDS.delegation("so.") + (notion ? HOSTER.delegation("notion.so.") : "")));
  }

  private static Served at(List<InetAddress> servers, String origin, String text) {
    return new Served(servers, origin, text);
  }

  private static String own(String zone, InetAddress web) {
    return own(HOSTER, zone, web);
  }

  private static String own(Hosts servers, String zone, InetAddress web) {
    return APEX + servers.delegation(zone) + address(zone, web);
  }

  private static String address(String name, InetAddress address) {
    return name + " IN A " + address.getHostAddress() + "\n";
  }
}
