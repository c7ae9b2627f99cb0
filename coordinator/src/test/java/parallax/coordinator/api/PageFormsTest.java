package parallax.coordinator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.access.Access;
import parallax.coordinator.access.Session;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.Standing;

/** What people do by forms on pages, and what no other page does in their name. */
final class PageFormsTest {
  @TempDir Path folder;

  private AccessSetting in;

  @BeforeEach
  void start() {
    in = new AccessSetting(folder);
  }

  @AfterEach
  void stop() {
    in.close();
  }

  @Test
  void aFormThatIsNotOfThisSessionDoesNothing() {
    in.browser.signIn(AccessSetting.ONCALL);
    Browser other = new Browser(in.web);
    other.signIn(AccessSetting.ONCALL);
    String mine = Browser.token(in.anew(in.browser, AccessSetting.PAGE).body());
    String others = Browser.token(in.anew(other, AccessSetting.PAGE).body());
    for (String token : List.of("", "x", "A".repeat(86), others, mine.substring(1), mine + "A")) {
      HttpResponse<String> refused =
          in.browser.post(AccessSetting.PAGE + "/notes", token, "text", "planted");
      assertThat(refused.statusCode()).as(token).isEqualTo(403);
      assertThat(refused.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    }
    assertThat(
            in.web
                .postAs(
                    "application/x-www-form-urlencoded",
                    AccessSetting.PAGE + "/notes",
                    "form_token=" + mine + "&text=planted",
                    "Cookie",
                    "parallax=" + in.browser.cookies.get("parallax"),
                    "Sec-Fetch-Site",
                    "cross-site")
                .statusCode())
        .isEqualTo(403);
    assertThat(in.notes()).isEmpty();
    assertThat(
            AccessSetting.location(
                in.browser.post(AccessSetting.PAGE + "/notes", mine, "text", "mine")))
        .isEqualTo(AccessSetting.PAGE);
    assertThat(in.notes()).hasSize(1);
    assertThat(Browser.token(in.anew(in.browser, AccessSetting.PAGE).body()))
        .as("masked anew")
        .isNotEqualTo(mine);
  }

  @Test
  void whatABrowserSendsByItselfDoesNothingByTheApi() {
    in.browser.signIn(AccessSetting.ONCALL);
    String cookie = "parallax=" + in.browser.cookies.get("parallax");
    String path = "/api/v1/incidents/abc/acknowledge";
    assertThat(in.web.send("POST", path, "Cookie", cookie).statusCode()).isEqualTo(403);
    assertThat(in.web.get("/api/v1/incidents", "Cookie", cookie).statusCode()).isEqualTo(200);
    String token = Browser.token(in.anew(in.browser, AccessSetting.PAGE).body());
    assertThat(in.web.send("POST", path, "Cookie", cookie, "X-Form-Token", token).statusCode())
        .isEqualTo(200);
  }

  @Test
  void peopleAcknowledgeAndWriteNotesByForms() {
    in.browser.signIn(AccessSetting.ONCALL, "who", "alice");
    assertThat(
            AccessSetting.location(
                in.browser.fill(
                    AccessSetting.PAGE, AccessSetting.PAGE + "/acknowledge", "note", "mine")))
        .isEqualTo(AccessSetting.PAGE);
    String html = in.anew(in.browser, AccessSetting.PAGE).body();
    assertThat(html).contains("Taken care of by").contains("alice (via oncall)").contains("mine");
    HttpResponse<String> empty =
        in.browser.fill(AccessSetting.PAGE, AccessSetting.PAGE + "/notes", "text", " ");
    assertThat(empty.statusCode()).isEqualTo(400);
    assertThat(empty.body()).contains("aria-invalid=\"true\"").contains("text is needed");
    assertThat(
            AccessSetting.location(
                in.browser.fill(
                    AccessSetting.PAGE, AccessSetting.PAGE + "/notes", "text", "two\r\nlines")))
        .isEqualTo(AccessSetting.PAGE);
    assertThat(in.notes().getFirst().who()).isEqualTo("alice (via oncall)");
    assertThat(
            in.browser.fill(AccessSetting.PAGE, "/incidents/none/notes", "text", "x").statusCode())
        .isEqualTo(404);
  }

  @Test
  void peopleMakeAndEndSilencesByForms() {
    in.browser.signIn(AccessSetting.OPS);
    HttpResponse<String> form = in.browser.get("/silences?target=shop");
    assertThat(form.body()).contains("target=shop").contains("value=\"2h\"");
    HttpResponse<String> wrong =
        in.browser.fill(
            "/silences",
            "/silences",
            "match",
            "team=shop\nenv=~(",
            "duration",
            "2h",
            "reason",
            "<i>");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body())
        .contains("not a regular expression")
        .contains("team=shop\nenv=~(")
        .contains("value=\"&lt;i&gt;\"")
        .contains("id=\"problem-match\"");
    HttpResponse<String> senseless =
        in.browser.fill("/silences", "/silences", "match", "everything", "reason", "x");
    assertThat(senseless.body()).contains("lines such as team=shop");
    assertThat(
            AccessSetting.location(
                in.browser.fill(
                    "/silences",
                    "/silences",
                    "match",
                    "team=shop\nteam=desk\nenv=~prod|st.*",
                    "duration",
                    "2h",
                    "until",
                    "",
                    "reason",
                    "upgrade")))
        .isEqualTo("/silences");
    assertThat(in.store.silences(in.now.get()))
        .singleElement()
        .satisfies(
            made -> {
              assertThat(made.who()).isEqualTo("ops");
              assertThat(made.match()).hasSize(2);
            });
    String id = in.store.silences(in.now.get()).getFirst().id();
    assertThat(in.anew(in.browser, "/silences").body())
        .contains("action=\"/silences/" + id + "/end\"");
    in.now.set(Examples.NOON.plusSeconds(5));
    assertThat(AccessSetting.location(in.browser.fill("/silences", "/silences/" + id + "/end")))
        .isEqualTo("/silences");
    assertThat(in.store.silences(in.now.get())).isEmpty();
  }

