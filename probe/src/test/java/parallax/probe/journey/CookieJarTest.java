package parallax.probe.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.secret.Secret;
import parallax.probe.http.HttpUrl;
import parallax.probe.registration.suffix.PublicSuffixes;

class CookieJarTest {
  private static final PublicSuffixes SUFFIXES = PublicSuffixes.shipped();

  private final CookieJar jar = new CookieJar(SUFFIXES);

  private static HttpUrl url(String text) {
    return HttpUrl.of(URI.create(text)).orElseThrow();
  }

  private void set(String from, String... cookies) {
    HttpHeaders headers = new DefaultHttpHeaders();
    for (String cookie : cookies) {
      headers.add("Set-Cookie", cookie);
    }
    jar.take(url(from), headers);
  }

  private String sent(String to) {
    return jar.forUrl(url(to)).map(Secret::reveal).orElse("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://a.example.com/x/y | c=1 | https://a.example.com/x/z | c=1",
        "https://a.example.com/x/y | c=1 | https://a.example.com/xx | ''",
        "https://a.example.com/ | c=1 | https://b.a.example.com/ | ''",
        "https://a.example.com/ | c=1; Domain=example.com | https://b.example.com/ | c=1",
        "https://a.example.com/ | c=1; Domain=.example.com | https://example.com/ | c=1",
        "https://a.example.com/ | c=1; Domain=other.com | https://other.com/ | ''",
        "https://a.example.com/ | c=1; Domain=com | https://b.com/ | ''",
        "https://a.co.uk/ | c=1; Domain=co.uk | https://b.co.uk/ | ''",
        "https://a.github.io/ | c=1; Domain=github.io | https://b.github.io/ | ''",
        "https://github.io/ | c=1; Domain=github.io | https://github.io/ | c=1",
        "https://github.io/ | c=1; Domain=github.io | https://b.github.io/ | ''",
        "http://192.0.2.1/ | c=1; Domain=2.1 | http://192.0.2.1/ | ''",
        "http://192.0.2.1/ | c=1; Domain=192.0.2.1 | http://192.0.2.1/ | c=1",
        "https://a.example.com/ | c=1; Secure | http://a.example.com/ | ''",
        "http://a.example.com/ | c=1; Secure | https://a.example.com/ | ''",
        "https://a.example.com/ | __Host-c=1; Secure; Path=/ | https://a.example.com/ | __Host-c=1",
        "https://a.co/ | __Host-c=1; Secure; Path=/; Domain=a.co | https://a.co/ | ''",
        "https://a.example.com/ | __Secure-c=1 | https://a.example.com/ | ''",
        "https://a.example.com/ | c=1; Path=/deep | https://a.example.com/deeper | ''",
        "https://a.example.com/ | c=1; Path=/deep | https://a.example.com/deep/er | c=1",
        "https://a.example.com/ | c=1; Max-Age=0 | https://a.example.com/ | ''",
        "https://a.example.com/ | =1 | https://a.example.com/ | ''",
      })
  void givesCookiesBackToWhomTheyCameFrom(String from, String cookie, String to, String sent) {
    set(from, cookie);
    assertThat(sent(to)).isEqualTo(sent);
  }

  @Test
  void keepsTheNewestOfANameAndForgetsWhatIsOver() {
    set("https://a.test/", "a=1", "b=2", "a=3");
    assertThat(sent("https://a.test/")).isEqualTo("b=2; a=3");
    set("https://a.test/", "b=; Max-Age=0");
    assertThat(sent("https://a.test/")).isEqualTo("a=3");
    assertThat(jar.value("a")).contains("3");
  }

  @Test
  void isBounded() {
    IntStream.range(0, 300).forEach(number -> set("https://a.test/", "c" + number + "=1"));
    set("https://a.test/", "long=" + "x".repeat(5_000));
    assertThat(jar.values()).hasSize(CookieJar.MAX_COOKIES);
    assertThat(sent("https://a.test/")).startsWith("c200=1").doesNotContain("long");
  }
}
