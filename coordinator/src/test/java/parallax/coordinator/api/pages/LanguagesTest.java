package parallax.coordinator.api.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.coordinator.api.ApiServer;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

/** In which language pages are read. */
final class LanguagesTest {
  private static final String ACCEPT = "text/html,application/xhtml+xml";
  private static final String JAPANESE = "<html lang=\"ja\">";
  private static final String ENGLISH = "<html lang=\"en\">";

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Shown shown = new Shown();
  private final Meters meters = new Meters();
  private final AtomicLong nanos = new AtomicLong();
  private Store store;
  private ApiServer server;
  private WebClient web;

  @BeforeEach
  void start() {
    store = SqliteStore.open(folder);
    shown.show(
        List.of(
            new TargetView(
                Examples.target("shop"),
                Examples.verdict("shop", TargetState.UP, Examples.NOON.minusSeconds(60)),
                List.of(),
                UptimeHistory.EMPTY,
                Optional.empty())));
    MetricsPage metrics = new MetricsPage(shown, new CheckDurations(), meters, List.of());
    server =
        new ApiServer(
            vertx,
            new ApiServer.Sources(
                shown, store, metrics, nanos::get, InstantSource.fixed(Examples.NOON)));
    web = new WebClient(server.listen("127.0.0.1", 0).await());
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
    meters.close();
    vertx.close().await();
  }

  private HttpResponse<String> page(String path, String accepted, String cookie) {
    return web.get(
        path,
        "Accept",
        ACCEPT,
        "Accept-Language",
        accepted,
        "Cookie",
        "parallax-language=" + cookie);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/|de|''|en",
        "/|ja,en;q=0.8|''|ja",
        "/|en;q=0.4, ja-JP;q=0.9|''|ja",
        "/|ja;q=0, en;q=0.1|''|en",
        "/|ja|en|en",
        "/|en|ja|ja",
        "/|en|klingon|en",
        "/?lang=ja|en|en|ja",
        "/?lang=en|ja|ja|en",
        "/?lang=klingon|ja|''|ja",
        "/targets?q=x&lang=ja|en|''|ja",
        "/targets/none|ja|''|ja",
        "/incidents|ja|''|ja",
        "/login|ja|''|ja",
        "/reports/2026-02|ja|''|ja",
        "/reports/2026-02?lang=ja|en|''|ja",
        "/login?lang=ja|en|''|ja",
      })
  void whatIsAskedForNowWinsOverWhatWasBeforeAndThatOverTheBrowser(
      String path, String accepted, String cookie, String language) {
    assertThat(page(path, accepted, cookie).body()).contains("<html lang=\"" + language + "\">");
  }

  @Test
  void whatIsAskedForIsRememberedWhereItDiffers() {
    assertThat(page("/?lang=ja", "en", "").headers().allValues("Set-Cookie"))
        .anyMatch(
            each ->
                each.startsWith("parallax-language=ja; Path=/; Max-Age=31536000;")
                    && each.contains("SameSite=Lax"));
    for (String[] other : new String[][] {{"/?lang=ja", "ja"}, {"/", "ja"}, {"/?lang=xx", ""}}) {
      assertThat(page(other[0], "en", other[1]).headers().allValues("Set-Cookie"))
          .noneMatch(each -> each.startsWith("parallax-language"));
    }
    assertThat(web.get("/api/v1/targets?lang=ja").headers().allValues("Set-Cookie"))
        .noneMatch(each -> each.startsWith("parallax-language"));
  }

  @Test
  void onePageThatIsKeptForManyIsKeptInEachLanguage() {
    assertThat(page("/", "en", "").body()).contains(ENGLISH);
    assertThat(page("/", "ja", "").body()).contains(JAPANESE);
    assertThat(page("/", "en", "").body()).contains(ENGLISH);
    // Nobody makes them anew, as no time passes: both are given from memory.
    shown.show(List.of());
    assertThat(page("/", "ja", "").body()).contains(JAPANESE, ">shop<");
    assertThat(page("/", "en", "").body()).contains(ENGLISH, ">shop<");
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(page("/", "ja", "").body()).contains(JAPANESE).doesNotContain(">shop<");
    assertThat(page("/", "ja", "").headers().firstValue("Vary"))
        .contains("Accept-Encoding, Accept-Language, Cookie");
  }

  @Test
  void theOtherLanguageOfTheSamePageIsALinkThatNeedsNoScripts() {
    assertThat(page("/targets?q=a%26b&lang=ja&state=up", "en", "").body())
        .contains(
            "<a href=\"/targets?q=a%26b&amp;state=up&amp;lang=en\" hreflang=\"en\" lang=\"en\">"
                + "English</a>");
    assertThat(page("/login?to=%2Ftargets", "en", "").body())
        .contains("href=\"/login?to=%2Ftargets&amp;lang=ja\"");
    assertThat(page("//evil.example/", "en", "").body()).doesNotContain("href=\"//");
  }

  @Test
  void whatTheScriptSaysIsInTheLanguageOfThePage() {
    assertThat(page("/", "ja", "").body()).contains("data-on=\"● 自動更新中\"");
    assertThat(page("/", "en", "").body()).contains("data-on=\"● live\"");
  }
}
