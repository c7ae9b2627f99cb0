package parallax.bench.pages;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By which cookie somebody is known.
 *
 * @param cookie name and value; empty for somebody of whom nothing is known
 */
record Whose(String cookie) {
  static final Whose ANYBODY = new Whose("");

  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final Pattern FORM = Pattern.compile("name=\"form_token\" value=\"([^\"]*)\"");

  /**
   * Signs in by the form, as browsers do; each time it is a session of its own.
   *
   * @param number of the reader, each of whom is at another address, as a proxy says: of one
   *     address few may try in a minute
   */
  static Whose signedIn(HttpClient client, URI base, String token, int number) throws IOException {
    String address = "198.18.%d.%d".formatted(number / 256 % 256, number % 256);
    URI place = base.resolve("/login");
    HttpResponse<String> shown = sent(client, HttpRequest.newBuilder(place), address);
    Matcher form = FORM.matcher(shown.body());
    if (!form.find()) {
      throw new IOException("no form to sign in: " + shown.statusCode());
    }
    String fields =
        "form_token=%s&token=%s&who=%s"
            .formatted(encoded(form.group(1)), encoded(token), encoded("reader " + number));
    HttpResponse<String> answer =
        sent(
            client,
            HttpRequest.newBuilder(place)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", cookie(shown))
                .POST(HttpRequest.BodyPublishers.ofString(fields)),
            address);
    if (answer.statusCode() != 303) {
      throw new IOException("signing in: " + answer.statusCode() + " " + answer.body());
    }
    return new Whose(cookie(answer));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static HttpResponse<String> sent(
      HttpClient client, HttpRequest.Builder request, String address) throws IOException {
    try {
      return client.send(
          request
              .timeout(LIMIT)
              .header("Accept", "text/html")
              .header("X-Forwarded-For", address)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** All that are set, without their attributes. */
  private static String cookie(HttpResponse<String> answer) {
    List<String> pairs =
        answer.headers().allValues("Set-Cookie").stream()
            .filter(each -> !each.contains("Max-Age=0;"))
            .map(each -> each.split(";", 2)[0])
            .toList();
    return String.join("; ", pairs);
  }

  /** A request of theirs. */
  HttpRequest.Builder to(URI place) {
    HttpRequest.Builder request = HttpRequest.newBuilder(place).timeout(LIMIT);
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  /** The same as a line of a request that is written by hand. */
  String line() {
    return cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n";
  }
}
