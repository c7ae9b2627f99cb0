package parallax.config.read.service;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.SecretKinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.check.HttpSpec;
import parallax.config.check.packet.Answer;
import parallax.config.check.packet.Payload;
import parallax.config.check.service.Login;
import parallax.config.check.service.Patience;
import parallax.config.check.service.Protocol;
import parallax.config.check.service.Protocol.MailKind;
import parallax.config.check.service.Security;
import parallax.config.read.check.PacketReader;
import parallax.config.read.http.HeaderReader;
import parallax.config.read.service.ServiceScheme.ServiceKey;
import parallax.config.secret.Secret;
import parallax.config.text.HostText;
import parallax.config.text.UrlText;

/** The {@code service} block: what is said to a service other than the web, and expected of it. */
public final class ServiceReader {
  private static final Duration MIN_LATENCY = Duration.ofMillis(1);
  private static final Duration MAX_LATENCY = Duration.ofMinutes(5);
  private static final int MAX_WORD = 64;
  private static final int MAX_WORDS = 64;
  private static final int MAX_NAME = 128;

  /** Who knocks at a database that asks who it is. */
  private static final String DATABASE_USER = "parallax";

  /** No control character, and nothing that ends a text for C. */
  private static final String NAME_PATTERN = "^[^\\u0000-\\u001f\\u007f]+$";

  private static final Field<Duration> WARN =
      Field.optional(
          "warn", Kinds.duration(MIN_LATENCY, MAX_LATENCY), "DEGRADED when it takes longer.");
  private static final Field<Duration> FAIL =
      Field.optional(
          "fail", Kinds.duration(MIN_LATENCY, MAX_LATENCY), "DOWN when it takes longer.");

  private static final Field<Security> STARTTLS =
      Field.optional(
          ServiceKey.STARTTLS.word(),
          Kinds.choice(startTls()),
          "Whether the connection goes over to TLS: required, if-offered or never. Left out:"
              + " if-offered.");
  private static final Field<String> HELLO =
      Field.optional(
          ServiceKey.HELLO.word(), name(), "How SMTP introduces itself. Left out: by address.");
  private static final Field<List<String>> CAPABILITIES =
      Field.optional(
          ServiceKey.CAPABILITIES.word(),
          Kinds.oneOrMany(
              Kinds.text(
                  "^[!-~]+( [!-~]+)*$",
                  MAX_WORD,
                  "must be a capability, such as SIZE or AUTH PLAIN, 1 to 64 characters"),
              MAX_WORDS),
          "What the server must say that it can: SIZE, IDLE, AUTH PLAIN.");
  private static final Field<String> USER =
      Field.optional(
          ServiceKey.USER.word(),
          Kinds.text(NAME_PATTERN, MAX_NAME, "must be a name of 1 to 128 characters"),
          "Who logs in; with a password but for databases. Left out there: parallax.");
  private static final Field<Secret> PASSWORD =
      Field.optional(
          ServiceKey.PASSWORD.word(),
          SecretKinds.reference(),
          "The password, as ${env:NAME} or ${file:/path}.");
  private static final Field<String> DATABASE =
      Field.optional(
          ServiceKey.DATABASE.word(),
          Kinds.text(NAME_PATTERN, MAX_NAME, "must be a name of 1 to 128 characters"),
          "The database that the start-up names. Left out: postgres, and it need not be there.");
  private static final Field<String> DOMAIN =
      Field.optional(
          ServiceKey.DOMAIN.word(), name(), "The domain served. Left out: the host of the URL.");
  private static final Field<List<String>> ALGORITHMS =
      Field.optional(
          ServiceKey.ALGORITHMS.word(),
          Kinds.oneOrMany(
              Kinds.text(
                  "^[!-+\\--~]+$",
                  MAX_WORD,
                  "must be an algorithm of SSH, such as ssh-ed25519, 1 to 64 characters"),
              MAX_WORDS),
          "Algorithms of key exchange, host keys, ciphers or MACs that SSH must offer.");
  private static final Field<List<String>> HOST_KEY =
      Field.optional(
          ServiceKey.HOST_KEY.word(),
          Kinds.oneOrMany(
              Kinds.text(
                  "^SHA256:[A-Za-z0-9+/]{43}$",
                  MAX_WORD,
                  "must be a fingerprint as 'ssh-keygen -lf' shows it, SHA256: and 43 characters"),
              MAX_WORDS),
          "Fingerprints, one of which the server must prove to have the key of.");
  private static final Field<String> SERVICE_NAME =
      Field.optional(
          ServiceKey.NAME.word(),
          Kinds.text(
              "^[!-~]+$",
              Protocol.Grpc.MAX_SERVICE,
              "must be the full name of a service of gRPC, such as shop.v1.Cart, 1 to 120"
                  + " characters"),
          "The service whose health is asked for. Left out: the server as a whole.");
  private static final Field<List<HttpSpec.Header>> HEADERS =
      Field.optional(
          ServiceKey.HEADERS.word(),
          HeaderReader.KIND,
          "Metadata of gRPC, headers of a WebSocket's handshake. Values may hold ${env:NAME} and"
              + " ${file:/path}; those of secrets must.");
  private static final Field<String> SUBPROTOCOL =
      Field.optional(
          ServiceKey.SUBPROTOCOL.word(),
          Kinds.text(
              "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
              MAX_WORD,
              "must be the name of a subprotocol, such as graphql-ws, 1 to 64 characters"),
          "The subprotocol of a WebSocket that the server must agree to.");
  private static final Field<Payload> SEND =
      Field.optional(
          ServiceKey.SEND.word(),
          PacketReader.payload("leave it out, and nothing is sent"),
          "A message over a WebSocket: text, which may hold ${env:NAME} and ${file:/path}, or {hex:"
              + " 0a ff}, which is a binary one.");
  private static final Field<Answer> EXPECT =
      Field.optional(
          ServiceKey.EXPECT.word(),
          PacketReader.answer(),
          "What the server's first message over a WebSocket must be: a regular expression of RE2"
              + " that is found in it, or {hex: 0a ff} that it begins with. Left out: none is"
              + " waited for.");
  private static final Field<Patience> LATENCY =
      Field.optional(
          ServiceKey.LATENCY.word(),
          Kinds.fields(
              Shape.of("latency", "How long the whole dialogue may take.", WARN, FAIL),
              ServiceReader::patience),
          "How long the whole dialogue may take.");

