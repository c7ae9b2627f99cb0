package parallax.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stories of the demo as somebody sees them who leaves the first page open, from the break to
 * the recovery. {@code -Dparallax.stories=all} plays all of them, which takes minutes.
 */
final class StoriesIT {
  private static final Duration WHILE = Duration.ofMinutes(3);
  private static final Pattern CULPRIT = Pattern.compile("culprit (\\S+?),");
  private static final List<String> ALL =
      List.of("facebook", "notion", "fastly", "region", "uplink", "certificate");

  /** Something goes on, in the world or on our own side. */
  private static final String TROUBLE =
      "document.querySelector('section[aria-labelledby=open] .incidents li, section.own li,"
          + " section.own p, section.own dd') !== null";

  @TempDir Path temporary;

  @Test
  void eachIsSeenFromTheBreakToTheRecovery() throws InterruptedException {
    String wanted = System.getProperty("parallax.stories", ALL.getFirst());
    List<String> stories = wanted.equals("all") ? ALL : List.of(wanted.split(",", -1));
    try (Chromium chromium = Chromium.start();
        Launched demo = Launched.start(temporary, List.of("demo", "--listen", "127.0.0.1:0"))) {
      URI home = demo.page("Page: ", WHILE);
      demo.await("  q  quit", WHILE);
      try (Chromium.Tab tab = chromium.tab(home)) {
        tab.open("/");
        tab.page().evaluate("window.same = true");
        for (String story : stories) {
          seen(tab, demo, story);
        }
        assertThat(tab.is("window.same")).isTrue();
      }
      demo.type("q");
      assertThat(demo.exit(WHILE)).as(demo.said()).isZero();
    }
  }

  private static void seen(Chromium.Tab tab, Launched demo, String story) {
    tab.until("!(" + TROUBLE + ")", WHILE);
    demo.type(story);
    String verdict = demo.await("VERDICT   " + story, WHILE);
    tab.until(TROUBLE);
    Pictures pictures = new Pictures();
    Matcher culprit = CULPRIT.matcher(verdict);
    if (culprit.find()) {
      String who = culprit.group(1).replaceFirst("^target:", "");
      tab.until("document.querySelector('main').textContent.includes('" + who + "')");
      incident(tab, story, pictures);
    }
    pictures.take(tab.page(), "demo-" + story);
    demo.type("m");
    tab.until("!(" + TROUBLE + ")", WHILE);
    assertThat(tab.complaints()).isEmpty();
  }

  /** What is behind the first incident, in a tab of its own. */
  private static void incident(Chromium.Tab tab, String story, Pictures pictures) {
    Page page = tab.page().context().newPage();
    page.navigate(tab.page().url());
    if (page.locator("section[aria-labelledby=open] .incidents a").count() > 0) {
      page.locator("section[aria-labelledby=open] .incidents a").first().click();
      page.waitForSelector("#timeline");
      assertThat(page.locator("section[aria-labelledby=why]").textContent()).contains("Rule");
      pictures.take(page, "demo-" + story + "-incident");
    }
    page.close();
  }
}
