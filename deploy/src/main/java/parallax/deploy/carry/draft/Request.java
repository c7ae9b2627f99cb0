package parallax.deploy.carry.draft;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parallax.config.problem.Place;
import parallax.config.text.DurationText;

/** What most of them say of a target, as we say it. */
public final class Request {
  /** Scheme, credentials and the rest of a URL (RFC 3986 section 3.2.1). */
  private static final Pattern WITH_CREDENTIALS =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)([^/?#@]*)@(.*)");

  private static final String REGEX_SIGNS = "\\^$.|?*+()[]{}";

  private final Draft draft;
  private final Sheet target;

  public Request(Draft draft, Sheet target) {
    this.draft = draft;
    this.target = target;
  }

  /**
   * The URL; credentials in it become those of the request.
   *
   * @param otherwise a URL that is looked at where the first cannot be
   * @return false when it would show a secret, and the target is not carried over
   */
  public boolean url(String url, Optional<String> otherwise, Place place) {
    Matcher with = WITH_CREDENTIALS.matcher(url);
    String plain = with.matches() ? with.group(1) + with.group(3) : url;
    if (Secrets.isSecretUrl(plain)) {
      draft.note(
          Note.Kind.LEFT_OUT,
          place,
          target.read("name").orElse(""),
          "its URL has a secret among its parameters, and URLs here may not; send it as a header");
      draft.drop(target);
      return false;
    }
    otherwise.ifPresentOrElse(
        other -> target.text("url", plain, other, place), () -> target.text("url", plain, place));
    if (with.matches() && plain.startsWith("http")) {
      String[] parts = with.group(2).split(":", 2);
      basic(decoded(parts[0]), decoded(parts.length > 1 ? parts[1] : ""), place);
    }
    return true;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }

  /** User and password (RFC 7617). */
  public void basic(String user, String password, Place place) {
    Sheet basic = http(place).at("auth", place).at("basic", place);
    basic.text("user", user, place);
    basic.text("password", secret(password, "password", place), place);
  }

  /** A fixed token (RFC 6750). */
  public void bearer(String token, Place place) {
    Sheet bearer = http(place).at("auth", place).at("bearer", place);
    bearer.text("token", secret(token, "token", place), place);
  }

  /** Client credentials (RFC 6749 section 4.4); scopes are added to what is returned. */
  public Sheet clientCredentials(String url, String id, String secret, Place place) {
    Sheet oauth = http(place).at("auth", place).at("oauth2", place);
    oauth.text("token_url", url, place).text("client_id", id, place);
    return oauth.text("client_secret", secret(secret, "client secret", place), place);
  }

  /** A field of the request's head, as a secret where its name says so. */
  public void header(String name, String value, Place place) {
    boolean secret = Secrets.isSecret(name) || Secrets.holdsSecret(value);
    String written = secret ? secret(value, name, place) : draft.secrets().expanded(value);
    http(place).at("headers", place).text(name, written, place);
  }

  /** What is sent. */
  public void body(String body, Place place) {
    String written =
        Secrets.holdsSecret(body) ? secret(body, "body", place) : draft.secrets().expanded(body);
    http(place).text("body", written, place);
  }

  /** The request's method, when it is not GET. */
  public void method(String method, Place place) {
    String upper = method.toUpperCase(Locale.ROOT);
    if (!upper.equals("GET")) {
      http(place).text("method", upper, place);
    }
  }

  /** A duration under a key of the target; nothing when it is what holds anyway. */
  public void duration(String key, Duration duration, Place place) {
    target.text(key, DurationText.format(duration), place);
  }

  public Sheet http(Place place) {
    return target.at("http", place);
  }

  public Sheet expect(Place place) {
    return http(place).at("expect", place);
  }

  public Sheet bodyExpect(Place place) {
    return expect(place).at("body", place);
  }

  /** A value that must stand at a place of the JSON document. */
  public void json(String path, String value, boolean plain, Place place) {
    Sheet json = bodyExpect(place).at("json", place);
    if (plain) {
      json.plain(path, value, place);
    } else {
      json.text(path, value, place);
    }
  }

  public Sheet tls(Place place) {
    return target.at("tls", place);
  }

  /** A reference in place of a secret; the target's name is part of its name. */
  public String secret(String value, String what, Place place) {
    return draft.secrets().reference(value, target.read("name").orElse("") + " " + what, place);
  }

  /** Text as a regular expression that only it matches. */
  public static String literally(String text) {
    StringBuilder pattern = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      pattern.append(REGEX_SIGNS.indexOf(character) >= 0 ? "\\" : "").append(character);
    }
    return pattern.toString();
  }

  /** The text that is all a regular expression matches, if there is but one. */
  public static Optional<String> literal(String pattern) {
    boolean plain = pattern.chars().noneMatch(sign -> REGEX_SIGNS.indexOf(sign) >= 0);
    return plain ? Optional.of(pattern) : Optional.empty();
  }
}
