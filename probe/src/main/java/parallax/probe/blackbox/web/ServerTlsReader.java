package parallax.probe.blackbox.web;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import parallax.config.check.TlsPolicy.TlsVersion;
import parallax.probe.blackbox.module.Value;
import parallax.probe.blackbox.read.Node;
import parallax.probe.blackbox.read.Section;
import parallax.probe.blackbox.web.ServerTls.Clients;

/** {@code tls_server_config}. */
final class ServerTlsReader {
  private static final Map<String, TlsVersion> VERSIONS =
      Map.of(
          "TLS10", TlsVersion.TLS_1_0,
          "TLS11", TlsVersion.TLS_1_1,
          "TLS12", TlsVersion.TLS_1_2,
          "TLS13", TlsVersion.TLS_1_3);

  /** As Go calls them, and as the JDK does. */
  private static final Map<String, String> GROUPS =
      Map.of(
          "CurveP256", "secp256r1",
          "CurveP384", "secp384r1",
          "CurveP521", "secp521r1",
          "X25519", "x25519");

  /** Those of TLS 1.3, which are offered whatever is chosen for TLS 1.2. */
  static final List<String> OF_1_3 =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  /** RFC 9113 section 9.2.2: HTTP/2 cannot do without one of these. */
  private static final List<String> OF_HTTP2 =
      List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");

  /** Of TLS 1.2; Go's and the JDK's names for them are the same, but for those of ChaCha20. */
  private static final List<String> OF_1_2 =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          // The same two, as older Go calls them.
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305");

  private final Path file;
  private final Section section;

  private ServerTlsReader(Path file, Section section) {
    this.file = file;
    this.section = section;
  }

  /** Empty when nothing in it asks for TLS. */
  static Optional<ServerTls> read(Path file, Section section, boolean http2) {
    return new ServerTlsReader(file, section).read(http2);
  }

  private Optional<ServerTls> read(boolean http2) {
    Optional<Value> certificate = value("cert", "cert_file");
    Optional<Value> key = value("key", "key_file");
    Optional<Value> authorities = value("client_ca", "client_ca_file");
    Clients clients = clients(authorities.isPresent());
    List<String> names = names(clients);
    TlsVersion oldest = version("min_version", TlsVersion.TLS_1_2);
    TlsVersion newest = version("max_version", TlsVersion.TLS_1_3);
    versions(oldest, newest);
    List<String> ciphers = section.items("cipher_suites", this::cipher);
    if (http2
        && !ciphers.isEmpty()
        && oldest.compareTo(TlsVersion.TLS_1_3) < 0
        && OF_HTTP2.stream().noneMatch(ciphers::contains)) {
      section.refuse(
          "cipher_suites",
          "needs "
              + String.join(" or ", OF_HTTP2)
              + " for HTTP/2; add one, or write http_server_config: {http2: false}");
    }
    List<String> groups = section.items("curve_preferences", this::group);
    // Which cipher of those that both have is taken is no longer up to this, as in Go since 1.17.
    boolean _ = section.flag("prefer_server_cipher_suites", true);
    section.end();
    if (section.all().isEmpty()) {
      return Optional.empty();
    }
    if (certificate.isEmpty() || key.isEmpty()) {
      section
          .problems()
          .error(
              section.place(),
              "'tls_server_config' needs "
                  + (certificate.isEmpty() ? "'cert_file' (or 'cert')" : "'key_file' (or 'key')"));
      return Optional.empty();
    }
    return Optional.of(
        new ServerTls(
            section.place(),
            certificate.get(),
            key.get(),
            clients,
            authorities,
            names,
            oldest,
            newest,
            ciphers,
            groups));
  }

  private Optional<Value> value(String key, String fileKey) {
    return section
        .secretOrFile(key, fileKey)
        .filter(value -> !(value instanceof Value.Inline(var text)) || !text.reveal().isEmpty())
        .map(
            value ->
                value instanceof Value.InFile(Path named)
                    ? new Value.InFile(file.toAbsolutePath().resolveSibling(named))
                    : value);
  }

  private Clients clients(boolean authorities) {
    String key = "client_auth_type";
    Optional<String> word = section.text(key).filter(text -> !text.isEmpty());
    // An older name for it.
    String meant =
        word.map(text -> text.equals("RequireClientCert") ? Clients.ANY.word() : text)
            .orElse(Clients.NONE.word());
    Optional<Clients> clients =
        Arrays.stream(Clients.values()).filter(each -> each.word().equals(meant)).findFirst();
    if (clients.isEmpty()) {
      Optional<Clients> _ =
          section.wrong(
              key,
              section.take(key).orElseThrow(),
              "must be one of "
                  + Arrays.stream(Clients.values())
                      .map(Clients::word)
                      .collect(Collectors.joining(", ")));
    } else if (authorities && clients.get() == Clients.NONE) {
      section.refuse(
          section.has("client_ca_file") ? "client_ca_file" : "client_ca",
          "is of no use without a 'client_auth_type' such as " + Clients.GOOD.word());
    }
    return clients.orElse(Clients.NONE);
  }

  private List<String> names(Clients clients) {
    String key = "client_allowed_sans";
    List<String> names = section.texts(key);
    if (section.has(key) && !clients.isRequired()) {
      section.refuse(
          key,
          "needs the 'client_auth_type' "
              + Clients.ANY.word()
              + " or "
              + Clients.GOOD.word()
              + ": others let clients in without a certificate");
    } else if (section.has(key) && names.isEmpty()) {
      section.refuse(key, "must name somebody");
    }
    return names;
  }

  private TlsVersion version(String key, TlsVersion otherwise) {
    Optional<String> word = section.text(key);
    Optional<TlsVersion> version = word.map(VERSIONS::get);
    if (word.isPresent() && version.isEmpty()) {
      Optional<TlsVersion> _ =
          section.wrong(
              key, section.take(key).orElseThrow(), "must be one of TLS10, TLS11, TLS12, TLS13");
    }
    return version.orElse(otherwise);
  }

  private void versions(TlsVersion oldest, TlsVersion newest) {
    if (newest.compareTo(TlsVersion.TLS_1_2) < 0) {
      section.refuse("max_version", "must be TLS12 or TLS13: older ones are not served (RFC 8996)");
    } else if (oldest.compareTo(newest) > 0) {
      section.refuse("max_version", "is older than the oldest version allowed");
    } else if (oldest.compareTo(TlsVersion.TLS_1_2) < 0) {
      section
          .problems()
          .warning(
              section.placeOf("min_version"),
              "'min_version' is TLS12 all the same: older ones are not served (RFC 8996)");
    }
  }

  private Optional<String> cipher(Node node) {
    String name = node instanceof Node.Leaf leaf ? leaf.text() : "";
    if (OF_1_3.contains(name)) {
      return Optional.of(name);
    }
    if (!OF_1_2.contains(name)) {
      return section.wrong(
          "cipher_suites", node, "must be names of Go's cipher suites that are not insecure");
    }
    return Optional.of(name.endsWith("POLY1305") ? name + "_SHA256" : name);
  }

  private Optional<String> group(Node node) {
    Optional<String> group =
        node instanceof Node.Leaf leaf
            ? Optional.ofNullable(GROUPS.get(leaf.text()))
            : Optional.empty();
    return group.isPresent()
        ? group
        : section.wrong(
            "curve_preferences", node, "must be of CurveP256, CurveP384, CurveP521, X25519");
  }
}
