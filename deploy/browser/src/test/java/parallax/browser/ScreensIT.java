package parallax.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every screen, found as people find it, by every way of reading it. */
final class ScreensIT {
  /** What reaches out of the page to the right, and what is cut off in a box of its own. */
  private static final String OVERFLOW =
      """
      () => {
        const wide = document.documentElement.clientWidth;
        const name = e => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") +
            (typeof e.className === "string" && e.className ? "." + e.className : "") + " '" +
            e.textContent.trim().slice(0, 40) + "'";
        const out = [];
        if (document.documentElement.scrollWidth > wide) {
          out.push("the page is " + document.documentElement.scrollWidth + " wide");
        }
        for (const e of document.body.querySelectorAll("*")) {
          const style = getComputedStyle(e);
          const box = e.getBoundingClientRect();
          const scrolls = e.closest(".wide, .skip, thead, svg") !== null;
          if (!scrolls && box.width > 0 && box.right > wide + 1 && box.left >= 0) {
            out.push(name(e) + " ends at " + Math.round(box.right));
          }
          const cut = ["hidden", "clip"].includes(style.overflowX) && e.scrollWidth > e.clientWidth + 1;
          if (!scrolls && cut) {
            out.push(name(e) + " is cut off");
          }
        }
        return out.slice(0, 5);
      }
      """;

  private static final String ENGLISH = "en-GB";
  private static final String JAPANESE = "ja-JP";

