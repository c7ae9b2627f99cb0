package parallax.config.read.service;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The schemes of services other than the web: their standard ports, and the keys they know. */
public enum ServiceScheme {
  SMTP(25, false, ServiceKey.STARTTLS, ServiceKey.HELLO, ServiceKey.CAPABILITIES),
  SMTPS(465, true, ServiceKey.HELLO, ServiceKey.CAPABILITIES),
  IMAP(143, false, ServiceKey.STARTTLS, ServiceKey.CAPABILITIES),
  IMAPS(993, true, ServiceKey.CAPABILITIES),
  POP3(110, false, ServiceKey.STARTTLS, ServiceKey.CAPABILITIES),
  POP3S(995, true, ServiceKey.CAPABILITIES),
  FTP(21, false, ServiceKey.STARTTLS, ServiceKey.USER, ServiceKey.PASSWORD),
  SSH(22, false, ServiceKey.ALGORITHMS, ServiceKey.HOST_KEY),
  XMPP(5222, false, ServiceKey.STARTTLS, ServiceKey.DOMAIN),
  AMQP(5672, false),
  AMQPS(5671, true),
  MQTT(1883, false, ServiceKey.USER, ServiceKey.PASSWORD),
  MQTTS(8883, true, ServiceKey.USER, ServiceKey.PASSWORD),
  REDIS(6379, false, ServiceKey.USER, ServiceKey.PASSWORD),
  REDISS(6379, true, ServiceKey.USER, ServiceKey.PASSWORD),
  POSTGRES(5432, false, ServiceKey.STARTTLS, ServiceKey.USER, ServiceKey.DATABASE),
  POSTGRESQL(5432, false, ServiceKey.STARTTLS, ServiceKey.USER, ServiceKey.DATABASE),
  MYSQL(3306, false, ServiceKey.STARTTLS, ServiceKey.USER),
  LDAP(389, false, ServiceKey.STARTTLS),
  LDAPS(636, true),
  GRPC(80, false, ServiceKey.NAME, ServiceKey.HEADERS),
  GRPCS(443, true, ServiceKey.NAME, ServiceKey.HEADERS),
  WS(80, false, ServiceKey.HEADERS, ServiceKey.SUBPROTOCOL, ServiceKey.SEND, ServiceKey.EXPECT),
  WSS(443, true, ServiceKey.HEADERS, ServiceKey.SUBPROTOCOL, ServiceKey.SEND, ServiceKey.EXPECT);

  /** In the order in which they are told. */
  public static final List<String> WORDS =
      Arrays.stream(values()).map(ServiceScheme::word).toList();

  private final int port;
  private final boolean secure;

  @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
  private final Set<ServiceKey> keys;

  ServiceScheme(int port, boolean secure, ServiceKey... keys) {
    this.port = port;
    this.secure = secure;
    this.keys = Collections.unmodifiableSet(EnumSet.of(ServiceKey.LATENCY, keys));
  }

  public static Optional<ServiceScheme> of(String word) {
    return Arrays.stream(values()).filter(scheme -> scheme.word().equals(word)).findFirst();
  }

  /** As it stands in URLs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where such services listen unless the URL says otherwise. */
  public int port() {
    return port;
  }

  /** Whether TLS is spoken from the first byte. */
  public boolean secure() {
    return secure;
  }

  /** Whether TLS may be spoken at all. */
  public boolean speaksTls() {
    return secure || keys.contains(ServiceKey.STARTTLS);
  }

  /** Where to write what others put into the path, for messages; may be empty. */
  public String insteadOfPath() {
    return keys.contains(ServiceKey.DATABASE)
        ? ", and the database under 'service: database:'"
        : keys.contains(ServiceKey.NAME) ? ", and the service of gRPC under 'service: name:'" : "";
  }

  /** Whether the URL may have a path and a query. */
  public boolean hasPath() {
    return this == WS || this == WSS;
  }

  /**
   * Whether a header of a request is the protocol's own.
   *
   * @param name in lower case
   */
  boolean owns(String name) {
    return name.startsWith("grpc-")
        || name.startsWith("sec-websocket-")
        || ((this == GRPC || this == GRPCS)
            && (name.equals("content-type") || name.equals("host")));
  }

  boolean knows(ServiceKey key) {
    return keys.contains(key);
  }

  /** The keys of the {@code service} block. */
  enum ServiceKey {
    STARTTLS,
    HELLO,
    CAPABILITIES,
    USER,
    PASSWORD,
    DATABASE,
    DOMAIN,
    ALGORITHMS,
    HOST_KEY,
    NAME,
    HEADERS,
    SUBPROTOCOL,
    SEND,
    EXPECT,
    LATENCY;

    /** As it is written in YAML. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The schemes that know it, in words. */
    String schemes() {
      return String.join(
          ", ",
          Arrays.stream(ServiceScheme.values())
              .filter(scheme -> scheme.knows(this))
              .map(ServiceScheme::word)
              .toList());
    }
  }
}
