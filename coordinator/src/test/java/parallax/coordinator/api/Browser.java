package parallax.coordinator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import parallax.coordinator.testing.WebClient;

/** Somebody before a browser: keeps cookies, and sends the forms that it is shown. */
final class Browser {
  private static final Pattern TOKEN = Pattern.compile("name=\"form_token\" value=\"([^\"]*)\"");

  private final WebClient web;
  private final List<String> headers;
  final Map<String, String> cookies = new TreeMap<>();

  Browser(WebClient web, String... headers) {
    this.web = web;
    this.headers = List.of(headers);
  }

  HttpResponse<String> get(String path) {
    return kept(web.get(path, headers("Accept", "text/html,*/*;q=0.8")));
  }

  /** Sends the first form of a page, with what is filled in. */
  HttpResponse<String> fill(String page, String place, String... fields) {
    HttpResponse<String> shown = get(page);
    assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
    return post(place, token(shown.body()), fields);
  }

  static String token(String html) {
    Matcher token = TOKEN.matcher(html);
    assertThat(token.find()).as(html).isTrue();
    return token.group(1);
  }

  HttpResponse<String> post(String place, String token, String... fields) {
    List<String> pairs = new ArrayList<>();
    pairs.add("form_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
    for (int index = 0; index < fields.length; index += 2) {
      pairs.add(fields[index] + "=" + URLEncoder.encode(fields[index + 1], StandardCharsets.UTF_8));
    }
    return kept(
        web.postAs(
            "application/x-www-form-urlencoded",
            place,
            String.join("&", pairs),
            headers("Accept", "text/html", "Sec-Fetch-Site", "same-origin")));
  }

  HttpResponse<String> signIn(String token, String... fields) {
    List<String> all = new ArrayList<>(List.of("token", token));
    all.addAll(List.of(fields));
    return fill("/login", "/login", all.toArray(String[]::new));
  }

  private String[] headers(String... more) {
    List<String> all = new ArrayList<>(headers);
    all.addAll(List.of(more));
    if (!cookies.isEmpty()) {
      all.add("Cookie");
      all.add(
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    return all.toArray(String[]::new);
  }

  private HttpResponse<String> kept(HttpResponse<String> response) {
    for (String cookie : response.headers().allValues("Set-Cookie")) {
      String pair = cookie.split(";", 2)[0];
      int equals = pair.indexOf('=');
      if (cookie.contains("Max-Age=0;")) {
        cookies.remove(pair.substring(0, equals));
      } else {
        cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return response;
  }
}