  private static final List<String> PUBLIC = List.of("/", "/?lang=ja", "/embed");

  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC|[A-Z][a-z]{2} \\d+, \\d{4},"
              + " \\d\\d:\\d\\d:\\d\\d");

  @TempDir static Path folder;
  private static Chromium chromium;
  private static Site site;
  private static List<String> screens;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    site = new Site(new World(), folder);
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      screens = Screens.of(tab, site.home());
    }
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

  @Test
  void allOfThemAreFoundFromTheFirst() {
    assertThat(screens)
        .contains("/", "/targets", "/incidents", "/regions", "/probes", "/silences")
        .contains("/configuration")
        .anyMatch(path -> path.startsWith("/targets/"))
        .anyMatch(path -> path.startsWith("/incidents/"));
  }

  @Test
  void theyShowWithoutComplaintsOfTheBrowser() {
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      for (String screen : screens) {
        Page page = tab.open(screen);
        page.waitForSelector("h1");
        tab.until(
            "document.getElementById('live') === null ||"
                + " document.getElementById('live').textContent === '● live'");
        assertThat(tab.complaints()).as(screen).isEmpty();
      }
    }
  }

  @Test
  void thePublicPagesShowWithoutComplaintsOfTheBrowser() {
    try (Chromium.Tab tab = chromium.tab(site.open())) {
      List<String> all = Screens.of(tab, site.open());
      assertThat(all).contains("/", "/?lang=ja");
      for (String screen : all) {
        tab.open(screen).waitForSelector("h1");
        assertThat(tab.complaints()).as(screen).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ENGLISH, JAPANESE})
  void nothingSeriousIsFoundByAxe(String locale) {
    assertThat(examined(Chromium.usual().setLocale(locale), Axe::violations)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {ENGLISH, JAPANESE})
  void allCanBeReadInTheDark(String locale) {
    Browser.NewContextOptions dark =
        Chromium.usual().setLocale(locale).setColorScheme(ColorScheme.DARK);
    try (Chromium.Tab tab = chromium.tab(site.home(), dark)) {
      tab.open("/");
      assertThat(tab.texts("[getComputedStyle(document.body).backgroundColor]"))
          .containsExactly("rgb(20, 23, 26)");
    }
    assertThat(examined(dark, Axe::violationsOfColours)).isEmpty();
  }

  /** What is found on any page, operators' and public. */
  private static List<String> examined(
      Browser.NewContextOptions options, Function<Page, List<String>> examination) {
    List<String> found = new ArrayList<>();
    try (Chromium.Tab tab = chromium.tab(site.home(), options)) {
      Axe.into(tab.page().context());
      for (String screen : screens) {
        examination.apply(tab.open(screen)).forEach(each -> found.add(screen + ": " + each));
      }
    }
    try (Chromium.Tab tab = chromium.tab(site.open(), options)) {
      Axe.into(tab.page().context());
      for (String screen : PUBLIC) {
        examination.apply(tab.open(screen)).forEach(each -> found.add("public " + screen + each));
      }
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource({
    "en-GB, 360, 740",
    "en-GB, 1024, 768",
    "en-GB, 3840, 2160",
    "ja-JP, 360, 740",
    "ja-JP, 1024, 768"
  })
  void nothingIsCutOffOnATelephoneOrABigScreen(String locale, int width, int height) {
    List<String> found = new ArrayList<>();
    Browser.NewContextOptions options =
        Chromium.usual().setLocale(locale).setViewportSize(width, height);
    try (Chromium.Tab tab = chromium.tab(site.home(), options)) {
      for (String screen : screens) {
        tab.open(screen);
        tab.texts(OVERFLOW).forEach(each -> found.add(screen + ": " + each));
      }
    }
    try (Chromium.Tab tab = chromium.tab(site.open(), options)) {
      for (String screen : PUBLIC) {
        tab.open(screen);
        tab.texts(OVERFLOW).forEach(each -> found.add("public " + screen + ": " + each));
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void inJapaneseTheScriptSaysSoTooAndTheOtherLanguageIsOneLinkAway() {
    try (Chromium.Tab tab = chromium.tab(site.home(), Chromium.usual().setLocale(JAPANESE))) {
      Page page = tab.open("/targets/shop");
      tab.until("document.getElementById('live').textContent === '● 自動更新中'");
      assertThat(page.locator("main time").first().textContent())
          .containsPattern("\\d+年\\d+月\\d+日");
      page.locator(".language a").click();
      tab.until("document.documentElement.lang === 'en'");
      tab.until("document.getElementById('live').textContent === '● live'");
      assertThat(tab.open("/").locator("h1").textContent()).isEqualTo("Overview");
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void allCanBeReadWithoutScripts() {
    List<String> texts = new ArrayList<>();
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      for (String screen : screens) {
        texts.add(words(tab.open(screen)));
      }
    }
    Browser.NewContextOptions options = Chromium.usual().setJavaScriptEnabled(false);
    try (Chromium.Tab tab = chromium.tab(site.home(), options)) {
      for (int index = 0; index < screens.size(); index++) {
        Page page = tab.open(screens.get(index));
        assertThat(difference(words(page), texts.get(index))).as(screens.get(index)).isEmpty();
      }
      Page overview = tab.open("/");
      assertThat(overview.content()).contains("<meta http-equiv=\"refresh\" content=\"10\">");
      assertThat(tab.open("/targets").content()).doesNotContain("http-equiv=\"refresh\"");
    }
  }

  @Test
  void axeFindsWhatIsWrong() {
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      Axe.into(tab.page().context());
      Page page = tab.open("/");
      page.evaluate("document.querySelector('h1').style.color = '#eee'");
      page.evaluate("document.querySelector('main').append(document.createElement('input'))");
      assertThat(Axe.violations(page))
          .anyMatch(each -> each.startsWith("serious color-contrast"))
          .anyMatch(each -> each.startsWith("critical label"));
    }
  }

  /** The words of the main part without times, which scripts write in the reader's way. */
  private static String words(Page page) {
    return TIME.matcher(page.locator("main").textContent()).replaceAll("(time)");
  }

  private static String difference(String one, String other) {
    int same = 0;
    while (same < Math.min(one.length(), other.length())
        && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    return one.equals(other) ? "" : part(one, same) + " / " + part(other, same);
  }

  private static String part(String text, int from) {
    return text.substring(Math.max(0, from - 40), Math.min(text.length(), from + 40));
  }
}
