package parallax.config.read;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Kinds.Pair;
import parallax.config.check.Naming;
import parallax.config.check.Naming.AddressFamily;
import parallax.config.read.check.BgpReader;
import parallax.config.read.check.DnsReader;
import parallax.config.read.check.LabelReader;
import parallax.config.read.check.ObjectiveReader;
import parallax.config.read.check.PacketReader;
import parallax.config.read.check.RegistrationReader;
import parallax.config.read.check.TlsReader;
import parallax.config.read.http.HttpReader;
import parallax.config.read.service.ServiceReader;
import parallax.config.target.Label;
import parallax.config.target.Objective;
import parallax.config.target.Region;
import parallax.config.yaml.Yaml;

/** The keys that targets and their defaults share. */
final class TargetFields {
  static final Duration MIN_INTERVAL = Duration.ofSeconds(1);
  static final Duration MAX_INTERVAL = Duration.ofDays(1);
  static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
  static final Duration MAX_TIMEOUT = Duration.ofMinutes(5);
  static final int MAX_REGIONS = 64;

  static final Field<Duration> INTERVAL =
      Field.optional(
          "interval",
          Kinds.duration(MIN_INTERVAL, MAX_INTERVAL),
          "From one check to the next, of each probe. Left out: 30s.");
  static final Field<Duration> TIMEOUT =
      Field.optional(
          "timeout",
          Kinds.duration(MIN_TIMEOUT, MAX_TIMEOUT),
          "The deadline of each check, redirects and retries included. Left out: 10s.");
  static final Field<List<Region>> FROM =
      Field.optional(
          "from", Kinds.oneOrMany(region(), MAX_REGIONS), "The regions that look. Left out: all.");
  static final Field<List<Pair<String>>> LABELS =
      Field.optional(
          "labels", LabelReader.KIND, "Words about the target, for routes, alerts and metrics.");
  static final Field<AddressFamily> IP =
      Field.optional(
          "ip",
          Kinds.choice(families()),
          "Which addresses may be used: any, ipv4 or ipv6. Left out: any, IPv4 first.");
  static final Field<Naming.Choice> ADDRESSES =
      Field.optional(
          "addresses",
          Kinds.choice(choices()),
          "Which of them are looked at: first, the first that accepts, or each by itself, IPv4 and"
              + " IPv6. Left out: first.");
  static final Field<Yaml> HTTP =
      Field.optional(
          "http", Kinds.raw(HttpReader.KIND.form()), "The HTTP request, and what is expected.");
  static final Field<Yaml> DNS =
      Field.optional(
          "dns", Kinds.raw(DnsReader.KIND.form()), "How names are looked up and judged.");
  static final Field<Yaml> TLS =
      Field.optional("tls", Kinds.raw(TlsReader.KIND.form()), "What is asked of TLS.");
  static final Field<Yaml> ICMP =
      Field.optional(
          "icmp", Kinds.raw(PacketReader.ICMP.form()), "ICMP echo requests, and their replies.");
  static final Field<Yaml> UDP =
      Field.optional("udp", Kinds.raw(PacketReader.UDP.form()), "A datagram, and its answer.");
  static final Field<Yaml> NTP =
      Field.optional("ntp", Kinds.raw(PacketReader.NTP.form()), "What a time server must say.");
  static final Field<Yaml> SERVICE =
      Field.optional(
          "service",
          Kinds.raw(ServiceReader.form().form()),
          "What is said to a service other than the web, and what it must say.");
  static final Field<Yaml> REGISTRATION =
      Field.optional(
          "registration",
          Kinds.raw(RegistrationReader.KIND.form()),
          "Who holds the domain, and until when. Left out: looked up, with the defaults.");
  static final Field<Yaml> BGP =
      Field.optional(
          "bgp",
          Kinds.raw(BgpReader.KIND.form()),
          "The routes to the target. Left out: learnt, and watched where 'bgp: sources' are.");

  static final Field<Optional<Objective>> OBJECTIVE =
      Field.optional(
          "objective",
          ObjectiveReader.KIND,
          "How much of the time it is to be up; off: nobody says. Left out: off.");

  private TargetFields() {}

  private static Kind<Region> region() {
    return Kinds.text(
            Label.PATTERN,
            Label.MAX_LENGTH,
            "must be a region: lower-case letters, digits and inner hyphens, 1 to 63")
        .then((text, _, _) -> Optional.of(new Region(text)));
  }

  private static Map<String, Naming.Choice> choices() {
    Map<String, Naming.Choice> choices = new LinkedHashMap<>();
    choices.put("first", new Naming.Choice.First());
    choices.put("each", new Naming.Choice.Each());
    return choices;
  }

  private static Map<String, AddressFamily> families() {
    Map<String, AddressFamily> families = new LinkedHashMap<>();
    families.put("any", AddressFamily.ANY);
    families.put("ipv4", AddressFamily.IPV4);
    families.put("ipv6", AddressFamily.IPV6);
    return families;
  }
}
