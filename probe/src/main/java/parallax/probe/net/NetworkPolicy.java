package parallax.probe.net;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where this machine's probe may connect. Set on the machine itself; nothing that comes from a
 * coordinator, a resolver or a server can widen it. Judged on the address that is connected to, at
 * every hop, by a table of its own: the JDK's predicates miss CGNAT, benchmarking, reserved,
 * unique-local, NAT64 and 6to4 ranges.
 *
 * <p>In order: the addresses of cloud metadata services are never allowed; then the machine's deny
 * list; then its allow list; then what the posture says about addresses that are not public (IANA
 * special-purpose registries, RFC 6890).
 */
public final class NetworkPolicy {
  /** How the probe came to want this address. */
  public enum Hop {
    /** The configuration names the host. */
    CONFIGURED,
    /** A redirect by a server at a public address. */
    REDIRECTED_BY_PUBLIC,
    /** A redirect by a server that is itself at an address that is not public. */
    REDIRECTED_BY_NON_PUBLIC
  }

  private enum Posture {
    PROBE,
    OPERATOR,
    STANDALONE
  }

  /** What a range is, and whether an operator's own machine may go there. */
  private record Range(String what, boolean operatorMay, List<Cidr> blocks) {
    static Range of(String what, boolean operatorMay, String... blocks) {
      return new Range(what, operatorMay, Arrays.stream(blocks).map(Cidr::parse).toList());
    }

    boolean contains(byte[] address) {
      return blocks.stream().anyMatch(block -> block.contains(address));
    }
  }

  private static final Range METADATA =
      Range.of(
          "a cloud metadata address",
          false,
          "169.254.169.254",
          "169.254.170.2",
          "169.254.170.23",
          "169.254.42.42",
          "100.100.100.200",
          "168.63.129.16",
          "192.0.0.192",
          "fd00:ec2::254",
          "fd00:ec2::23",
          "fd20:ce::254",
          "fd00:42::42",
          "fe80::a9fe:a9fe");

  private static final List<Range> NON_PUBLIC =
      List.of(
          Range.of("a loopback address", true, "127.0.0.0/8", "::1"),
          Range.of(
              "a private address",
              true,
              "10.0.0.0/8",
              "172.16.0.0/12",
              "192.168.0.0/16",
              "fc00::/7",
              "fec0::/10"),
          Range.of("a link-local address", true, "169.254.0.0/16", "fe80::/10"),
          Range.of("a carrier-grade NAT address", true, "100.64.0.0/10"),
          Range.of("a benchmarking address", true, "198.18.0.0/15", "2001:2::/48"),
          Range.of(
              "a documentation address",
              true,
              "192.0.2.0/24",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "2001:db8::/32",
              "3fff::/20"),
          Range.of("a multicast address", false, "224.0.0.0/4", "ff00::/8"),
          Range.of("an unspecified address", false, "0.0.0.0/8", "::"),
          Range.of("a reserved address", false, "240.0.0.0/4", "192.0.0.0/24", "100::/64"),
          Range.of("a relay anycast address", false, "192.88.99.0/24"),
          Range.of(
              "an address with an IPv4 address inside",
              false,
              "::/96",
              "::ffff:0:0/96",
              "::ffff:0:0:0/96",
              "64:ff9b::/96",
              "64:ff9b:1::/48",
              "2002::/16",
              "2001::/32"),
          Range.of("a special-purpose address", false, "2001::/23", "5f00::/16"));

  /** Blocks whose last or middle 32 bits are an IPv4 address, with the offset of these bits. */
  private record Embedding(Cidr block, int offset) {}

  private static final List<Embedding> EMBEDDINGS =
      List.of(
          new Embedding(Cidr.parse("::/96"), 12),
          new Embedding(Cidr.parse("::ffff:0:0/96"), 12),
          new Embedding(Cidr.parse("::ffff:0:0:0/96"), 12),
          new Embedding(Cidr.parse("64:ff9b::/96"), 12),
          new Embedding(Cidr.parse("64:ff9b:1::/48"), 12),
          new Embedding(Cidr.parse("2002::/16"), 2));

