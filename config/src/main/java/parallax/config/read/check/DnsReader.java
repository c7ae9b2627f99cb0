package parallax.config.read.check;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import parallax.config.bind.Field;
import parallax.config.bind.Form;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Kinds.Pair;
import parallax.config.bind.Located;
import parallax.config.bind.Reading;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.check.ServerAddress;
import parallax.config.check.ZoneSpec.Approved;
import parallax.config.check.ZoneSpec.Dnssec;
import parallax.config.check.ZoneSpec.SignatureExpiry;
import parallax.config.read.check.ExpiryReader.Expiry;
import parallax.config.text.DurationText;
import parallax.config.text.HostText;
import parallax.config.yaml.Yaml;

/** The {@code dns} block. */
public final class DnsReader {
  /** Record types that can be asked for. */
  public static final List<String> TYPES =
      List.of(
          "A", "AAAA", "CAA", "CNAME", "DNSKEY", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA",
          "SRV", "SVCB", "TLSA", "TXT");

  private static final String OFF = "off";
  private static final Duration MIN_WALK = Duration.ofSeconds(1);
  private static final Duration MAX_WALK = Duration.ofDays(1);
  private static final String WALK_MUST =
      "must be off, or a duration of "
          + DurationText.format(MIN_WALK)
          + " to "
          + DurationText.format(MAX_WALK)
          + ", written like 30s or 5m";
  private static final int MAX_ANSWERS = 100;
  private static final int MAX_RESOLVERS = 8;
  private static final int MAX_SERVERS = 32;

  /** With a dot at its end. */
  private static final int MAX_NAME = HostText.MAX_NAME + 1;

  private static final int MAX_DS_TEXT = 256;
  private static final int DS_FIELDS = 4;
  private static final Duration SIGNATURES_WARN = Duration.ofDays(3);

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
  private static final Field<Dnssec> DNSSEC =
      Field.optional(
          "dnssec",
          Kinds.choice(
              new TreeMap<>(
                  Map.of(
                      "if-signed", Dnssec.IF_SIGNED,
                      "required", Dnssec.REQUIRED,
                      "off", Dnssec.OFF))),
          "Whether the zone's signatures must hold (RFC 4033): where the zone above promises them,"
              + " in any case, or never. Left out: if-signed.");
  private static final Field<List<String>> SERVERS =
      Field.optional(
          "ns",
          Kinds.listOf(
              Kinds.text(
                  "^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.){1,32}"
                      + "[A-Za-z][A-Za-z0-9-]{1,62}\\.?$",
                  MAX_NAME,
                  "must be the full name of a name server, such as ns1.example.com"),
              1,
              MAX_SERVERS),
          "The name servers that the zone above must name for the domain: all of them, in any"
              + " order. Left out: any.");
  private static final Field<List<String>> DS =
      Field.optional(
          "ds",
          Kinds.listOf(
              Kinds.text(
                  "^[0-9]{1,5} [0-9]{1,3} [0-9]{1,3}( [0-9a-fA-F]{1,128}){1,8}$",
                  MAX_DS_TEXT,
                  "must be a DS record as zone files write it: key tag, algorithm, digest type and"
                      + " the digest in hexadecimal"),
              0,
              MAX_SERVERS),
          "The DS records that the zone above must have for the domain: all of them, in any order;"
              + " []: none. Left out: any.");
  private static final Field<Expiry> EXPIRY =
      Field.optional(
          "expiry",
          ExpiryReader.expiry(new Expiry(SIGNATURES_WARN, Duration.ZERO)),
          "How long before the first signature of the zone ends that is told of. Left out: 3d, and"
              + " for signatures that are made anew every few days an eighth of their time.");
  private static final Field<Walk> WALK =
      Field.optional(
          "walk",
          walk(),
          "How often the delegation, from the root down, and the domain's own name servers are"
              + " looked at; off: never, and then neither 'ns' nor 'ds' may be set. Left out: 60s,"
              + " or the interval if that is longer.");

  public static final Shape SHAPE =
      Shape.of(
          "dns",
          "How names are looked up and judged.",
          EXPECT,
          RECORD_TYPES,
          RESOLVERS,
          DNSSEC,
          WALK,
          SERVERS,
          DS,
          EXPIRY);

