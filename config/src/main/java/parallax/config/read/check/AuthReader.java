package parallax.config.read.check;

import java.net.URI;
import java.util.List;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.SecretKinds;
import parallax.config.bind.Shape;
import parallax.config.check.HttpCredentials;
import parallax.config.check.HttpCredentials.Basic;
import parallax.config.check.HttpCredentials.Bearer;
import parallax.config.check.HttpCredentials.ClientCredentials;
import parallax.config.secret.Secret;
import parallax.config.text.UrlText;

/** The {@code auth} block of HTTP. */
final class AuthReader {
  private static final int MAX_NAME = 256;
  private static final int MAX_SCOPES = 32;

  /** A user of Basic has no colon and no control character (RFC 7617 section 2). */
  private static final String USER_PATTERN = "^[^:\\u0000-\\u001f\\u007f]+$";

  static final Field<String> USER =
      Field.required(
          "user", Kinds.text(USER_PATTERN, MAX_NAME, "must be a name without colon"), "The user.");
  static final Field<Secret> PASSWORD =
      Field.required(
          "password", SecretKinds.reference(), "The password, as ${env:NAME} or ${file:/path}.");
  private static final Field<Secret> TOKEN =
      Field.required(
          "token", SecretKinds.reference(), "The token, as ${env:NAME} or ${file:/path}.");
  private static final Field<UrlText> TOKEN_URL =
      Field.required("token_url", UrlKinds.webUrl(), "Where tokens are given out.");
  private static final Field<String> CLIENT_ID =
      Field.required("client_id", Kinds.text(MAX_NAME), "The client's name.");
  private static final Field<Secret> CLIENT_SECRET =
      Field.required("client_secret", SecretKinds.reference(), "As ${env:NAME} or ${file:/path}.");
  private static final Field<List<String>> SCOPES =
      Field.optional(
          "scopes",
          Kinds.oneOrMany(
              Kinds.text(
                  "^[\\u0021\\u0023-\\u005b\\u005d-\\u007e]+$",
                  MAX_NAME,
                  "must be a scope, a word without quotes"),
              MAX_SCOPES),
          "What the token is asked for (RFC 6749 section 3.3).");

  private static final Field<HttpCredentials> BASIC =
      Field.optional(
          "basic",
          Kinds.fields(
              Shape.of("basic", "User and password (RFC 7617).", USER, PASSWORD),
              (values, _, _) ->
                  values
                      .get(USER)
                      .flatMap(user -> values.get(PASSWORD).map(word -> new Basic(user, word)))),
          "User and password (RFC 7617).");
  private static final Field<HttpCredentials> BEARER =
      Field.optional(
          "bearer",
          Kinds.fields(
              Shape.of("bearer", "A fixed token (RFC 6750).", TOKEN),
              (values, _, _) -> values.get(TOKEN).map(Bearer::new)),
          "A fixed token (RFC 6750).");
  private static final Field<HttpCredentials> OAUTH2 =
      Field.optional(
          "oauth2",
          Kinds.fields(
              Shape.of(
                  "oauth2",
                  "OAuth 2 client credentials (RFC 6749 section 4.4).",
                  TOKEN_URL,
                  CLIENT_ID,
                  CLIENT_SECRET,
                  SCOPES),
              (values, _, _) ->
                  values
                      .get(TOKEN_URL)
                      .flatMap(
                          url ->
                              values
                                  .get(CLIENT_ID)
                                  .flatMap(
                                      id ->
                                          values
                                              .get(CLIENT_SECRET)
                                              .map(
                                                  secret ->
                                                      new ClientCredentials(
                                                          URI.create(url.toString()),
                                                          id,
                                                          secret,
                                                          values.get(SCOPES).orElse(List.of())))))),
          "A token fetched with OAuth 2 client credentials (RFC 6749 section 4.4).");

  static final Kind<HttpCredentials> KIND =
      Kinds.fields(
          Shape.of("auth", "Who the check says it is; one of these.", BASIC, BEARER, OAUTH2)
              .withExactlyOneOf(BASIC.key(), BEARER.key(), OAUTH2.key()),
          (values, _, _) ->
              values.get(BASIC).or(() -> values.get(BEARER)).or(() -> values.get(OAUTH2)));

  private AuthReader() {}
}