  private static final List<String> METADATA_NAMES =
      List.of("metadata.google.internal", "metadata.goog", "instance-data", "metadata");

  private final Posture posture;
  private final List<Cidr> allow;
  private final List<Cidr> deny;

  private NetworkPolicy(Posture posture, List<Cidr> allow, List<Cidr> deny) {
    this.posture = posture;
    this.allow = List.copyOf(allow);
    this.deny = List.copyOf(deny);
  }

  /** For a probe whose targets come from a coordinator: public addresses, and what is allowed. */
  public static NetworkPolicy forProbe(List<Cidr> allow, List<Cidr> deny) {
    return new NetworkPolicy(Posture.PROBE, allow, deny);
  }

  /**
   * For commands whose operator and machine are one: also loopback, private and other local
   * addresses where the configuration names the host, and by redirect from such an address; never
   * by redirect from a public address.
   */
  public static NetworkPolicy forOperator(List<Cidr> allow, List<Cidr> deny) {
    return new NetworkPolicy(Posture.OPERATOR, allow, deny);
  }

  /** For a prober whose targets Prometheus names: everything but metadata and {@code deny}. */
  public static NetworkPolicy forStandalone(List<Cidr> deny) {
    return new NetworkPolicy(Posture.STANDALONE, List.of(), deny);
  }

  /**
   * Why a connection to {@code address} must not be made; empty when it may.
   *
   * @return in words: the address and what it is
   */
  public Optional<String> refusal(InetAddress address, Hop hop) {
    byte[] bytes = address.getAddress();
    if (isMetadata(bytes)) {
      return Optional.of(words(address, METADATA.what()));
    }
    if (deny.stream().anyMatch(block -> block.contains(bytes))) {
      return Optional.of(words(address, "denied on this machine"));
    }
    if (posture == Posture.STANDALONE || allow.stream().anyMatch(block -> block.contains(bytes))) {
      return Optional.empty();
    }
    return rangeOf(bytes)
        .filter(range -> !mayGoTo(range, hop))
        .map(range -> words(address, range.what()));
  }

  /**
   * Why a proxy must not be asked for {@code host}, as far as that shows in the host alone: an
   * address literal is judged as an address, names of metadata services and of this machine too.
   * What another name resolves to is the proxy's affair.
   */
  public Optional<String> refusalOfHost(String host, Hop hop) {
    String name = host.toLowerCase(Locale.ROOT);
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (METADATA_NAMES.contains(bare)) {
      return Optional.of(host + " is " + METADATA.what());
    }
    boolean local = bare.equals("localhost") || bare.endsWith(".localhost");
    Optional<InetAddress> literal =
        local ? Optional.of(InetAddress.getLoopbackAddress()) : Cidr.literal(host);
    return literal.flatMap(address -> refusal(address, hop));
  }

  /** Whether {@code address} is reachable from everywhere, by the table alone. */
  public static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    return !isMetadata(bytes) && rangeOf(bytes).isEmpty();
  }

  private boolean mayGoTo(Range range, Hop hop) {
    return posture == Posture.OPERATOR && range.operatorMay() && hop != Hop.REDIRECTED_BY_PUBLIC;
  }

  private static Optional<Range> rangeOf(byte[] address) {
    return NON_PUBLIC.stream().filter(range -> range.contains(address)).findFirst();
  }

  private static boolean isMetadata(byte[] address) {
    return METADATA.contains(address)
        || EMBEDDINGS.stream()
            .filter(embedding -> embedding.block().contains(address))
            .map(
                embedding ->
                    Arrays.copyOfRange(
                        address, embedding.offset(), embedding.offset() + Integer.BYTES))
            .anyMatch(METADATA::contains);
  }

  private static String words(InetAddress address, String what) {
    return AddressText.of(address) + " is " + what;
  }
}
