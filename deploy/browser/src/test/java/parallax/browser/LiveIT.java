package parallax.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.view.Standing;

/** Pages that renew themselves while somebody reads, selects, opens and types. */
final class LiveIT {
  private static final String LIVE = "document.getElementById('live').textContent === '● live'";

  private static Chromium chromium;

  @TempDir Path folder;
  @TempDir Path other;
  private Site site;

  @BeforeAll
  static void open() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void quit() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void start() {
    site = new Site(new World(), folder);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  private static String shows(String name) {
    return "document.querySelector('main a[href=\"/targets/" + name + "\"]') !== null";
  }

  /** Less than the time in which pages renew themselves without being told anything. */
  private static void shortly(Chromium.Tab tab, String script) {
    long before = System.nanoTime();
    tab.until(script);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
  }

  /** A page that tells whether it was loaded anew. */
  private static Page opened(Chromium.Tab tab, String path) {
    Page page = tab.open(path);
    tab.until(LIVE);
    page.evaluate("window.same = true");
    return page;
  }

  @Test
  void aChangeIsSeenWithoutLoadingAnew() {
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      opened(tab, "/");
      assertThat(tab.is(shows("site-120"))).isFalse();
      site.world.turn("site-120", TargetState.DOWN);
      shortly(tab, shows("site-120"));
      tab.until("document.title.startsWith('3 down')");
      assertThat(tab.is("window.same")).isTrue();
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void whatIsSelectedStaysUntilItIsNotAnyMore() {
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      Page page = opened(tab, "/");
      page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))");
      // It is asked for all the same, and is not put in place.
      page.waitForResponse(
          answer -> answer.url().equals(site.home().toString()),
          () -> site.world.turn("site-121", TargetState.DOWN));
      assertThat(tab.is("getSelection().toString() === 'Overview'")).isTrue();
      page.waitForResponse(
          answer -> answer.url().equals(site.home().toString()),
          () -> site.world.turn("site-122", TargetState.DOWN));
      assertThat(tab.is("getSelection().toString() === 'Overview'")).isTrue();
      page.evaluate("getSelection().removeAllRanges()");
      site.world.turn("site-123", TargetState.DOWN);
      tab.until(shows("site-123"));
    }
  }

  @Test
  void whatIsOpenedStaysOpenAndWhatIsScrolledToStaysThere() {
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      Page page = opened(tab, "/");
      page.locator("tr#search summary").click();
      page.evaluate("document.querySelector('tr#search').scrollIntoView()");
      int before = ((Number) page.evaluate("Math.round(scrollY)")).intValue();
      assertThat(before).isPositive();
      site.world.turn("search", TargetState.UP);
      site.world.turn("site-124", TargetState.UNKNOWN);
      tab.until(shows("site-124"));
      assertThat(tab.is("document.querySelector('tr#search details').open")).isTrue();
      int after = ((Number) page.evaluate("Math.round(scrollY)")).intValue();
      assertThat(after).isBetween(before - 2, before + 2);
    }
  }

  @Test
  void whatIsBeingTypedStays() {
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      Page page = opened(tab, "/targets?state=down");
      page.locator("input[name=q]").click();
      page.keyboard().type("sho");
      page.waitForResponse(
          answer -> answer.url().contains("/targets"),
          () -> site.world.turn("site-125", TargetState.DOWN));
      page.keyboard().type("p");
      assertThat(page.inputValue("input[name=q]")).isEqualTo("shop");
      assertThat(tab.is("document.activeElement.name === 'q'")).isTrue();
      // Left as it is, but typed: it stays, too.
      page.locator("h1").click();
      page.waitForResponse(
          answer -> answer.url().contains("/targets"),
          () -> site.world.turn("site-126", TargetState.DOWN));
      assertThat(page.inputValue("input[name=q]")).isEqualTo("shop");
      page.fill("input[name=q]", "");
      page.locator("h1").click();
      site.world.turn("site-127", TargetState.DOWN);
      tab.until(shows("site-127"));
      assertThat(tab.is("window.same")).isTrue();
    }
  }

  @Test
  void aPageOfOneThatFollowsIsLiveToo() {
    try (Site follower = new Site(site.world, other);
        Chromium.Tab tab = chromium.tab(follower.home())) {
      follower.standing.set(new Standing.Follows(site.home()));
      opened(tab, "/");
      site.world.turn("site-128", TargetState.DOWN);
      shortly(tab, shows("site-128"));
      assertThat(tab.is(LIVE)).isTrue();
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void itSaysWhenItIsNotLiveAndWhenItIsAgain() {
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      opened(tab, "/");
      site.standing.set(new Standing.Waits("it has lost it"));
      tab.until("document.getElementById('live').textContent.startsWith('not live')");
      assertThat(tab.is("document.querySelector('h1').textContent === 'Overview'")).isTrue();
      site.standing.set(new Standing.Leads());
      tab.until(LIVE);
      assertThat(tab.is("window.same")).isTrue();
    }
  }
}
