package parallax.coordinator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.coordinator.core.verdict.TargetState.DEGRADED;
import static parallax.coordinator.core.verdict.TargetState.DOWN;
import static parallax.coordinator.core.verdict.TargetState.UNKNOWN;
import static parallax.coordinator.core.verdict.TargetState.UP;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import parallax.config.publicpage.Service;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.status.badge.Badge;
import parallax.coordinator.status.feed.Atom;
import parallax.coordinator.status.feed.Feed;
import parallax.coordinator.status.feed.JsonFeed;
import parallax.coordinator.status.html.EmbedHtml;
import parallax.coordinator.status.html.ReportHtml;
import parallax.coordinator.status.html.StatusHtml;
import parallax.coordinator.status.html.Style;
import parallax.coordinator.status.model.Ledger;
import parallax.coordinator.status.model.PublicIncident.Update;
import parallax.coordinator.status.model.ServiceView;
import parallax.coordinator.status.model.StatusBoard;
import parallax.coordinator.status.notice.NoticeJson;
import parallax.coordinator.status.words.Texts;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.view.UptimeHistory;
import parallax.coordinator.words.Language;

/** What is given out: each document read by a parser of its kind. */
final class DocumentsTest {
  private static final String ATOM = "http://www.w3.org/2005/Atom";
  private static final Texts EN = Texts.in(Language.EN);
  private static final Texts JA = Texts.in(Language.JA);

  /** Trouble that lasts and trouble that is over, in a world of these names and words. */
  private static StatusBoard board(String title, String name, String words) {
    TreeSet<TargetName> shop = new TreeSet<>();
    shop.add(new TargetName("shop"));
    Scene scene =
        new Scene()
            .titled(title, Optional.of(URI.create("https://status.example.com/")))
            .target("shop", DOWN)
            .target("blog", DEGRADED)
            .target("wiki", UNKNOWN)
            .target("fine", UP)
            .service(new Service(name, Optional.of(words), shop, new TreeMap<>()))
            .service("Blog", "blog")
            .service("Wiki", "wiki")
            .service("Fine", "fine")
            .maintained(Scene.once(Scene.NOON.plus(Duration.ofDays(1)), Duration.ofHours(2)))
            .incident(Scene.trouble("going", Scope.GLOBAL, "shop"));
    return scene.board(
        new Ledger(
            List.of(
                Judged.resolved(Scene.trouble("past", Scope.REGIONAL, "shop", "blog"), Scene.NOON)),
            Map.of(
                new IncidentId("going"), List.of(new Update(Scene.NOON.minusSeconds(9), words)))));
  }

  private static StatusBoard board() {
    return board("Example Inc.", "Shop", "Where you buy");
  }

