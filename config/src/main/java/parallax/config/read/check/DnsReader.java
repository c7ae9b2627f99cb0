package parallax.config.read.check;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Kinds.Pair;
import parallax.config.bind.Located;
import parallax.config.bind.Reading;
import parallax.config.bind.Shape;
import parallax.config.check.ServerAddress;
import parallax.config.text.HostText;

/** The {@code dns} block. */
public final class DnsReader {
  /** Record types that can be asked for. */
  public static final List<String> TYPES =
      List.of(
          "A", "AAAA", "CAA", "CNAME", "DNSKEY", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA",
          "SRV", "SVCB", "TLSA", "TXT");

  private static final int MAX_ANSWERS = 100;
  private static final int MAX_RESOLVERS = 8;

  /** The longest answer, in presentation form. */
  private static final int MAX_ANSWER = 4_096;

  private static final Field<List<Pair<List<Located<String>>>>> EXPECT =
      Field.optional(
          "expect",
          Kinds.table(
              "^(" + String.join("|", TYPES) + ")$",
              "record types: " + String.join(", ", TYPES),
              Kinds.oneOrMany(Kinds.text(MAX_ANSWER).located(), MAX_ANSWERS),
              TYPES.size()),
          "By record type the full set of answers, in any order, as zone files write them: {A:"
              + " [192.0.2.10], MX: [10 mx.example.com]}.");
  private static final Field<List<String>> RECORD_TYPES =
      Field.optional(
          "types",
          Kinds.oneOrMany(type(), TYPES.size()),
          "The record types asked for; one of them must have an answer. Left out: those of"
              + " 'expect', else A and AAAA.");
  private static final Field<List<ServerAddress>> RESOLVERS =
      Field.optional(
          "resolvers",
          Kinds.oneOrMany(UrlKinds.server(UrlKinds.DNS_PORT), MAX_RESOLVERS),
          "Resolvers as host or host:port, asked in order. Left out: the probe machine's own.");
  private static final Field<String> DNSSEC =
      Field.optional(
          "dnssec",
          words("if-signed", "required", "ignore"),
          "Whether answers must be validly signed (RFC 4033).");

  public static final Shape SHAPE =
      Shape.of(
          "dns", "How names are looked up and judged.", EXPECT, RECORD_TYPES, RESOLVERS, DNSSEC);

  public static final Kind<DnsSettings> KIND =
      Kinds.fields(
          SHAPE,
          (values, _, reading) ->
              Optional.of(
                  new DnsSettings(
                      values.get(RECORD_TYPES).orElse(List.of()),
                      values
                          .get(EXPECT)
                          .map(expect -> answers(expect, reading))
                          .orElse(new TreeMap<>()),
                      values.get(RESOLVERS).orElse(List.of()))));

  private DnsReader() {}

  /**
   * What a {@code dns} block says.
   *
   * @param types empty when not said
   */
  public record DnsSettings(
      List<String> types,
      SortedMap<String, SortedSet<String>> expect,
      List<ServerAddress> resolvers) {
    public static final DnsSettings DEFAULT =
        new DnsSettings(List.of(), new TreeMap<>(), List.of());

    /** What is asked for: as said, else what is expected, else {@code standard}. */
    public List<String> typesOr(List<String> standard) {
      Set<String> asked = new LinkedHashSet<>(types);
      asked.addAll(expect.keySet());
      return asked.isEmpty() ? standard : List.copyOf(asked);
    }
  }

  static Kind<String> type() {
    return words(TYPES.toArray(String[]::new));
  }

  private static Kind<String> words(String... words) {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (String word : words) {
      meanings.put(word, word);
    }
    return Kinds.choice(meanings);
  }

  private static SortedMap<String, SortedSet<String>> answers(
      List<Pair<List<Located<String>>>> expect, Reading reading) {
    SortedMap<String, SortedSet<String>> byType = new TreeMap<>();
    for (Pair<List<Located<String>>> pair : expect) {
      TreeSet<String> answers = new TreeSet<>();
      for (Located<String> answer : pair.value()) {
        answer(pair.key(), answer, reading.of(pair.key())).ifPresent(answers::add);
      }
      byType.put(pair.key(), answers);
    }
    return byType;
  }

  /** Addresses in their canonical form; anything else as written. */
  private static Optional<String> answer(String type, Located<String> answer, Reading reading) {
    return switch (type) {
      case "A" -> address(answer, "an IPv4 address", reading, DnsReader::ipv4);
      case "AAAA" -> address(answer, "an IPv6 address", reading, HostText::ipv6);
      default -> Optional.of(answer.value());
    };
  }

  private static Optional<String> ipv4(String text) {
    return HostText.isIpv4(text) ? Optional.of(text) : Optional.empty();
  }

  private static Optional<String> address(
      Located<String> answer,
      String what,
      Reading reading,
      Function<String, Optional<String>> parser) {
    return parser
        .apply(answer.value())
        .or(
            () ->
                reading.refuse(
                    answer.place(),
                    "must be " + what + "; found " + Reading.quoted(answer.value())));
  }
}
