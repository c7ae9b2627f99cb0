package parallax.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parallax.config.access.Access;
import parallax.config.policy.ApiToken;
import parallax.config.policy.ApiToken.Role;
import parallax.config.secret.Secret;
import parallax.coordinator.testing.RealProvider;

/** Signing in and out as people do, and what each of them finds on the pages. */
final class SignInIT {
  private static final String INCIDENT = "/incidents/shared";
  private static final String ACKNOWLEDGE = "form[action$='/acknowledge']";
  private static final String NOTE = "form[action$='/notes']";
  private static final String SILENCE = "form.deed[action='/silences']";
  private static final List<ApiToken> TOKENS =
      List.of(Role.values()).stream()
          .map(role -> new ApiToken(name(role), Secret.of(token(role)), role))
          .toList();

  private static Chromium chromium;

  @TempDir Path folder;
  private World world;
  private Site site;

  private static String name(Role role) {
    return "the-" + role.name().toLowerCase(Locale.ROOT);
  }

  private static String token(Role role) {
    return "secret-of-" + name(role) + "-0123456789";
  }

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
  void start() throws IOException {
    world = new World();
    site = new Site(world, Files.createDirectory(folder.resolve("record")), InstantSource.system());
    world.admit(Access.of(TOKENS), site.home());
  }

  @AfterEach
  void stop() {
    site.close();
  }

  /** Fills in the form that is shown. */
  private static void enter(Page page, String token, String who) {
    page.fill("input[name=token]", token);
    page.fill("input[name=who]", who);
    page.click("main form.deed button");
  }

  private static void enter(Chromium.Tab tab, Role role) {
    enter(tab.open("/login"), token(role), "");
    tab.page().waitForSelector("form.who");
  }

  private static String path(Page page) {
    return page.url().replaceAll("https?://[^/]+", "");
  }

  @Test
  void whoComesWithoutASessionIsAskedForItAndGoesOnWhereTheyWanted() {
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      Page page = tab.open(INCIDENT);
      assertThat(path(page)).isEqualTo("/login?to=%2Fincidents%2Fshared");
      assertThat(page.content()).doesNotContain("the switch in rack 12");
      enter(page, token(Role.RESPONDER), "alice");
      page.waitForURL("**" + INCIDENT);
      assertThat(page.locator(".who").textContent())
          .contains("alice (via the-responder)", "responder");
      page.fill(NOTE + " textarea", "I look at <b>rack</b> 12");
      page.click(NOTE + " button");
      page.waitForSelector(".timeline >> text=I look at <b>rack</b> 12");
      assertThat(page.locator(".timeline").textContent()).contains("alice (via the-responder)");
      tab.until("document.getElementById('live').textContent === '● live'");
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void aTokenThatIsNotKnownIsRefusedInWordsAndTheNameStays() {
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      Page page = tab.open("/login?to=/probes");
      enter(page, "wrong-0123456789", "alice");
      Locator alert = page.locator("main [role=alert]");
      assertThat(alert.textContent()).isEqualTo("this token is not known");
      assertThat(page.inputValue("input[name=who]")).isEqualTo("alice");
      assertThat(page.inputValue("input[name=token]")).isEmpty();
      assertThat(page.content()).doesNotContain("wrong-0123456789");
      enter(page, token(Role.VIEWER), "alice");
      page.waitForURL("**/probes");
      // The browser itself says that the answer to the first was 401.
      assertThat(tab.complaints()).allMatch(each -> each.contains("401"));
    }
  }

  @Test
  void inJapaneseTheSameIsSaidInJapanese() {
    try (Chromium.Tab tab = chromium.tab(site.home(), Chromium.usual().setLocale("ja-JP"))) {
      Page page = tab.open("/");
      enter(page, "wrong-0123456789", "");
      assertThat(page.locator("main [role=alert]").textContent())
          .containsPattern("[\\u3040-\\u30ff]");
    }
  }

