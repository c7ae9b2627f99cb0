package parallax.probe.openid;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.openid.OpenidCheck.Judged;

/** The keys of a provider (RFC 7517): whether an ID token can be verified with one of them. */
final class Keys {
  /** RFC 7518 section 3.3: a key of 2048 bits or larger must be used. */
  static final int LEAST_RSA_BITS = 2048;

  /** More keys than this are not looked at. */
  static final int MAX_KEYS = 100;

  /** Bytes of one coordinate (RFC 7518 section 6.2.1.2, RFC 8037). */
  private static final Map<String, Integer> CURVES =
      Map.of("P-256", 32, "P-384", 48, "P-521", 66, "Ed25519", 32, "Ed448", 57);

  private Keys() {}

  /**
   * How many keys can be used.
   *
   * @param algorithms that tokens are signed with
   */
  static Judged<Integer> judge(String text, Set<String> algorithms) {
    JsonArray keys;
    try {
      keys = new JsonObject(text).getJsonArray("keys");
    } catch (DecodeException | ClassCastException notJson) {
      return bad("not a JSON object with keys");
    }
    if (keys == null || keys.isEmpty()) {
      return bad("no keys at all");
    }
    int usable = 0;
    Set<String> whyNot = new TreeSet<>();
    for (Object each : keys.stream().limit(MAX_KEYS).toList()) {
      Optional<String> fault =
          each instanceof JsonObject key ? fault(key, algorithms) : Optional.of("not a key");
      usable += fault.isEmpty() ? 1 : 0;
      fault.ifPresent(whyNot::add);
    }
    return usable > 0
        ? new Judged.Good<>(usable)
        : bad("of " + keys.size() + " keys none: " + String.join("; ", whyNot));
  }

  private static Judged<Integer> bad(String why) {
    return new Judged.Bad<>(new Finding(Reason.OPENID_KEYS_UNUSABLE, why));
  }

  private static Optional<String> fault(JsonObject key, Set<String> algorithms) {
    try {
      String use = key.getString("use", "sig");
      JsonArray operations = key.getJsonArray("key_ops");
      String algorithm = key.getString("alg", "");
      if (!use.equals("sig") || (operations != null && !operations.contains("verify"))) {
        return Optional.of("not for signatures");
      }
      if (!algorithm.isEmpty() && !algorithms.contains(algorithm)) {
        return Optional.of("for " + algorithm + ", which tokens are not signed with");
      }
      return material(key);
    } catch (ClassCastException | IllegalArgumentException malformed) {
      return Optional.of("malformed");
    }
  }

  private static Optional<String> material(JsonObject key) {
    String type = key.getString("kty", "");
    return switch (type) {
      case "RSA" -> {
        int bits = new BigInteger(1, bytes(key, "n")).bitLength();
        boolean fine = bits >= LEAST_RSA_BITS && bytes(key, "e").length > 0;
        yield fine ? Optional.empty() : Optional.of("RSA of " + bits + " bits");
      }
      case "EC", "OKP" -> {
        Optional<Integer> size = Optional.ofNullable(CURVES.get(key.getString("crv", "")));
        List<String> coordinates = type.equals("EC") ? List.of("x", "y") : List.of("x");
        boolean fine =
            size.isPresent()
                && coordinates.stream().allMatch(each -> bytes(key, each).length == size.get());
        yield fine ? Optional.empty() : Optional.of(type + " of an unknown curve or size");
      }
      default -> Optional.of("not a public key");
    };
  }

  private static byte[] bytes(JsonObject key, String member) {
    return Base64.getUrlDecoder().decode(key.getString(member, ""));
  }
}
