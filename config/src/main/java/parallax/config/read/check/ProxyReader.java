package parallax.config.read.check;

import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.SecretKinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.check.HttpCredentials.Basic;
import parallax.config.check.HttpSpec.ProxyAddress;
import parallax.config.check.ServerAddress;
import parallax.config.secret.Secret;
import parallax.config.text.UrlText;
import parallax.config.yaml.Yaml;

/** The {@code proxy} block of HTTP. */
final class ProxyReader {
  private static final Field<ServerAddress> URL =
      Field.required(
          "url", UrlKinds.url().then(ProxyReader::address), "The proxy, as http://host:port.");
  private static final Field<String> USER =
      Field.optional("user", AuthReader.USER.kind(), "The user, where the proxy asks for one.");
  private static final Field<Secret> PASSWORD =
      Field.optional(
          "password", SecretKinds.reference(), "The password, as ${env:NAME} or ${file:/path}.");

  static final Kind<ProxyAddress> KIND =
      Kinds.fields(
          Shape.of("proxy", "A forward proxy.", URL, USER, PASSWORD),
          (values, _, reading) -> {
            Optional<Basic> credentials = credentials(values, reading);
            return values.get(URL).map(server -> new ProxyAddress(server, credentials));
          });

  private ProxyReader() {}

  private static Optional<ServerAddress> address(UrlText url, Yaml node, Reading reading) {
    boolean plain = url.scheme().equals("http") && (url.tail().isEmpty() || url.tail().equals("/"));
    return plain && url.port().isPresent()
        ? Optional.of(new ServerAddress(url.host(), url.port().getAsInt()))
        : reading.wrong(node, "must be a proxy as http://host:port");
  }

  private static Optional<Basic> credentials(Values values, Reading reading) {
    if (values.has(USER.key()) != values.has(PASSWORD.key())) {
      reading.refuse(values.node().place(), "needs both 'user' and 'password', or neither");
    }
    return values
        .get(USER)
        .flatMap(user -> values.get(PASSWORD).map(password -> new Basic(user, password)));
  }
}