  @Test
  void whatSomebodyMayNotDoIsNotOfferedAndNotDone() {
    in.browser.signIn(AccessSetting.EYES);
    assertThat(in.browser.get(AccessSetting.PAGE).body()).doesNotContain("/acknowledge\"><input");
    assertThat(in.browser.get("/silences").body()).doesNotContain("Silence targets");
    String token = Browser.token(in.browser.get("/probes").body());
    assertThat(in.browser.post(AccessSetting.PAGE + "/notes", token, "text", "x").statusCode())
        .isEqualTo(403);
    in.browser.signIn(AccessSetting.ONCALL);
    assertThat(in.anew(in.browser, "/silences").body()).doesNotContain("Silence targets");
    assertThat(in.anew(in.browser, AccessSetting.PAGE).body())
        .contains("action=\"/incidents/abc/acknowledge\"");
  }

  @Test
  void whereNobodyIsToldApartWhoeverIsHereIsOfferedForms() {
    in.shown.admits(Access.NONE);
    assertThat(
            AccessSetting.location(
                in.browser.fill(
                    AccessSetting.PAGE,
                    AccessSetting.PAGE + "/notes",
                    "text",
                    "here",
                    "who",
                    "bob")))
        .isEqualTo(AccessSetting.PAGE);
    assertThat(in.notes().getFirst().who()).isEqualTo("bob (via local)");
    String token = Browser.token(in.anew(in.browser, AccessSetting.PAGE).body());
    Browser stranger = new Browser(in.web);
    assertThat(stranger.post(AccessSetting.PAGE + "/notes", token, "text", "x").statusCode())
        .isEqualTo(403);
    Browser away = new Browser(in.web, "X-Forwarded-For", "192.0.2.1");
    String html = in.anew(away, AccessSetting.PAGE).body();
    assertThat(html).doesNotContain("form_token");
    assertThat(in.browser.get("/login").body()).contains("Nobody is told apart");
  }

  @Test
  void pagesAreNotShownWithinOthers() {
    in.browser.signIn(AccessSetting.OPS);
    for (String path : List.of("/login", "/probes", AccessSetting.PAGE, "/silences")) {
      HttpResponse<String> page = in.browser.get(path);
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("frame-ancestors 'none'")
          .contains("form-action 'self'")
          .contains("script-src 'self'");
      assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
      assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
    }
  }

  @Test
  void aCoordinatorThatFollowsHandsOnWhoIsAsking() {
    AtomicReference<Standing> follows = new AtomicReference<>(new Standing.Leads());
    try (ApiServer second = in.server(in.store, follows)) {
      follows.set(new Standing.Follows(URI.create(in.web.place())));
      WebClient there = new WebClient(second.listen("127.0.0.1", 0).await());
      Browser visitor = new Browser(there);
      assertThat(AccessSetting.location(visitor.get(AccessSetting.PAGE)))
          .isEqualTo("/login?to=%2Fincidents%2Fabc");
      assertThat(visitor.signIn(AccessSetting.ONCALL).statusCode()).isEqualTo(303);
      assertThat(in.anew(visitor, AccessSetting.PAGE).body())
          .contains("oncall")
          .contains("/acknowledge");
      assertThat(
              AccessSetting.location(
                  visitor.fill(
                      AccessSetting.PAGE, AccessSetting.PAGE + "/notes", "text", "by another")))
          .isEqualTo(AccessSetting.PAGE);
      assertThat(in.notes()).hasSize(1);
      assertThat(there.get("/probes", "Authorization", "Bearer " + AccessSetting.EYES).statusCode())
          .isEqualTo(200);
      in.now.set(Examples.NOON.plus(Session.RENEWED).plusSeconds(1));
      assertThat(in.anew(visitor, "/probes").headers().allValues("Set-Cookie"))
          .as("renewed by the one that was asked")
          .hasSize(1);
      in.shown.admits(Access.NONE);
      Browser local = new Browser(there);
      assertThat(
              AccessSetting.location(
                  local.fill(
                      AccessSetting.PAGE, AccessSetting.PAGE + "/notes", "text", "here too")))
          .isEqualTo(AccessSetting.PAGE);
    }
  }
}
