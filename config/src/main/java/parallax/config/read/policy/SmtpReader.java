package parallax.config.read.policy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.SecretKinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.check.ServerAddress;
import parallax.config.policy.SmtpServer;
import parallax.config.policy.SmtpServer.Encryption;
import parallax.config.secret.Secret;
import parallax.config.text.HostText;
import parallax.config.yaml.Yaml;

/** The {@code smtp} block. */
public final class SmtpReader {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_USER = 256;
  private static final int MAX_PATH = 4_096;

  private static final Field<String> HOST =
      Field.required(
          "host",
          Kinds.text(HostText.MAX_NAME)
              .then(
                  (text, node, reading) ->
                      HostText.parse(text)
                          .or(() -> HostText.ipv6(text))
                          .or(() -> reading.wrong(node, "must be the name or address of a host"))),
          "The server's name or address.");
  private static final Field<Long> PORT =
      Field.optional("port", Kinds.wholeNumber(1, MAX_PORT), "Left out: 587, 465 or 25, by 'tls'.");
  private static final Field<Encryption> TLS =
      Field.optional(
          "tls",
          Kinds.choice(
              new TreeMap<>(
                  Map.of(
                      "starttls", Encryption.STARTTLS,
                      "implicit", Encryption.IMPLICIT,
                      "none", Encryption.NONE))),
          "How the way to the server is encrypted: starttls, implicit, or none for a server on the"
              + " same machine. Left out: implicit on port 465, else starttls.");
  private static final Field<String> FROM =
      Field.required("from", PolicyKinds.address(), "The sender's address.");
  private static final Field<String> USER =
      Field.optional("user", Kinds.text(MAX_USER), "The user, where the server asks for one.");
  private static final Field<Secret> PASSWORD =
      Field.optional(
          "password", SecretKinds.reference(), "The password, as ${env:NAME} or ${file:/path}.");

  private static final Field<Path> AUTHORITIES =
      Field.optional(
          "authorities",
          Kinds.text(MAX_PATH).then(SmtpReader::absolute),
          "Absolute path of a file on the coordinator's machine: the certificates (PEM) that may"
              + " vouch for the server. Left out: those of the Java platform.");

  public static final Kind<SmtpServer> KIND =
      Kinds.fields(
          Shape.of(
              "smtp",
              "The server that takes our mail.",
              HOST,
              PORT,
              TLS,
              FROM,
              USER,
              PASSWORD,
              AUTHORITIES),
          (values, _, reading) -> server(values, reading));

  private SmtpReader() {}

  private static Optional<SmtpServer> server(Values values, Reading reading) {
    if (values.has(USER.key()) != values.has(PASSWORD.key())) {
      reading.refuse(values.node().place(), "needs both 'user' and 'password', or neither");
    }
    Encryption encryption =
        values
            .get(TLS)
            .orElseGet(
                () ->
                    values.get(PORT).filter(SmtpReader::isImplicit).isPresent()
                        ? Encryption.IMPLICIT
                        : Encryption.STARTTLS);
    if (encryption == Encryption.NONE && values.has(PASSWORD.key())) {
      reading.refuse(values.node().place(), "sends no password over a way that is not encrypted");
    }
    if (encryption == Encryption.NONE && values.has(AUTHORITIES.key())) {
      reading.refuse(
          values.node().place(), "needs no 'authorities' on a way that is not encrypted");
    }
    int port = Math.toIntExact(values.get(PORT).orElse((long) encryption.port()));
    return values
        .get(HOST)
        .flatMap(
            host ->
                values
                    .get(FROM)
                    .map(
                        from ->
                            new SmtpServer(
                                new ServerAddress(host, port),
                                encryption,
                                from,
                                values.get(USER),
                                values.get(PASSWORD),
                                values.get(AUTHORITIES))));
  }

  private static Optional<Path> absolute(String text, Yaml node, Reading reading) {
    try {
      Path path = Path.of(text);
      if (path.isAbsolute()) {
        return Optional.of(path);
      }
    } catch (InvalidPathException e) {
      // Said below: whatever is no path is no absolute one.
    }
    return reading.refuse(node.place(), "must be an absolute path");
  }

  private static boolean isImplicit(long port) {
    return port == Encryption.IMPLICIT.port();
  }
}
