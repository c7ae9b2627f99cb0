package parallax.coordinator.oidc;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Optional;

/**
 * Where a provider has what (OpenID Connect Discovery 1.0 section 3).
 *
 * @param basic whether its token endpoint takes the secret in a header, as it does unless it says
 *     otherwise
 */
record Metadata(URI authorization, URI token, URI keys, boolean basic) {
  /** Where metadata lie, below the issuer. */
  static URI place(URI issuer) {
    return URI.create(
        issuer.toString().replaceAll("/+$", "") + "/.well-known/openid-configuration");
  }

  /** What was fetched; the issuer has to be named as it is configured. */
  static Found<Metadata> read(URI issuer, JsonObject document) {
    if (!issuer.toString().equals(text(document, "issuer"))) {
      return Found.provider("the provider names another issuer than the configured one");
    }
    Optional<URI> authorization = uri(issuer, text(document, "authorization_endpoint"));
    Optional<URI> token = uri(issuer, text(document, "token_endpoint"));
    Optional<URI> keys = uri(issuer, text(document, "jwks_uri"));
    if (authorization.isEmpty() || token.isEmpty() || keys.isEmpty()) {
      return Found.provider("the provider's metadata lack an address, or have one without https");
    }
    boolean basic =
        !(document.getValue("token_endpoint_auth_methods_supported") instanceof JsonArray methods)
            || methods.contains("client_secret_basic");
    return new Found.Good<>(new Metadata(authorization.get(), token.get(), keys.get(), basic));
  }

  private static String text(JsonObject document, String field) {
    return document.getValue(field) instanceof String text ? text : "";
  }

  /** Without https only where the issuer is without it as well, which is on this machine alone. */
  private static Optional<URI> uri(URI issuer, String text) {
    try {
      URI uri = URI.create(text);
      boolean safe = "https".equals(uri.getScheme()) || "http".equals(issuer.getScheme());
      return safe && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
