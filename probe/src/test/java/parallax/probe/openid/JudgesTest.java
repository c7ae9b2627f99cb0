package parallax.probe.openid;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.observation.Reason;
import parallax.probe.openid.OpenidCheck.Judged;

/** Metadata and keys, each with one thing wrong. */
class JudgesTest {
  private static final String ISSUER = "https://id.test/realm";

  private static JsonObject metadata() {
    return new JsonObject()
        .put("issuer", ISSUER)
        .put("authorization_endpoint", ISSUER + "/auth")
        .put("token_endpoint", ISSUER + "/token")
        .put("jwks_uri", ISSUER + "/keys")
        .put("response_types_supported", new JsonArray().add("code"))
        .put("subject_types_supported", new JsonArray().add("public"))
        .put("id_token_signing_alg_values_supported", new JsonArray().add("RS256"));
  }

  private static String fault(Judged<?> judged) {
    return switch (judged) {
      case Judged.Good<?> _ -> "";
      case Judged.Bad<?>(var finding) -> finding.reason() + " " + finding.detail();
    };
  }

  private static String judge(JsonObject metadata) {
    return fault(Metadata.read(metadata.encode(), ISSUER));
  }

  @Test
  void metadataThatAreWholeAreFine() {
    assertThat(judge(metadata())).isEmpty();
    assertThat(judge(metadata().put("claims_supported", new JsonArray().add("x")))).isEmpty();
    JsonObject implicit = metadata();
    implicit.remove("token_endpoint");
    implicit.put("response_types_supported", new JsonArray().add("id_token token"));
    assertThat(judge(implicit)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
        "response_types_supported",
        "subject_types_supported",
        "id_token_signing_alg_values_supported",
        "issuer"
      })
  void metadataThatLackSomethingAreNot(String member) {
    JsonObject metadata = metadata();
    metadata.remove(member);
    assertThat(judge(metadata))
        .startsWith("OPENID_METADATA_INVALID " + member)
        .contains("is missing");
    assertThat(judge(metadata().put(member, 7))).startsWith("OPENID_METADATA_INVALID");
  }

  @ParameterizedTest
  @CsvSource({
    "issuer, https://id.test/realm/, OPENID_ISSUER_MISMATCH",
    "issuer, https://evil.test/realm, OPENID_ISSUER_MISMATCH",
    "jwks_uri, http://id.test/keys, OPENID_METADATA_INVALID",
    "token_endpoint, /token, OPENID_METADATA_INVALID",
    "userinfo_endpoint, 'https://', OPENID_METADATA_INVALID",
  })
  void endpointsAreSecureAndTheIssuerIsTheOneAskedFor(String member, String value, Reason reason) {
    assertThat(judge(metadata().put(member, value))).startsWith(reason.name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "7", "null", "<html>", "{\"issuer\": {\"a\": 1}}"})
  void whatIsNotMetadataIsRefused(String text) {
    assertThat(fault(Metadata.read(text, ISSUER))).startsWith("OPENID_METADATA_INVALID");
  }

  private static JsonObject rsa(int bits) {
    byte[] modulus = new byte[bits / 8];
    modulus[0] = (byte) 0x80;
    return new JsonObject()
        .put("kty", "RSA")
        .put("n", Base64.getUrlEncoder().withoutPadding().encodeToString(modulus))
        .put("e", "AQAB");
  }

  private static String keys(JsonObject... keys) {
    JsonArray all = new JsonArray();
    for (JsonObject key : keys) {
      all.add(key);
    }
    return fault(Keys.judge(new JsonObject().put("keys", all).encode(), Set.of("RS256", "ES256")));
  }

  @Test
  void oneKeyThatCanVerifyIsEnough() {
    assertThat(keys(rsa(1024), rsa(2048))).isEmpty();
    assertThat(keys(rsa(2048).put("use", "sig").put("alg", "RS256"))).isEmpty();
    String coordinate = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);
    JsonObject curve = new JsonObject().put("kty", "EC").put("crv", "P-256");
    assertThat(keys(curve.copy().put("x", coordinate).put("y", coordinate))).isEmpty();
    assertThat(keys(curve.copy().put("x", coordinate))).contains("EC of an unknown curve");
  }

  @Test
  void keysThatCannotVerifyAreNamedWithTheirFaults() {
    assertThat(keys()).contains("no keys at all");
    assertThat(keys(rsa(1024))).contains("RSA of 1024 bits");
    assertThat(keys(rsa(2048).put("use", "enc"))).contains("not for signatures");
    assertThat(keys(rsa(2048).put("key_ops", new JsonArray().add("sign"))))
        .contains("not for signatures");
    assertThat(keys(rsa(2048).put("alg", "PS256"))).contains("for PS256");
    assertThat(keys(rsa(2048).put("n", "!!"))).contains("malformed");
    assertThat(keys(rsa(2048).put("n", 7))).contains("malformed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{}", "{\"keys\": {}}", "{\"keys\": [7]}", "{\"keys\": [null]}"})
  void whatIsNoSetOfKeysIsRefused(String text) {
    assertThat(fault(Keys.judge(text, Set.of("RS256")))).startsWith("OPENID_KEYS_UNUSABLE");
  }
}
