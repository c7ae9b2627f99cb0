package parallax.coordinator.api;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A small OpenID provider on this machine, which signs really, and lies where it is told to. */
final class TestProvider implements AutoCloseable {
  static final String CLIENT = "parallax";
  static final String SECRET = "s3cr/t +:&";

  /** How an ID token is made. */
  enum Signing {
    RS256,
    /** With the public key as if it were a secret that both know. */
    HS256_BY_PUBLIC_KEY,
    NONE,
    /** By a key that nobody knows, of the name of one that is known. */
    STRANGER
  }

  private final HttpServer server;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  final AtomicInteger keysAsked = new AtomicInteger();
  volatile RSAKey key = key("one");
  volatile List<RSAKey> published = List.of(key);
  volatile Signing signing = Signing.RS256;
  volatile Instant now;
  volatile UnaryOperator<JWTClaimsSet.Builder> claims = builder -> builder;
  volatile String issuerInMetadata = "";
  volatile int tokenStatus = 200;

  TestProvider(Instant now) throws IOException {
    this.now = now;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/realm/.well-known/openid-configuration", this::metadata);
    server.createContext("/realm/keys", this::keys);
    server.createContext("/realm/token", this::token);
    server.start();
  }

  static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  URI issuer() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/realm");
  }

  /** Somebody says who they are; gives the code for what was asked by this address. */
  String agrees(String departure) {
    String code = "code-" + codes.size();
    codes.put(code, fields(URI.create(departure).getRawQuery()));
    return code;
  }

  static Map<String, String> fields(String query) {
    Map<String, String> fields = new TreeMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      fields.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return fields;
  }

  private void metadata(HttpExchange exchange) throws IOException {
    String issuer = issuer().toString();
    answer(
        exchange,
        200,
        new JsonObject()
            .put("issuer", issuerInMetadata.isEmpty() ? issuer : issuerInMetadata)
            .put("authorization_endpoint", issuer + "/auth")
            .put("token_endpoint", issuer + "/token")
            .put("jwks_uri", issuer + "/keys")
            .encode());
  }

  private void keys(HttpExchange exchange) throws IOException {
    keysAsked.incrementAndGet();
    answer(exchange, 200, new JWKSet(List.copyOf(published)).toString());
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
    String fault = asked == null ? "invalid_grant" : fault(exchange, form, asked);
    if (asked == null || !fault.isEmpty()) {
      answer(exchange, 400, new JsonObject().put("error", fault).encode());
      return;
    }
    answer(
        exchange,
        tokenStatus,
        new JsonObject().put("token_type", "Bearer").put("id_token", signed(asked)).encode());
  }

  private static String fault(
      HttpExchange exchange, Map<String, String> form, Map<String, String> asked) {
    String basic =
        new String(
            Base64.getDecoder()
                .decode(exchange.getRequestHeaders().getFirst("Authorization").split(" ", 2)[1]),
            StandardCharsets.UTF_8);
    List<String> pair =
        List.of(basic.split(":", 2)).stream()
            .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
            .toList();
    if (!pair.equals(List.of(CLIENT, SECRET))) {
      return "invalid_client";
    }
    boolean fits =
        challenge(form.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"))
            && "S256".equals(asked.get("code_challenge_method"))
            && form.getOrDefault("redirect_uri", "").equals(asked.get("redirect_uri"));
    return fits ? "" : "invalid_grant";
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private String signed(Map<String, String> asked) {
    JWTClaimsSet set =
        claims
            .apply(
                new JWTClaimsSet.Builder()
                    .issuer(issuer().toString())
                    .audience(CLIENT)
                    .subject("u-1")
                    .claim("preferred_username", "alice")
                    .claim("groups", List.of("everybody", "sre"))
                    .claim("nonce", asked.get("nonce"))
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(now.plusSeconds(300))))
            .build();
    try {
      return switch (signing) {
        case NONE -> new PlainJWT(set).serialize();
        case RS256 -> signed(set, JWSAlgorithm.RS256, key.getKeyID(), new RSASSASigner(key));
        case STRANGER ->
            signed(set, JWSAlgorithm.RS256, key.getKeyID(), new RSASSASigner(key("other")));
        case HS256_BY_PUBLIC_KEY ->
            signed(
                set,
                JWSAlgorithm.HS256,
                key.getKeyID(),
                new MACSigner(key.toRSAPublicKey().getEncoded()));
      };
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String signed(
      JWTClaimsSet set, JWSAlgorithm algorithm, String id, JWSSigner signer) throws JOSEException {
    SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(id).build(), set);
    token.sign(signer);
    return token.serialize();
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
