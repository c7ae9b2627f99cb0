package parallax.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.coordinator.core.verdict.TargetState;

/** Reading without a mouse: everything is reached, and where one is can be seen. */
final class KeyboardIT {
  /** More keys than this nobody presses. */
  private static final int MAX_TABS = 150;

  /** Why it cannot be seen where one is; empty when it can. */
  private static final String HIDDEN =
      """
      () => {
        const e = document.activeElement;
        const style = getComputedStyle(e);
        const box = e.getBoundingClientRect();
        const out = [];
        if (e === document.body) out.push("nothing has the focus");
        if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) {
          out.push("no ring");
        }
        if (box.width === 0 || box.bottom < 0 || box.right < 0 ||
            box.top > innerHeight || box.left > innerWidth) {
          out.push("out of sight");
        }
        return out.map(each => e.tagName + " '" + e.textContent.slice(0, 40) + "': " + each);
      }
      """;

  private static Chromium chromium;

  @TempDir Path folder;
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

  /** Presses Tab until that has the focus, which is seen all along. */
  private static void tabTo(Chromium.Tab tab, String condition) {
    for (int pressed = 0; pressed < MAX_TABS; pressed++) {
      tab.page().keyboard().press("Tab");
      assertThat(tab.texts(HIDDEN)).as("Tab %d on %s", pressed + 1, tab.page().url()).isEmpty();
      if (tab.is(
          "() => { const e = document.activeElement; return Boolean(" + condition + "); }")) {
        return;
      }
    }
    throw new AssertionError("not reached by Tab on " + tab.page().url() + ": " + condition);
  }

  private static void follow(Chromium.Tab tab, String condition, String place) {
    tabTo(tab, condition);
    tab.page().keyboard().press("Enter");
    tab.page().waitForURL("**" + place);
  }

  @Test
  void fromTheFirstPageToATargetAndItsIncident() {
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      Page page = tab.open("/");
      tabTo(tab, "e.className === 'skip'");
      page.keyboard().press("Enter");
      assertThat(tab.is("document.activeElement.id === 'main'")).isTrue();
      tab.open("/");
      follow(tab, "e.closest('nav') && e.textContent === 'Targets'", "/targets");
      tabTo(tab, "e.name === 'q'");
      page.keyboard().type("SHO");
      tabTo(tab, "e.name === 'state'");
      page.keyboard().press("ArrowDown");
      page.keyboard().type("DOWN");
      tabTo(tab, "e.tagName === 'BUTTON' && e.closest('form.filter')");
      page.keyboard().press("Enter");
      page.waitForURL("**/targets?*q=SHO*");
      assertThat(page.url()).contains("state=down");
      assertThat(page.locator("main tbody tr").count()).isEqualTo(1);
      follow(tab, "e.textContent === 'shop'", "/targets/shop");
      follow(tab, "e.pathname === '/incidents/shared'", "/incidents/shared");
      assertThat(page.locator("h1").textContent()).startsWith("shop and 1 more");
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void everythingThatCanBeUsedOnAPageIsReachedInItsOrder() {
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      for (String screen : List.of("/targets/shop", "/incidents/shared", "/regions", "/probes")) {
        tab.open(screen);
        List<String> wanted =
            tab.texts(
                "[...document.querySelectorAll('a[href], summary, button, input, select,"
                    + " textarea, [tabindex=\"0\"]')].filter(e => e.checkVisibility())"
                    + ".map(e => e.textContent.slice(0, 30))");
        for (String name : wanted) {
          tab.page().keyboard().press("Tab");
          assertThat(tab.texts(HIDDEN)).as(screen).isEmpty();
          assertThat(tab.texts("[document.activeElement.textContent.slice(0, 30)]"))
              .as(screen)
              .containsExactly(name);
        }
      }
    }
  }

  @Test
  void theFocusStaysWhileThePageIsRenewed() {
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      Page page = tab.open("/");
      tab.until("document.getElementById('live').textContent === '● live'");
      tabTo(tab, "e.tagName === 'SUMMARY' && e.closest('tr').id === 'wiki'");
      page.keyboard().press("Enter");
      for (int turn = 0; turn < 3; turn++) {
        String name = "site-12" + turn;
        site.world.turn(name, TargetState.DOWN);
        tab.until("document.querySelector('a[href=\"/targets/" + name + "\"]') !== null");
        assertThat(tab.texts(HIDDEN)).isEmpty();
        assertThat(
                tab.is(
                    "document.activeElement.closest('tr').id === 'wiki'"
                        + " && document.activeElement.parentElement.open"))
            .isTrue();
      }
      follow(tab, "e.pathname === '/targets/search'", "/targets/search");
    }
  }
}