  private static final List<Field<?>> FIELDS =
      List.of(
          STARTTLS,
          HELLO,
          CAPABILITIES,
          USER,
          PASSWORD,
          DATABASE,
          DOMAIN,
          ALGORITHMS,
          HOST_KEY,
          SERVICE_NAME,
          HEADERS,
          SUBPROTOCOL,
          SEND,
          EXPECT,
          LATENCY);

  private static final Shape SHAPE =
      Shape.of(
          "protocol",
          "What is said to a service other than the web, and what it must say.",
          FIELDS.toArray(Field[]::new));

  /** How a service of some scheme is spoken to, given its URL. */
  public record ServiceSettings(
      Security security, Patience latency, Function<UrlText, Protocol> protocol) {}

  private ServiceReader() {}

  /** The block as it is for any scheme, for editors. */
  public static Kind<ServiceSettings> form() {
    return of(ServiceScheme.SMTP);
  }

  /** The block of targets of a scheme. */
  public static Kind<ServiceSettings> of(ServiceScheme scheme) {
    return Kinds.fields(SHAPE, (values, _, reading) -> settings(scheme, values, reading));
  }

  /** What holds where there is no block. */
  public static ServiceSettings standard(ServiceScheme scheme) {
    return new ServiceSettings(
        scheme.secure() ? Security.TLS : offered(scheme),
        Patience.ANY,
        url -> protocol(scheme, Optional.empty(), url));
  }

  private static Optional<ServiceSettings> settings(
      ServiceScheme scheme, Values values, Reading reading) {
    boolean fine = true;
    for (Field<?> field : FIELDS) {
      ServiceKey key = ServiceKey.valueOf(field.key().toUpperCase(Locale.ROOT));
      if (values.has(field.key()) && !scheme.knows(key)) {
        reading
            .problems()
            .error(
                values.placeOf(field.key()),
                "'" + field.key() + "' is only for " + key.schemes() + "; leave it out here");
        fine = false;
      }
    }
    return fine && loginComplete(scheme, values, reading) && headersFree(scheme, values, reading)
        ? Optional.of(
            new ServiceSettings(
                scheme.secure() ? Security.TLS : values.get(STARTTLS).orElse(offered(scheme)),
                values.get(LATENCY).orElse(Patience.ANY),
                url -> protocol(scheme, Optional.of(values), url)))
        : Optional.empty();
  }

  /** A password may stand alone where the service knows one without a user, a user never. */
  private static boolean loginComplete(ServiceScheme scheme, Values values, Reading reading) {
    boolean redis = scheme == ServiceScheme.REDIS || scheme == ServiceScheme.REDISS;
    boolean lonelyUser =
        values.has(USER.key()) && !values.has(PASSWORD.key()) && scheme.knows(ServiceKey.PASSWORD);
    boolean lonelyPassword = values.has(PASSWORD.key()) && !values.has(USER.key()) && !redis;
    if (lonelyUser || lonelyPassword) {
      Field<?> given = lonelyUser ? USER : PASSWORD;
      Field<?> missing = lonelyUser ? PASSWORD : USER;
      reading
          .problems()
          .error(
              values.placeOf(given.key()),
              "'" + given.key() + "' needs '" + missing.key() + "' beside it");
    }
    return !lonelyUser && !lonelyPassword;
  }

