package parallax.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.coordinator.page.HostileWorld;
import parallax.coordinator.page.Payloads;
import parallax.coordinator.testing.Told;

/** Texts of others that would like to run: none does. */
final class HostileIT {
  /** Uses everything on a page in whatever way there is, and tells what ran or could run. */
  private static final String PROVOKED =
      """
      () => {
        const out = [];
        for (const e of document.querySelectorAll("*")) {
          for (const name of e.getAttributeNames()) {
            const value = e.getAttribute(name).trim().toLowerCase();
            if (name.startsWith("on") || name === "style" || name === "srcdoc") {
              out.push(e.tagName + " " + name + "=" + value.slice(0, 60));
            }
            if (["href", "src", "action", "formaction", "data", "xlink:href"].includes(name)) {
              const there = new URL(value, location.href);
              const elsewhere = there.host !== location.host && !/^https?:/.test(value);
              if (!["http:", "https:"].includes(there.protocol) || elsewhere) {
                out.push(e.tagName + " " + name + "=" + value.slice(0, 60));
              }
            }
          }
          if (["SCRIPT", "IFRAME", "OBJECT", "EMBED", "BASE", "STYLE", "IMG"].includes(e.tagName) &&
              !(e.getAttribute("src") || "").startsWith("/assets/")) {
            out.push(e.tagName);
          }
          for (const event of ["click", "mouseover", "focus", "toggle", "load", "error"]) {
            if (event !== "click" || !e.closest("a, button, summary")) {
              e.dispatchEvent(new Event(event));
            }
          }
        }
        return out.concat(window.ran || []);
      }
      """;

  /** Every third text is searched for: all stand in the same field of other tests. */
  private static final int SEARCHED = 3;

  @TempDir static Path folder;
  private static Chromium chromium;
  private static Site site;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    List<String> all = Payloads.all().toList();
    int half = all.size() / 2;
    // Names of services stand in addresses and have no slashes.
    List<String> names =
        all.subList(0, half).stream().map(text -> text.replace("/", "\u2215")).toList();
    List<String> notes = all.stream().flatMap(text -> Stream.of(text, "public: " + text)).toList();
    site =
        new Site(
            new World(
                new World.Wording(all.getLast(), names, all.subList(half, all.size()), notes)),
            folder);
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (site != null) {
      site.close();
    }
  }

  /** A page of our server that has no policy. */
  private static Page unguarded(Chromium.Tab tab) {
    tab.page()
        .context()
        .route(
            "**/unguarded",
            route ->
                route.fulfill(
                    new Route.FulfillOptions()
                        .setContentType("text/html")
                        .setBody("<!DOCTYPE html><title>x</title>")));
    return tab.open("/unguarded");
  }

  @Test
  void itIsNoticedWhenSomethingRuns() {
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      Page page = unguarded(tab);
      page.setContent("<p><img src=\"data:,\" onerror=\"alert(1)\"></p>");
      tab.until("window.ran.length > 0");
      assertThat(tab.texts(PROVOKED)).contains("IMG onerror=alert(1)", "alert 1");
    }
  }

  /** Without the policy of the pages: that nothing runs does not rest on it. */
  @Test
  void noTextRunsInAnyFieldOfAnyPage() {
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      unguarded(tab);
      for (String text : Payloads.all().toList()) {
        HostileWorld.pages(text)
            .forEach(
                (name, html) -> {
                  tab.page().setContent(html.replaceAll("<script defer[^>]*></script>", ""));
                  assertThat(tab.texts(PROVOKED)).as("%s with %s", name, text).isEmpty();
                });
      }
    }
  }

  @Test
  void noTextRunsWhereItIsSearchedFor() {
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      List<String> all = Payloads.all().toList();
      for (int index = 0; index < all.size(); index += SEARCHED) {
        String text = all.get(index);
        String query = URLEncoder.encode(text, StandardCharsets.UTF_8);
        tab.open("/targets?q=" + query + "&label=" + query);
        assertThat(tab.page().inputValue("input[name=q]")).isEqualTo(text);
        assertThat(tab.texts(PROVOKED)).as(text).isEmpty();
        assertThat(tab.complaints()).as(text).isEmpty();
      }
    }
  }

  @Test
  void noNoteOfAnybodyRunsInsideOrOutside() {
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      for (String screen : List.of("/incidents/" + Told.shared().id().value(), "/silences")) {
        tab.open(screen);
        assertThat(tab.texts(PROVOKED)).as(screen).isEmpty();
        assertThat(tab.complaints()).as(screen).isEmpty();
      }
    }
    try (Chromium.Tab tab = chromium.tab(site.open())) {
      for (String screen : List.of("/", "/?lang=ja", "/embed")) {
        Page page = tab.open(screen);
        // Of its own style the public page has what its policy names by hash.
        page.evaluate("document.querySelectorAll('style').forEach(each => each.remove())");
        assertThat(tab.texts(PROVOKED)).as(screen).isEmpty();
        assertThat(tab.complaints()).as(screen).isEmpty();
      }
      assertThat(tab.open("/").locator("body").textContent()).contains("<script>alert(1)");
    }
  }

  @Test
  void noTextRunsWhenAPageIsRenewedWithIt() {
    List<String> worst =
        Payloads.all()
            .filter(text -> text.contains("onerror") || text.contains("ontoggle"))
            .toList();
    World world = site.world;
    var before = world.snapshot();
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      tab.open("/");
      tab.until("document.getElementById('live').textContent === '● live'");
      for (String text : worst.subList(0, 4)) {
        world.show(HostileWorld.snapshot(text));
        tab.until(
            "document.querySelector('main').textContent.includes("
                + "'"
                + text.replace("\\", "\\\\").replace("'", "\\'")
                + "')");
        assertThat(tab.texts(PROVOKED)).as(text).isEmpty();
        world.show(before);
        tab.until("document.querySelector('a[href=\"/targets/wiki\"]') !== null");
      }
      assertThat(tab.complaints()).isEmpty();
    } finally {
      world.show(before);
    }
  }
}
