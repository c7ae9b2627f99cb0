package parallax.probe.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.probe.http.HttpUrl;

/** What HTML and CSS name. */
class HtmlTest {
  private static final HttpUrl BASE =
      HttpUrl.of(URI.create("https://a.test/shop/index.html")).orElseThrow();

  private static List<String> named(String html) {
    return Html.read(html, BASE).resources().stream().map(HtmlTest::word).toList();
  }

  private static String word(Resource each) {
    return each.kind().word() + (each.blocking() ? "! " : " ") + each.url();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<script src=a.js></script>                          | script! https://a.test/shop/a.js",
        "<script defer src=a.js></script>                    | script https://a.test/shop/a.js",
        "<script type=module src=a.js></script>              | script https://a.test/shop/a.js",
        "<script src='//cdn.test/a.js#x'></script>           | script! https://cdn.test/a.js",
        "<link rel='Stylesheet' href=/a.css>                 | style! https://a.test/a.css",
        "<link rel=stylesheet media=print href=/a.css>       | style https://a.test/a.css",
        "<link rel='alternate stylesheet' href=/a.css>       | style https://a.test/a.css",
        "<link rel='shortcut icon' href=/i.ico>              | image https://a.test/i.ico",
        "<link rel=preload as=font href=f.woff2>             | font https://a.test/shop/f.woff2",
        "<link rel=manifest href=/m.json>                    | other https://a.test/m.json",
        "<iframe src=/f></iframe>                            | frame https://a.test/f",
        "<video poster=/p.png></video>                       | image https://a.test/p.png",
        "<input type=image src=/b.png>                       | image https://a.test/b.png",
        "<svg><image href=/v.svg /></svg>                    | image https://a.test/v.svg",
        "<p style='background:url(\"b c.png\")'>             | image https://a.test/shop/b%20c.png",
        "<style>@import url(x.css);</style>                  | style! https://a.test/shop/x.css",
        "<base href='/other/'><img src=a.png>                | image https://a.test/other/a.png",
      })
  void isFoundWhereverItStands(String html, String found) {
    assertThat(named(html)).containsExactly(found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<script type=application/json src=a.json></script>",
        "<script nomodule src=old.js></script>",
        "<link rel=preconnect href=https://cdn.test>",
        "<link rel=canonical href=/>",
        "<noscript><img src=/pixel.png></noscript>",
        "<template><img src=/later.png></template>",
        "<!-- <img src=/comment.png> -->",
        "<img src=''>",
        "<img src='javascript:alert(1)'>",
        "<a href=/next>next</a>",
      })
  void whatABrowserDoesNotLoadIsNotNamed(String html) {
    assertThat(named(html)).isEmpty();
  }

  @Test
  void everyCandidateOfASetIsNamed() {
    assertThat(
            named("<picture><source srcset='a.webp, b.webp 2x'><img srcset='c,d.png 1x,e.png 2x'>"))
        .extracting(text -> text.substring(text.lastIndexOf('/') + 1))
        .containsExactly("a.webp", "b.webp", "c,d.png", "e.png");
  }

  @Test
  void aPageMayAskForAllToBeSecure() {
    String meta = "<meta http-equiv=Content-Security-Policy content='upgrade-insecure-requests'>";
    assertThat(Html.read(meta, BASE).upgrades()).isTrue();
    assertThat(Html.read("<p>", BASE).upgrades()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@import \"a.css\";                             | style! https://a.test/shop/a.css",
        "@import url( 'a.css' ) print;                  | style! https://a.test/shop/a.css",
        "@namespace svg url(http://www.w3.org/2000/svg);| ''",
        "@font-face{src:url(f.woff2?v=1)format('woff2')}| font https://a.test/shop/f.woff2?v=1",
        "/* url(a.png) */ b{}                           | ''",
        "a{background:url(data:image/png;base64,AA)}    | ''",
        "a{background:URL(a.png)}                       | image https://a.test/shop/a.png",
      })
  void stylesAreReadAsBrowsersReadThem(String css, String found) {
    Links links = new Links(BASE, 1);
    Css.read(css, links, true);
    assertThat(links.found().stream().map(HtmlTest::word).reduce("", String::concat))
        .isEqualTo(found);
  }
}
