package parallax.probe.openid;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.openid.OpenidCheck.Judged;

/**
 * What a provider says of itself, as far as it matters here (OpenID Connect Discovery 1.0 section
 * 3).
 *
 * @param keys where they are
 * @param algorithms that ID tokens are signed with
 */
record Metadata(URI keys, Set<String> algorithms) {
  private static final List<String> LISTS =
      List.of(
          "response_types_supported",
          "subject_types_supported",
          "id_token_signing_alg_values_supported");

  /** Endpoints that must be https where they stand (section 3; section 16.17 for all). */
  private static final List<String> ENDPOINTS =
      List.of(
          "authorization_endpoint",
          "token_endpoint",
          "userinfo_endpoint",
          "registration_endpoint",
          "jwks_uri",
          "end_session_endpoint",
          "revocation_endpoint",
          "introspection_endpoint");

  private static final int MAX_WORDS = 64;

  /** Reads and judges them. */
  static Judged<Metadata> read(String document, String issuer) {
    JsonObject json;
    try {
      json = new JsonObject(document);
    } catch (DecodeException | ClassCastException notJson) {
      return bad(Reason.OPENID_METADATA_INVALID, "not a JSON object");
    }
    try {
      String named = json.getValue("issuer") instanceof String text ? text : "";
      if (!issuer.equals(named)) {
        // Section 4.3: exactly the one that was asked for.
        return named.isEmpty()
            ? bad(Reason.OPENID_METADATA_INVALID, "issuer is missing or no text")
            : bad(Reason.OPENID_ISSUER_MISMATCH, named + ", expected " + issuer);
      }
      Optional<Finding> fault = fault(json);
      if (fault.isPresent()) {
        return new Judged.Bad<>(fault.get());
      }
      return new Judged.Good<>(
          new Metadata(
              URI.create(json.getString("jwks_uri")),
              words(json.getJsonArray("id_token_signing_alg_values_supported"))));
    } catch (ClassCastException otherType) {
      return bad(Reason.OPENID_METADATA_INVALID, "a value is of another type than it should be");
    }
  }

  private static Optional<Finding> fault(JsonObject json) {
    for (String endpoint : ENDPOINTS) {
      Optional<String> url = Optional.ofNullable(json.getString(endpoint));
      if (url.isPresent() && !isHttps(url.get())) {
        return invalid(endpoint + " is no https URL: " + url.get());
      }
    }
    for (String list : LISTS) {
      JsonArray values = json.getJsonArray(list);
      if (values == null || values.isEmpty()) {
        return invalid(list + " is missing");
      }
    }
    if (json.getString("jwks_uri") == null || json.getString("authorization_endpoint") == null) {
      boolean keys = json.getString("jwks_uri") == null;
      return invalid((keys ? "jwks_uri" : "authorization_endpoint") + " is missing");
    }
    boolean implicitOnly =
        words(json.getJsonArray("response_types_supported")).stream()
            .noneMatch(type -> List.of(type.split(" ", -1)).contains("code"));
    if (json.getString("token_endpoint") == null && !implicitOnly) {
      return invalid("token_endpoint is missing");
    }
    return Optional.empty();
  }

  private static Optional<Finding> invalid(String why) {
    return Optional.of(new Finding(Reason.OPENID_METADATA_INVALID, why));
  }

  private static Judged<Metadata> bad(Reason reason, String why) {
    return new Judged.Bad<>(new Finding(reason, why));
  }

  private static boolean isHttps(String url) {
    try {
      URI uri = new URI(url);
      return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null;
    } catch (URISyntaxException notOne) {
      return false;
    }
  }

  private static Set<String> words(JsonArray values) {
    Set<String> words = new TreeSet<>();
    values.stream()
        .limit(MAX_WORDS)
        .forEach(
            value -> {
              if (value instanceof String word) {
                words.add(word);
              }
            });
    return words;
  }
}
