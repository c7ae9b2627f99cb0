package parallax.deploy.demo.story;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.deploy.demo.net.SmallInternet;
import parallax.deploy.demo.story.Story.Step;

/** All stories. */
public final class Stories {
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration SOON = Duration.ofSeconds(3);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration MINUTES = Duration.ofMinutes(2);

  /** In the order of the menu. */
  public static final List<Story> ALL =
      List.of(facebook(), notion(), fastly(), region(), uplink(), certificate());

  private Stories() {}

  /** The one with this name. */
  public static Optional<Story> named(String name) {
    return ALL.stream().filter(story -> story.name().equalsIgnoreCase(name)).findFirst();
  }

  private static Story facebook() {
    return new Story(
        "facebook",
        "4 October 2021: Facebook takes itself off the map",
        List.of(
            "A change took the backbone down, and name servers withdrew the routes to themselves.",
            "The names of Facebook, Instagram and WhatsApp were gone for six hours, everywhere."),
        List.of(
            new Step(
                AT_ONCE,
                "The routes to Facebook's four name servers are withdrawn.",
                SmallInternet::withdrawRoutes),
            new Step(
                SOON, "Nobody reaches the name servers any more.", SmallInternet::silenceFacebook)),
        List.of(
            "Three targets turn red and are one incident, not three.",
            "The cause is not 'DNS': it is the routes, with prefixes and who announced them."),
        new Expected(
            List.of("facebook", "instagram", "whatsapp"),
            "GLOBAL",
            List.of("BGP"),
            "asn:32934",
            true,
            MINUTE));
  }

  private static Story notion() {
    return new Story(
        "notion",
        "12 February 2021: Notion's name is put on hold",
        List.of(
            "After complaints about pages of users the domain notion.so was put on hold.",
            "Its delegation left the zone; nothing was wrong with Notion's servers."),
        List.of(
            new Step(
                AT_ONCE,
                "The registry sets 'server hold' and takes the delegation out of .so.",
                SmallInternet::holdNotion)),
        List.of(
            "The verdict names the registry, and whom to write to.",
            "The name servers of Notion still answer: nobody is sent to them any more."),
        new Expected(
            List.of("notion"),
            "GLOBAL",
            List.of("REGISTRATION"),
            "registry:127.0.0.1",
            true,
            MINUTE));
  }

  private static Story fastly() {
    return new Story(
        "fastly",
        "8 June 2021: one customer's setting stops Fastly",
        List.of(
            "A change by one customer met a bug, and most of the network answered 503.",
            "The Guardian, Reddit, the New York Times and others were gone for most of an hour."),
        List.of(new Step(AT_ONCE, "The edge of the CDN answers 503.", SmallInternet::exhaustCdn)),
        List.of(
            "Three sites of three owners fail at once: one incident, whose culprit is the CDN.",
            "What does not stand on it stays green."),
        new Expected(
            List.of("guardian", "nytimes", "reddit"),
            "GLOBAL",
            List.of("HTTP"),
            "cdn:fastly",
            true,
            MINUTE));
  }

  private static Story region() {
    return new Story(
        "region",
        "A region cannot reach its bank",
        List.of(
            "Again and again a part of the world is cut off: by a cable, a transit, a firewall.",
            "Whoever looks from elsewhere sees nothing of it."),
        List.of(
            new Step(
                AT_ONCE,
                "From Tokyo the bank is not reached any more.",
                internet -> internet.cutOffBank(Vantages.of("tokyo")))),
        List.of(
            "The bank is DEGRADED, for Tokyo only: frankfurt and virginia find it well.",
            "It takes a little longer: two probes on one side of the world have to be believed."),
        new Expected(
            List.of("bank"),
            "REGIONAL",
            List.of("TCP", "TLS", "HTTP"),
            "target:bank",
            true,
            MINUTES));
  }

  private static Story uplink() {
    return new Story(
        "uplink",
        "One probe loses its way out",
        List.of(
            "The commonest false alarm there is: the monitor's own line is bad, and everything it",
            "looks at seems to be down."),
        List.of(
            new Step(
                AT_ONCE,
                "Whatever tokyo-2 sends is lost.",
                internet -> internet.cutOff(Vantages.named("tokyo-2")))),
        List.of(
            "No target turns red, and nobody is called.",
            "The trouble is told as what it is: the probe's own. What it says does not count."),
        new Expected(List.of(), "PROBE_LOCAL", List.of(), "probe:tokyo-2", false, MINUTES));
  }

  private static Story certificate() {
    return new Story(
        "certificate",
        "A certificate that nobody renewed",
        List.of(
            "On 3 February 2020 Microsoft Teams was gone for three hours: a certificate was over.",
            "It happens to somebody every day."),
        List.of(
            new Step(
                AT_ONCE,
                "The shop shows a certificate that ended an hour ago.",
                SmallInternet::expireShop)),
        List.of("The shop is down at TLS, before any page was asked for: browsers refuse it."),
        new Expected(List.of("shop"), "GLOBAL", List.of("TLS"), "target:shop", true, MINUTE));
  }
}
