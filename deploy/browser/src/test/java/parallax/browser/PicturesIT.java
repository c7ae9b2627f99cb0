package parallax.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pictures of every screen for the documentation; {@code deploy/browser/pictures} asks for them.
 */
final class PicturesIT {
  @TempDir Path folder;

  @Test
  void everyScreenInAPicture() {
    Pictures pictures = new Pictures();
    assumeTrue(pictures.areWanted(), "nobody asks for pictures: -Dparallax.pictures=FOLDER");
    try (Chromium chromium = Chromium.start();
        Site site = new Site(new World(), folder)) {
      List<String> screens;
      try (Chromium.Tab tab = chromium.tab(site.home())) {
        screens = Screens.of(tab, site.home());
        for (String screen : screens.stream().filter(each -> !each.contains("?")).toList()) {
          take(tab, screen, pictures, "");
        }
        tab.open("/targets/shop");
        tab.page().evaluate("document.getElementById('phases').scrollIntoView()");
        pictures.take(tab.page(), "targets-shop-looks");
      }
      Browser.NewContextOptions dark = Chromium.usual().setColorScheme(ColorScheme.DARK);
      try (Chromium.Tab tab = chromium.tab(site.home(), dark)) {
        for (String screen : List.of("/", "/targets/shop")) {
          take(tab, screen, pictures, "-dark");
        }
      }
      Browser.NewContextOptions small = Chromium.usual().setViewportSize(360, 740);
      try (Chromium.Tab tab = chromium.tab(site.home(), small)) {
        for (String screen : List.of("/", "/targets/shop", "/incidents/shared")) {
          take(tab, screen, pictures, "-phone");
        }
      }
      try (Chromium.Tab tab = chromium.tab(site.open())) {
        take(tab, "/", pictures, "public");
        take(tab, "/?lang=ja", pictures, "public");
      }
      assertThat(screens).hasSizeGreaterThan(7);
    }
  }

  private static void take(Chromium.Tab tab, String screen, Pictures pictures, String how) {
    tab.open(screen);
    String name = screen.substring(1).replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-", "");
    boolean open = how.equals("public");
    String base = name.isEmpty() ? (open ? "page" : "overview") : name;
    pictures.take(tab.page(), open ? "public-" + base : base + how);
  }
}