  @Test
  void whoLeavesIsOutInEveryTabOfTheBrowser() {
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      enter(tab, Role.VIEWER);
      Page other = tab.page().context().newPage();
      other.navigate(site.home().resolve("/probes").toString());
      assertThat(path(other)).isEqualTo("/probes");
      tab.open("/targets");
      tab.page().click("form.who button");
      tab.page().waitForURL("**/login");
      assertThat(path(tab.open("/targets"))).startsWith("/login?to=");
      tab.page().goBack();
      assertThat(tab.page().content()).doesNotContain("site-001");
      other.reload();
      assertThat(path(other)).startsWith("/login?to=");
      assertThat(tab.page().context().cookies())
          .noneMatch(cookie -> cookie.name.equals("parallax"));
    }
  }

  @Test
  void whoLeavesEverywhereIsOutInOtherBrowsersToo() {
    try (Chromium.Tab here = chromium.tab(site.home());
        Chromium.Tab there = chromium.tab(site.home())) {
      enter(there, Role.OPERATOR);
      enter(here, Role.OPERATOR);
      Page page = here.open("/login");
      page.click("main button[name=everywhere]");
      page.waitForURL("**/login");
      assertThat(path(there.open("/targets"))).startsWith("/login?to=");
    }
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void eachRoleIsOfferedWhatItMayDoAndNothingElse(Role role) {
    boolean responds = role != Role.VIEWER;
    boolean silences = role == Role.OPERATOR || role == Role.ADMIN;
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      enter(tab, role);
      Page page = tab.open(INCIDENT);
      assertThat(page.locator(ACKNOWLEDGE).count()).isEqualTo(responds ? 1 : 0);
      assertThat(page.locator(NOTE).count()).isEqualTo(responds ? 1 : 0);
      assertThat(tab.open("/silences").locator(SILENCE).count()).isEqualTo(silences ? 1 : 0);
      assertThat(tab.open("/targets/shop").locator("main a[href^='/silences']").count())
          .isEqualTo(silences ? 1 : 0);
      if (role == Role.VIEWER) {
        for (String screen : List.of("/", "/targets/shop", INCIDENT, "/silences", "/probes")) {
          assertThat(tab.open(screen).locator("main form[method=post]").count())
              .as(screen)
              .isZero();
        }
      }
      assertThat(page.locator(".who").textContent()).contains(role.name().toLowerCase(Locale.ROOT));
      assertThat(tab.complaints()).isEmpty();
    }
  }

  /** Presses a button that writes a note, and waits for the page that comes. */
  private static Response posted(Page page, String button) {
    Response answer =
        page.waitForResponse(
            each -> each.request().method().equals("POST"), () -> page.click(button));
    page.waitForURL("**" + INCIDENT + "/notes");
    return answer;
  }

  @Test
  void aFormOfAnotherSessionIsRefusedInWords() {
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      enter(tab, Role.RESPONDER);
      Page page = tab.open(INCIDENT);
      page.fill(NOTE + " textarea", "forged");
      page.evaluate(
          "document.querySelector(\"" + NOTE + " [name=form_token]\").value = 'A'.repeat(43)");
      Response answer = posted(page, NOTE + " button");
      assertThat(answer.status()).isEqualTo(403);
      assertThat(page.locator("main").textContent()).contains("this form is not of this session");
      assertThat(tab.open(INCIDENT).locator(".timeline").textContent()).doesNotContain("forged");
    }
  }

  @Test
  void aPageOfAnotherOriginDoesNothingInSomebodysName() throws IOException {
    HttpServer evil =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] lure =
        """
        <!DOCTYPE html><title>x</title>
        <form method="post" action="%s"><textarea name="text">forged</textarea>
        <input name="form_token" value="x"><button>Win a prize</button></form>
        """
            .formatted(site.home().resolve(INCIDENT + "/notes"))
            .getBytes(StandardCharsets.UTF_8);
    evil.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, lure.length);
          exchange.getResponseBody().write(lure);
          exchange.close();
        });
    evil.start();
    try (Chromium.Tab tab = chromium.tab(site.home())) {
      enter(tab, Role.ADMIN);
      Page page = tab.page();
      page.navigate("http://127.0.0.1:" + evil.getAddress().getPort() + "/");
      Response answer = posted(page, "button");
      assertThat(answer.status()).isEqualTo(403);
      assertThat(tab.open(INCIDENT).locator(".timeline").textContent()).doesNotContain("forged");
    } finally {
      evil.stop(0);
    }
  }

  @Test
  void whoARealProviderKnowsComesInByItAndWhoHasNoRoleIsToldSo() throws Exception {
    Optional<Path> modules = RealProvider.modules();
    assumeTrue(modules.isPresent(), "oidc-provider for Node is not installed");
    String back = site.home().resolve("/login/oidc/callback").toString();
    try (RealProvider provider = RealProvider.start(modules.orElseThrow(), folder, back)) {
      world.admit(
          provider.access(Map.of("alices", Role.OPERATOR), TOKENS),
          URI.create(site.home().toString().replaceAll("/$", "")));
      try (Chromium.Tab alice = chromium.tab(site.home())) {
        Page page = alice.open("/silences");
        agree(page, provider, "alice");
        page.waitForURL("**/silences");
        assertThat(page.locator(".who").textContent()).contains("alice (via oidc)", "operator");
        assertThat(page.locator(SILENCE).count()).isEqualTo(1);
        page.click("form.who button");
        page.waitForURL("**/login");
        assertThat(page.locator("main input[name=token]").count()).isEqualTo(1);
      }
      try (Chromium.Tab bob = chromium.tab(site.home())) {
        Page page = bob.open("/");
        agree(page, provider, "bob");
        page.waitForURL(site.home() + "login/oidc/callback?*");
        assertThat(page.locator("main").textContent())
            .contains("bob (via oidc)", "in no group that may do something here");
        assertThat(path(bob.open("/targets"))).startsWith("/login?to=");
      }
    }
  }

  /** Signs in at the provider, and agrees to what it asks. */
  private static void agree(Page page, RealProvider provider, String login) {
    page.click("main a[href^='/login/oidc']");
    page.waitForURL(provider.issuer() + "/**");
    page.fill("input[name=login]", login);
    page.fill("input[name=password]", "x");
    page.click("button[type=submit]");
    page.waitForSelector("form[action*='interaction'] button[type=submit]");
    page.click("button[type=submit]");
  }
}
