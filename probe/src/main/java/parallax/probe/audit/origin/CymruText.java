package parallax.probe.audit.origin;

import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.config.observation.Printable;
import parallax.probe.net.Cidr;

/**
 * The names and texts of Team Cymru's mapping of addresses to origins. Pure; what does not read as
 * documented, or speaks of another address than was asked for, is no answer.
 */
final class CymruText {
  /** Longer names of systems are cut, in UTF-16 code units. */
  static final int MAX_NAME = 60;

  /** Texts beyond these are not read. */
  static final int MAX_TEXTS = 32;

  private static final int ORIGIN_FIELDS = 3;
  private static final int NAME_FIELDS = 5;
  private static final int HEX = 16;

  private CymruText() {}

  /** A route that holds the address in question. */
  record Route(Cidr prefix, SortedSet<Long> systems) {
    Route {
      systems = Collections.unmodifiableSortedSet(new TreeSet<>(systems));
    }
  }

  /** Where the origin of {@code address} is asked for: its octets, or nibbles, turned around. */
  static String question(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean ipv6 = bytes.length > Integer.BYTES;
    StringBuilder name = new StringBuilder();
    for (int index = bytes.length - 1; index >= 0; index--) {
      int value = Byte.toUnsignedInt(bytes[index]);
      if (ipv6) {
        name.append(Character.forDigit(value % HEX, HEX)).append('.');
        name.append(Character.forDigit(value / HEX, HEX)).append('.');
      } else {
        name.append(value).append('.');
      }
    }
    return name + (ipv6 ? "origin6.asn.cymru.com" : "origin.asn.cymru.com");
  }

  /** Where the name of a system is asked for. */
  static String question(long system) {
    return "AS" + system + ".asn.cymru.com";
  }

  /**
   * The most specific of the routes that {@code texts} tell: {@code 64500 64501 | 192.0.2.0/24 | JP
   * | apnic | 2011-08-11}, a text for each prefix.
   */
  static Optional<Route> route(List<String> texts, InetAddress address) {
    return texts.stream()
        .limit(MAX_TEXTS)
        .flatMap(text -> route(text).stream())
        .filter(route -> route.prefix().contains(address))
        .reduce(CymruText::narrower);
  }

  private static Route narrower(Route one, Route other) {
    int difference = one.prefix().prefixLength() - other.prefix().prefixLength();
    if (difference != 0) {
      return difference > 0 ? one : other;
    }
    SortedSet<Long> both = new TreeSet<>(one.systems());
    both.addAll(other.systems());
    return new Route(one.prefix(), both);
  }

  private static Optional<Route> route(String text) {
    List<String> fields = fields(text);
    if (fields.size() < ORIGIN_FIELDS) {
      return Optional.empty();
    }
    SortedSet<Long> systems = new TreeSet<>();
    for (String word : fields.getFirst().split(" ", OriginLine.MAX_ORIGINS + 1)) {
      Optional<Long> number = OriginLine.number(word);
      if (number.isEmpty()) {
        return Optional.empty();
      }
      systems.add(number.get());
    }
    try {
      return Optional.of(new Route(Cidr.parse(fields.get(1)), systems));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The name in {@code 64500 | JP | apnic | 2011-08-11 | EXAMPLE-NET Example, JP}. */
  static Optional<String> name(List<String> texts, long system) {
    return texts.stream()
        .limit(MAX_TEXTS)
        .map(CymruText::fields)
        .filter(fields -> fields.size() >= NAME_FIELDS)
        .filter(fields -> OriginLine.number(fields.getFirst()).equals(Optional.of(system)))
        .map(fields -> Printable.bounded(fields.get(NAME_FIELDS - 1), MAX_NAME))
        .filter(name -> !name.isBlank())
        .findFirst();
  }

  private static List<String> fields(String text) {
    return List.of(text.split("\\|", NAME_FIELDS)).stream().map(String::strip).toList();
  }
}
