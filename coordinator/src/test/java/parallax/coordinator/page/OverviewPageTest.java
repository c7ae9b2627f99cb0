package parallax.coordinator.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parallax.config.problem.Problem;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

final class OverviewPageTest {
  private final Shown shown = new Shown();
  private final OverviewPage page = new OverviewPage();

  private static TargetView view(String name, TargetState state) {
    return new TargetView(
        Examples.target(name),
        Examples.verdict(name, state, Examples.NOON.minusSeconds(125)),
        List.of(),
        UptimeHistory.EMPTY.with(Examples.NOON.minusSeconds(125), state),
        Optional.empty());
  }

  private String html() {
    return page.render(shown.snapshot(), shown.configuration());
  }

  @Test
  void showsTheWorstFirstWithStateInWordsAndCause() {
    shown.show(
        List.of(
            view("a", TargetState.UP),
            view("b", TargetState.UNKNOWN),
            view("c", TargetState.DEGRADED),
            view("d", TargetState.DOWN)));
    String html = html();
    assertThat(html)
        .contains("<title>1 down, 1 degraded, 1 unknown, 1 up · Parallax</title>")
        .contains("<td class=\"state down\">DOWN</td>")
        .contains("TCP: connection refused")
        .contains("unconfirmed: seen from one place only")
        .contains("<time datetime=\"2026-03-01T11:57:55Z\">2026-03-01 11:57:55 UTC</time> (2m 5s)")
        .contains("http-equiv=\"refresh\" content=\"10\"");
    assertThat(List.of(">d</a>", ">c</a>", ">b</a>", ">a</a>").stream().map(html::indexOf))
        .isSorted();
  }

  @Test
  void whatComesFromOutsideIsEscapedAndNothingRuns() {
    shown.show(
        List.of(
            view("https://e.com/?a=1&b=2", TargetState.DOWN)
                .withVerdict(Examples.verdict("shop", TargetState.DOWN, Examples.NOON))));
    shown.rejected(List.of(new Problem(Path.of("x.yaml"), 1, 2, "<script>alert(1)</script>")));
    assertThat(html())
        .contains("127.0.0.1:8080 &lt;b&gt;&amp;&quot;quoted&quot;&lt;/b&gt;")
        .contains("x.yaml:1:2: &lt;script&gt;")
        .doesNotContain("<script", "<b>", "style=\"", "onload");
  }

  @Test
  void thePolicyAllowsItsOneStyleAndNothingElse() throws Exception {
    Matcher style = Pattern.compile("(?s)<style>(.*?)</style>").matcher(html());
    assertThat(style.find()).isTrue();
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(style.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(page.contentSecurityPolicy())
        .startsWith("default-src 'none'; ")
        .contains("style-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    assertThat(style.find()).isFalse();
  }

  @Test
  void tenThousandTargetsMakeAShortPage() {
    List<TargetView> views =
        new ArrayList<>(
            IntStream.range(0, 9_999)
                .mapToObj(i -> view("t%05d".formatted(i), TargetState.UP))
                .toList());
    views.add(view("zzz", TargetState.DOWN));
    shown.show(views);
    String html = html();
    assertThat(html.indexOf(">zzz</a>")).isPositive().isLessThan(html.indexOf(">t00000</a>"));
    assertThat(html).contains("and 9500 more targets").hasSizeLessThan(250_000);
  }

  @Test
  void anEmptyConfigurationIsSaidSo() {
    assertThat(html()).contains("No targets are configured.", "<title>no targets");
  }

  @Test
  void almostAllTheTimeIsNotShownAsAllTheTime() {
    TargetView view = view("a", TargetState.UP);
    shown.show(
        List.of(
            view.withUptime(
                UptimeHistory.EMPTY
                    .with(Examples.NOON.minusSeconds(86_400), TargetState.DOWN)
                    .with(Examples.NOON.minusSeconds(86_399), TargetState.UP))));
    assertThat(html()).contains("99.99 %").doesNotContain("100.00 %");
  }
}