  static Document xml(String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError(text, e);
    }
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    NodeList all = parent.getChildNodes();
    for (int index = 0; index < all.getLength(); index++) {
      if (all.item(index) instanceof Element element && element.getLocalName().equals(name)) {
        assertThat(element.getNamespaceURI()).isEqualTo(ATOM);
        found.add(element);
      }
    }
    return found;
  }

  private static String only(Element parent, String name) {
    List<Element> found = children(parent, name);
    assertThat(found).as(name).hasSize(1);
    return found.getFirst().getTextContent();
  }

  /** What RFC 4287 section 4.1 asks of feeds and of entries. */
  private static List<Element> entries(String text) {
    Element feed = xml(text).getDocumentElement();
    assertThat(feed.getLocalName()).isEqualTo("feed");
    assertThat(feed.getNamespaceURI()).isEqualTo(ATOM);
    assertThat(URI.create(only(feed, "id")).isAbsolute()).isTrue();
    assertThat(only(feed, "title")).isNotBlank();
    OffsetDateTime newest = OffsetDateTime.parse(only(feed, "updated"));
    assertThat(only(children(feed, "author").getFirst(), "name")).isNotBlank();
    List<Element> entries = children(feed, "entry");
    TreeSet<String> ids = new TreeSet<>();
    for (Element entry : entries) {
      assertThat(URI.create(only(entry, "id")).getScheme()).isEqualTo("urn");
      assertThat(ids.add(only(entry, "id"))).isTrue();
      assertThat(only(entry, "title")).isNotBlank();
      assertThat(OffsetDateTime.parse(only(entry, "updated"))).isBeforeOrEqualTo(newest);
      OffsetDateTime.parse(only(entry, "published"));
      assertThat(children(entry, "content").getFirst().getAttribute("type")).isEqualTo("text");
    }
    return entries;
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void theAtomFeedIsOne(Language language) {
    List<Element> entries = entries(Atom.write(Feed.of(board(), Texts.in(language))));
    assertThat(entries).hasSize(2);
    assertThat(
            entries(Atom.write(Feed.of(new Scene().titled("None", Optional.empty()).board(), EN))))
        .isEmpty();
  }

  @Test
  void theFeedTellsWhatBeganWhatWasSaidAndWhatIsOver() {
    List<Element> entries = entries(Atom.write(Feed.of(board(), EN)));
    assertThat(entries)
        .extracting(entry -> only(entry, "title"))
        .containsExactlyInAnyOrder(
            "Shop: cannot be used",
            "Over: Shop, Blog: some people cannot use it, or only parts of it work");
    Element going =
        entries.stream().filter(e -> only(e, "title").startsWith("Shop")).findFirst().orElseThrow();
    assertThat(only(going, "content"))
        .isEqualTo("2026-03-01 11:59 UTC: it began.\n2026-03-01 11:59 UTC: Where you buy");
  }

  @Test
  void anEntryKeepsItsIdWhileItChanges() {
    StatusBoard going =
        new Scene()
            .target("a", DOWN)
            .service("A", "a")
            .incident(Scene.trouble("x", Scope.GLOBAL, "a"))
            .board();
    StatusBoard over =
        new Scene()
            .target("a", UP)
            .service("A", "a")
            .board(
                new Ledger(
                    List.of(Judged.resolved(Scene.trouble("x", Scope.GLOBAL, "a"), Scene.NOON)),
                    Map.of()));
    Feed.Item before = Feed.of(going, EN).items().getFirst();
    Feed.Item after = Feed.of(over, JA).items().getFirst();
    assertThat(after.id()).isEqualTo(before.id()).startsWith("urn:uuid:");
    assertThat(after.updated()).isAfter(before.updated());
    assertThat(after.title()).isNotEqualTo(before.title());
  }

  @Test
  void theJsonFeedIsOne() {
    JsonObject feed =
        new JsonObject(new String(JsonFeed.write(Feed.of(board(), EN)), StandardCharsets.UTF_8));
    assertThat(feed.getString("version")).isEqualTo("https://jsonfeed.org/version/1.1");
    assertThat(feed.getString("title")).isEqualTo("Example Inc.: status");
    assertThat(feed.getString("feed_url")).isEqualTo("https://status.example.com/feed.json");
    JsonArray items = feed.getJsonArray("items");
    assertThat(items).hasSize(2);
    for (int index = 0; index < items.size(); index++) {
      JsonObject item = items.getJsonObject(index);
      assertThat(item.getString("id")).startsWith("urn:uuid:");
      assertThat(item.getString("content_text")).isNotBlank();
      OffsetDateTime.parse(item.getString("date_published"));
      OffsetDateTime.parse(item.getString("date_modified"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Shop", "<script>alert(1)</script>", "\"><svg onload=x>&", "日本語のサービス", "\u0001"})
  void aBadgeIsAPictureThatSaysWhatItShows(String name) {
    Element svg =
        xml(new Badge(name, "Up & well", Badge.Colour.GOOD, "en").svg()).getDocumentElement();
    assertThat(svg.getLocalName()).isEqualTo("svg");
    assertThat(svg.getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
    assertThat(svg.getAttribute("role")).isEqualTo("img");
    assertThat(svg.getAttribute("aria-label"))
        .isEqualTo(name.replace('\u0001', '\ufffd') + ": Up & well");
    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
    assertThat(Objects.requireNonNull(svg.getElementsByTagName("title").item(0)).getTextContent())
        .isEqualTo(svg.getAttribute("aria-label"));
    int width = Integer.parseInt(svg.getAttribute("width"));
    NodeList texts = svg.getElementsByTagName("text");
    assertThat(texts.getLength()).isEqualTo(2);
    for (int index = 0; index < 2; index++) {
      Element text = (Element) Objects.requireNonNull(texts.item(index));
      int end =
          Integer.parseInt(text.getAttribute("x"))
              + Integer.parseInt(text.getAttribute("textLength"));
      assertThat(end).isLessThanOrEqualTo(width);
    }
  }

  @Test
  void aLongNameIsCutInThePictureAndWholeInItsTitle() {
    String name = "x".repeat(200);
    String svg = new Badge(name, "Up", Badge.Colour.GOOD, "en").svg();
    assertThat(svg).contains("<title>" + name + ": Up</title>").contains("x…</text>");
  }

  @Test
  void thePageSaysInWordsWhatItsColoursDo() {
    String html = StatusHtml.page(board(), EN, false);
    assertThat(html)
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
        .contains("<title>A service is down · Example Inc.: status</title>")
        .contains("Shop: cannot be used")
        .contains("<time datetime=\"2026-03-01T11:59:00Z\">2026-03-01 11:59 UTC</time>")
        .contains(">Degraded</span>", ">Unknown</span>", ">Up</span>", ">Down</span>")
        .contains("Announced: Shop, Blog, Wiki, Fine")
        .contains("role=\"img\"", "Fine: the last 90 days. Without trouble: 90.")
        .contains("<main>", "<header>", "<footer>", "href=\"#services\"")
        .contains("<form method=\"post\" action=\"status/report\">")
        .contains("<label for=\"which\">")
        .doesNotContain("<script", "style=\"", "http-equiv");
    assertThat(StatusHtml.page(board(), JA, false))
        .contains("<html lang=\"ja\">", "停止しているサービスがあります", "href=\"?lang=en\"");
  }

  @Test
  void aCopySaysThatItIsOneAndAsksForNothing() {
    assertThat(StatusHtml.page(board(), EN, true))
        .contains("This is a copy", "href=\"index.ja.html\"")
        .doesNotContain("<form", "?lang=");
  }

  @Test
  void formAndServicesAreThereOnlyWhereTheyAreConfigured() {
    assertThat(StatusHtml.page(new Scene().closedToReports().board(), EN, false))
        .contains("Nothing is published here yet.")
        .doesNotContain("<form", "All services work");
    StatusBoard closed = new Scene().target("a", UP).service("A", "a").closedToReports().board();
    assertThat(StatusHtml.page(closed, EN, false)).doesNotContain("<form").contains("A is");
  }

  @Test
  void whatNobodyKnowsIsGreyAndNeverGreen() {
    StatusBoard board =
        new Scene().target("a", UNKNOWN, UptimeHistory.EMPTY).service("A", "a").board();
    String html = StatusHtml.page(board, EN, false);
    assertThat(html).contains("rect class=\"n\"").doesNotContain("rect class=\"u\"");
    assertThat(html).contains("Nothing known: 90. Uptime not known.");
  }

  @Test
  void thePolicyAllowsTheOneStyleAndNothingElse() {
    assertThat(Style.PAGE_POLICY)
        .startsWith("default-src 'none'; style-src 'sha256-")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(Style.EMBED_POLICY).contains("frame-ancestors *").doesNotContain("unsafe");
  }

  /** The tags of a document with the names of their attributes, and nothing of what they hold. */
  private static List<String> skeleton(String html) {
    return Pattern.compile("<[^>]*>")
        .matcher(html)
        .results()
        .map(MatchResult::group)
        .map(tag -> tag.replaceAll("\"[^\"]*\"", "\"\""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'><svg/onload=alert(1)>",
        "</title><script>alert(1)</script>",
        "</textarea><script>alert(1)</script>",
        "</style><script>alert(1)</script>",
        "javascript:alert(1)",
        "{0}{1}{2}<b>",
        "]]><x>",
        "&lt;script&gt;",
        "<!--<script>",
        "\u202e<script>\u0000"
      })
  void whatPeopleWriteChangesNoTag(String hostile) {
    StatusBoard harmless = board("Title", "Shop", "words");
    StatusBoard board = board(hostile, hostile, hostile);
    for (Texts texts : List.of(EN, JA)) {
      assertThat(skeleton(StatusHtml.page(board, texts, false)))
          .isEqualTo(skeleton(StatusHtml.page(harmless, texts, false)));
      assertThat(skeleton(EmbedHtml.strip(board, board.service(hostile), texts)))
          .isEqualTo(skeleton(EmbedHtml.strip(harmless, harmless.service("Shop"), texts)));
      assertThat(skeleton(ReportHtml.answer(hostile, "report.thanks", texts)))
          .isEqualTo(skeleton(ReportHtml.answer("x", "report.thanks", texts)));
      assertThat(entries(Atom.write(Feed.of(board, texts)))).hasSize(2);
    }
    JsonObject notice = new JsonObject(new String(notice(board), StandardCharsets.UTF_8));
    assertThat(notice.getJsonArray("items").getJsonObject(0).getString("service"))
        .isEqualTo(hostile);
  }

  private static byte[] notice(StatusBoard board) {
    return NoticeJson.write(board, board.services().toList());
  }

  @Test
  void theNoticeSaysItInEveryLanguage() {
    JsonObject all = new JsonObject(new String(notice(board()), StandardCharsets.UTF_8));
    JsonObject shop = all.getJsonArray("items").getJsonObject(0);
    assertThat(shop.getString("state")).isEqualTo("down");
    assertThat(shop.getJsonObject("words").getString("en"))
        .isEqualTo("Shop: cannot be used (since 2026-03-01 11:59 UTC)");
    assertThat(shop.getJsonObject("words").getString("ja"))
        .isEqualTo("Shop：利用できません (2026-03-01 11:59 UTC から)");
    assertThat(all.getJsonObject("labels").getJsonObject("ja").getString("close")).isEqualTo("閉じる");
  }

  @Test
  void theStripShowsOneServiceOrAll() {
    StatusBoard board = board();
    assertThat(EmbedHtml.strip(board, Optional.empty(), EN)).contains("A service is down");
    Optional<ServiceView> fine = board.service("Fine");
    assertThat(EmbedHtml.strip(board, fine, EN))
        .contains("<strong>Fine</strong>", "Up</span>", "https://status.example.com/");
  }
}