  public static final Kind<DnsSettings> KIND =
      Kinds.fields(SHAPE, (values, _, reading) -> Optional.of(settings(values, reading)));

  private DnsReader() {}

  /**
   * What a {@code dns} block says.
   *
   * @param types empty when not said
   */
  public record DnsSettings(
      List<String> types,
      SortedMap<String, SortedSet<String>> expect,
      List<ServerAddress> resolvers,
      Dnssec dnssec,
      Walk walk,
      Approved approved,
      Optional<SignatureExpiry> expiry) {
    public static final DnsSettings DEFAULT =
        new DnsSettings(
            List.of(),
            new TreeMap<>(),
            List.of(),
            Dnssec.IF_SIGNED,
            Walk.USUAL,
            Approved.ANY,
            Optional.empty());

    /** With other types and all else the same. */
    public DnsSettings withTypes(List<String> others) {
      return new DnsSettings(others, expect, resolvers, dnssec, walk, approved, expiry);
    }

    /** What is asked for: as said, else what is expected, else {@code standard}. */
    public List<String> typesOr(List<String> standard) {
      Set<String> asked = new LinkedHashSet<>(types);
      asked.addAll(expect.keySet());
      return asked.isEmpty() ? standard : List.copyOf(asked);
    }
  }

  private static DnsSettings settings(Values values, Reading reading) {
    Walk walk = values.get(WALK).orElse(Walk.USUAL);
    if (walk instanceof Walk.Off) {
      List.of(SERVERS, DS).forEach(field -> refuseWithoutWalk(field, values, reading));
    }
    return new DnsSettings(
        values.get(RECORD_TYPES).orElse(List.of()),
        values.get(EXPECT).map(expect -> answers(expect, reading)).orElse(new TreeMap<>()),
        values.get(RESOLVERS).orElse(List.of()),
        values.get(DNSSEC).orElse(Dnssec.IF_SIGNED),
        walk,
        new Approved(
            values.get(SERVERS).map(DnsReader::names), values.get(DS).map(DnsReader::signers)),
        values.get(EXPIRY).map(expiry -> new SignatureExpiry(expiry.warn(), expiry.fail())));
  }

  /** What only the walk would see, and so nobody would watch. */
  private static void refuseWithoutWalk(Field<?> field, Values values, Reading reading) {
    if (values.has(field.key())) {
      reading
          .problems()
          .error(
              values.placeOf(field.key()),
              "'"
                  + field.key()
                  + "' is never looked at where 'walk' is off; leave one of them out");
    }
  }

  /** Whether and how often the zone itself is looked at. */
  public sealed interface Walk {
    Walk USUAL = new Every(Optional.empty());

    /** Empty: as often as is usual. */
    record Every(Optional<Duration> interval) implements Walk {}

    record Off() implements Walk {}
  }

  private static Kind<Walk> walk() {
    Kind<Duration> every = Kinds.duration(MIN_WALK, MAX_WALK);
    return new Kind<>(
        new Form.Either(List.of(every.form(), words(OFF).form())),
        (node, reading) -> {
          if (!(node instanceof Yaml.Scalar scalar) || scalar.type() != Yaml.Type.TEXT) {
            return reading.wrong(node, WALK_MUST);
          }
          return scalar.text().equals(OFF)
              ? Optional.of(new Walk.Off())
              : DurationText.parse(scalar.text())
                  .filter(time -> time.compareTo(MIN_WALK) >= 0 && time.compareTo(MAX_WALK) <= 0)
                  .<Walk>map(time -> new Walk.Every(Optional.of(time)))
                  .or(() -> reading.wrong(node, WALK_MUST));
        });
  }

  private static SortedSet<String> names(List<String> written) {
    return written.stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Digests may be written in groups and in any case. */
  private static SortedSet<String> signers(List<String> written) {
    return written.stream()
        .map(record -> record.split(" ", DS_FIELDS))
        .map(
            fields ->
                "%d %d %d %s"
                    .formatted(
                        Integer.parseInt(fields[0]),
                        Integer.parseInt(fields[1]),
                        Integer.parseInt(fields[2]),
                        fields[3].replace(" ", "").toUpperCase(Locale.ROOT)))
        .collect(Collectors.toCollection(TreeSet::new));
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