  /** What the protocol itself says in a header is not for others to say. */
  private static boolean headersFree(ServiceScheme scheme, Values values, Reading reading) {
    List<String> ours =
        values.get(HEADERS).orElse(List.of()).stream()
            .map(HttpSpec.Header::name)
            .filter(name -> scheme.owns(name.toLowerCase(Locale.ROOT)))
            .toList();
    ours.forEach(
        name ->
            reading
                .problems()
                .error(
                    values.placeOf(HEADERS.key()),
                    "'headers' can't set '" + name + "', which belongs to the protocol itself"));
    return ours.isEmpty();
  }

  private static Security offered(ServiceScheme scheme) {
    return scheme.knows(ServiceKey.STARTTLS) ? Security.STARTTLS_IF_OFFERED : Security.CLEAR;
  }

  private static Protocol protocol(ServiceScheme scheme, Optional<Values> values, UrlText url) {
    return switch (scheme) {
      case SMTP, SMTPS -> mail(MailKind.SMTP, values);
      case IMAP, IMAPS -> mail(MailKind.IMAP, values);
      case POP3, POP3S -> mail(MailKind.POP3, values);
      case FTP -> new Protocol.Ftp(login(values));
      case SSH -> new Protocol.Ssh(words(values, ALGORITHMS), words(values, HOST_KEY));
      case XMPP -> new Protocol.Xmpp(get(values, DOMAIN).orElse(url.host()));
      case AMQP, AMQPS -> new Protocol.Amqp();
      case MQTT, MQTTS -> new Protocol.Mqtt(login(values));
      case REDIS, REDISS -> new Protocol.Redis(login(values));
      case POSTGRES, POSTGRESQL ->
          new Protocol.Postgres(get(values, USER).orElse(DATABASE_USER), get(values, DATABASE));
      case MYSQL -> new Protocol.MySql(get(values, USER).orElse(DATABASE_USER));
      case LDAP, LDAPS -> new Protocol.Ldap();
      case GRPC, GRPCS -> new Protocol.Grpc(get(values, SERVICE_NAME).orElse(""), headers(values));
      case WS, WSS ->
          new Protocol.WebSocket(
              url.tail().startsWith("/") ? url.tail() : "/" + url.tail(),
              headers(values),
              get(values, SUBPROTOCOL),
              get(values, SEND),
              get(values, EXPECT));
    };
  }

  private static Protocol mail(MailKind kind, Optional<Values> values) {
    TreeSet<String> capabilities = new TreeSet<>();
    words(values, CAPABILITIES).forEach(word -> capabilities.add(word.toUpperCase(Locale.ROOT)));
    return new Protocol.Mail(kind, get(values, HELLO), capabilities);
  }

  private static List<Protocol.Header> headers(Optional<Values> values) {
    return get(values, HEADERS).orElse(List.of()).stream()
        .map(header -> new Protocol.Header(header.name(), header.value()))
        .toList();
  }

  private static Optional<Login> login(Optional<Values> values) {
    return get(values, PASSWORD).map(password -> new Login(get(values, USER).orElse(""), password));
  }

  private static <T> Optional<T> get(Optional<Values> values, Field<T> field) {
    return values.flatMap(written -> written.get(field));
  }

  private static SortedSet<String> words(Optional<Values> values, Field<List<String>> field) {
    return new TreeSet<>(get(values, field).orElse(List.of()));
  }

  private static Optional<Patience> patience(Values values, Object node, Reading reading) {
    Patience patience = new Patience(values.get(WARN), values.get(FAIL));
    boolean ordered =
        patience.warn().isEmpty()
            || patience.fail().isEmpty()
            || patience.warn().get().compareTo(patience.fail().get()) <= 0;
    return ordered
        ? Optional.of(patience)
        : reading.refuse(
            values.placeOf(WARN.key()),
            "fails earlier than it warns: 'warn' must be at most as long as 'fail'");
  }

  private static Kind<String> name() {
    return Kinds.text(HostText.MAX_NAME)
        .then(
            (text, node, reading) ->
                HostText.name(text).or(() -> reading.wrong(node, "must be the name of a host")));
  }

  private static Map<String, Security> startTls() {
    Map<String, Security> words = new LinkedHashMap<>();
    words.put("required", Security.STARTTLS_REQUIRED);
    words.put("if-offered", Security.STARTTLS_IF_OFFERED);
    words.put("never", Security.CLEAR);
    return words;
  }
}
