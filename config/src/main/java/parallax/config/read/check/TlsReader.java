package parallax.config.read.check;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.check.TlsPolicy;
import parallax.config.check.TlsPolicy.ClientCertificate;
import parallax.config.check.TlsPolicy.TlsVersion;
import parallax.config.read.check.ExpiryReader.Expiry;
import parallax.config.text.HostText;

/** The {@code tls} block. */
public final class TlsReader {
  private static final int MAX_PATH = 1_024;

  private static final Field<Expiry> EXPIRY =
      Field.optional(
          "expiry",
          ExpiryReader.expiry(
              new Expiry(TlsPolicy.DEFAULT.expiryWarn(), TlsPolicy.DEFAULT.expiryFail())),
          "How long before a certificate ends it is told of. Left out: warn 21d, fail 3d.");
  private static final Field<Path> CA =
      Field.optional(
          "ca",
          path(),
          "PEM file of the CAs trusted instead of the machine's own, on the probe's machine;"
              + " relative to this file.");
  private static final Field<Path> CERT =
      Field.optional(
          "cert", path(), "PEM file of the client's certificate chain, shown to the server.");
  private static final Field<Path> KEY =
      Field.optional("key", path(), "PEM file of the client's PKCS #8 key. Goes with 'cert'.");
  private static final Field<String> SERVER_NAME =
      Field.optional(
          "server_name",
          Kinds.text(HostText.MAX_NAME)
              .then(
                  (text, node, reading) ->
                      HostText.name(text)
                          .or(() -> reading.wrong(node, "must be the name of a host"))),
          "Sent as SNI and expected in the certificate. Left out: the host of the URL.");
  private static final Field<TlsVersion> MIN_VERSION =
      Field.optional(
          "min_version",
          Kinds.choice(versions()),
          "The oldest protocol version accepted. Left out: 1.2.");

  public static final Shape SHAPE =
      Shape.of(
          "tls", "What is asked of a TLS server.", EXPIRY, CA, CERT, KEY, SERVER_NAME, MIN_VERSION);

  public static final Kind<TlsPolicy> KIND =
      Kinds.fields(SHAPE, (values, _, reading) -> Optional.of(policy(values, reading)));

  private TlsReader() {}

  private static TlsPolicy policy(Values values, Reading reading) {
    Optional<Path> cert = values.get(CERT);
    Optional<Path> key = values.get(KEY);
    if (values.has(CERT.key()) != values.has(KEY.key())) {
      Field<Path> given = values.has(CERT.key()) ? CERT : KEY;
      Field<Path> missing = values.has(CERT.key()) ? KEY : CERT;
      reading
          .problems()
          .error(
              values.placeOf(given.key()),
              "'" + given.key() + "' needs '" + missing.key() + "' beside it");
    }
    Duration warn = values.get(EXPIRY).map(Expiry::warn).orElse(TlsPolicy.DEFAULT.expiryWarn());
    Duration fail = values.get(EXPIRY).map(Expiry::fail).orElse(TlsPolicy.DEFAULT.expiryFail());
    return new TlsPolicy(
        warn,
        fail,
        values.get(CA),
        cert.flatMap(chain -> key.map(own -> new ClientCertificate(chain, own))),
        values.get(SERVER_NAME),
        values.get(MIN_VERSION).orElse(TlsPolicy.DEFAULT.minimum()));
  }

  private static Kind<Path> path() {
    return Kinds.text(MAX_PATH)
        .then(
            (text, node, reading) ->
                text.indexOf('\0') >= 0
                    ? reading.refuse(node.place(), "names a file that can't exist")
                    : Optional.of(node.place().file().resolveSibling(text)));
  }

  private static Map<String, TlsVersion> versions() {
    Map<String, TlsVersion> versions = new LinkedHashMap<>();
    for (TlsVersion version : TlsVersion.values()) {
      versions.put(version.yamlName(), version);
    }
    return versions;
  }
}
