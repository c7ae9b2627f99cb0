package parallax.deploy.demo;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.List;
import parallax.deploy.demo.net.Places;
import parallax.deploy.demo.net.SmallInternet;

/**
 * What is watched, as a user would write it. How sure to be and when to tell are those of the
 * product; what is shorter is how often targets are looked at, and how long routes have to be gone
 * or back before that is said: hours of reality are a minute here.
 */
final class DemoConfiguration {
  private DemoConfiguration() {}

  /** The YAML. */
  static String text(SmallInternet internet, Path ca) {
    String prefixes =
        Places.NAME_SERVER_PREFIXES.stream().collect(joining(", ", "[", ", "))
            + Places.WEB_PREFIX
            + "]";
    String routes =
        "bgp: {watch: on, origins: [" + Places.FACEBOOK_AS + "], prefixes: " + prefixes + "}";
    String often = "dns: {walk: 2s}";
    String registration = "registration: {watch: on, rdap: \"" + internet.rdap() + "\"}";
    List<String> targets =
        List.of(
            target(internet, "facebook", "facebook.com", often + ", " + routes),
            target(internet, "instagram", "instagram.com", often + ", " + routes),
            target(internet, "whatsapp", "whatsapp.net", often + ", " + routes),
            target(internet, "notion", "notion.so", often + ", " + registration),
            target(internet, "guardian", "www.theguardian.com", ""),
            target(internet, "nytimes", "www.nytimes.com", ""),
            target(internet, "reddit", "www.reddit.com", ""),
            target(internet, "shop", "corner-shop.net", ""),
            target(internet, "bank", "harbour-bank.net", ""),
            target(internet, "library", "town-library.net", ""));
    return """
    version: 1
    defaults:
      interval: 2s
      timeout: 4s
      ip: ipv4
      dns: {walk: off, resolvers: ["%s"]}
      tls: {ca: "%s"}
      registration: {watch: off}
      bgp: {watch: off}
    receivers:
      - {name: phone, webhook: {url: "%s"}}
      - {name: diary, webhook: {url: "%s"}}
    routes:
      - {severity: note, to: diary}
      - {to: phone}
    bgp:
      sources:
        - ris-live: {url: "%s"}
      limits: {withdrawn_for: 2s, partial_for: 4s, restored_for: 4s}
    targets:
    %s
    """
        .formatted(
            internet.resolver(),
            ca,
            internet.box(Letters.PHONE),
            internet.box(Letters.DIARY),
            internet.routes(),
            String.join("\n", targets));
  }

  private static String target(SmallInternet internet, String name, String host, String more) {
    return "  - {name: "
        + name
        + ", url: \"https://"
        + host
        + (internet.webPort() == 443 ? "" : ":" + internet.webPort())
        + "/\""
        + (more.isEmpty() ? "" : ", " + more)
        + "}";
  }
}
