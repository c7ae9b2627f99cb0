package parallax.probe.blackbox.http;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import parallax.config.check.HttpSpec;
import parallax.config.secret.Secret;
import parallax.probe.blackbox.look.Files;
import parallax.probe.blackbox.look.Sight;
import parallax.probe.blackbox.look.TlsFacts;
import parallax.probe.blackbox.look.Unseen;
import parallax.probe.blackbox.module.HttpClientSettings.Header;
import parallax.probe.blackbox.module.HttpClientSettings.Login;
import parallax.probe.blackbox.module.HttpModule;
import parallax.probe.blackbox.module.TlsSettings;
import parallax.probe.http.Exchange;
import parallax.probe.http.HttpUrl;
import parallax.probe.http.Outgoing;
import parallax.probe.net.NetworkPolicy;

/** The first request of a module, with everything read that stands in files. */
final class Requests {
  private final HttpModule module;
  private final Tokens tokens;
  private final Sight sight;

  Requests(HttpModule module, Tokens tokens, Sight sight) {
    this.module = module;
    this.tokens = tokens;
    this.sight = sight;
  }

  Outgoing first(HttpUrl url, Exchange.Tools tools) throws Unseen {
    List<HttpSpec.Header> headers = new ArrayList<>();
    for (Header header : module.headers()) {
      headers.add(new HttpSpec.Header(header.name(), Files.read(header.value())));
    }
    for (Header header : module.client().headers()) {
      headers.add(new HttpSpec.Header(header.name(), Files.read(header.value())));
    }
    Optional<Secret> body = Optional.empty();
    if (module.body().isPresent()) {
      body = Optional.of(Files.whole(module.body().get()));
    }
    return new Outgoing(
        url,
        module.method(),
        headers,
        body,
        authorization(tools),
        TlsFacts.policy(module.client().tls()),
        NetworkPolicy.Hop.CONFIGURED);
  }

  private Optional<Secret> authorization(Exchange.Tools tools) throws Unseen {
    return switch (module.client().login()) {
      case Login.None() -> Optional.empty();
      case Login.Basic basic -> Optional.of(basic(basic));
      case Login.Typed(String type, var credentials) ->
          Optional.of(Secret.of(type + " " + Files.read(credentials).reveal()));
      case Login.ByToken login ->
          Optional.of(Secret.of("Bearer " + tokens.token(login, module, sight, tools).reveal()));
    };
  }

  static Secret basic(Login.Basic basic) throws Unseen {
    String pair = Files.read(basic.user()).reveal() + ":" + Files.read(basic.password()).reveal();
    return Secret.of(
        "Basic "
            + Base64.getEncoder()
                .encodeToString(pair.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  /** At the first host the certificate is for the header Host, if there is one. */
  static TlsSettings forFirst(HttpModule module, Outgoing request) {
    String host =
        request.headers().stream()
            .filter(header -> header.name().equalsIgnoreCase("Host"))
            .map(header -> header.value().reveal())
            .findFirst()
            .orElse(request.url().host());
    return module.client().tls().orName(host);
  }
}
