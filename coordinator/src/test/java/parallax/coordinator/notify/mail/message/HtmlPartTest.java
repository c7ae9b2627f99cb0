package parallax.coordinator.notify.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import parallax.coordinator.notify.letter.Hostile;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.notify.letter.Letter.Language;

/** The HTML, read again by a strict parser. */
final class HtmlPartTest {
  private static final List<String> ELEMENTS =
      List.of(
          "a", "b", "body", "div", "head", "html", "meta", "span", "table", "td", "title", "tr");
  private static final List<String> ATTRIBUTES =
      List.of(
          "align",
          "bgcolor",
          "border",
          "cellpadding",
          "cellspacing",
          "charset",
          "content",
          "dir",
          "href",
          "lang",
          "name",
          "role",
          "style",
          "valign",
          "width");

  static List<String> hostile() {
    return HostileTexts.ALL;
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void textStaysText(String text) throws Exception {
    Document page = page(Letters.saying(text, Language.ENGLISH));
    // Long names stand on lines of their own.
    String like = "harmless".repeat(Bounds.text(text).length() > 40 ? 6 : 1);
    Document harmless = page(Letters.saying(like, Language.ENGLISH));

    assertThat(shape(page)).isEqualTo(shape(harmless));
    String shown = Bounds.text(text);
    assertThat(texts(page, "td")).anyMatch(shown::equals);
    assertThat(texts(page, "a")).allMatch(shown::equals);
    assertThat(page.getDocumentElement().getTextContent().codePoints())
        .noneMatch(c -> Character.getType(c) == Character.FORMAT)
        .noneMatch(c -> Character.isISOControl(c) && c != '\n');
  }

  @Test
  void nothingIsFetchedAndNothingRuns() throws Exception {
    Document page = page(Letters.saying("<script>", Language.JAPANESE));
    SortedSet<String> elements = new TreeSet<>();
    SortedSet<String> attributes = new TreeSet<>();
    for (Element element : elements(page)) {
      elements.add(element.getTagName());
      for (int index = 0; index < element.getAttributes().getLength(); index++) {
        attributes.add(element.getAttributes().item(index).getNodeName());
      }
      assertThat(element.getAttribute("style")).doesNotContain("url(", "expression", "@import");
    }
    assertThat(ELEMENTS).containsAll(elements);
    assertThat(ATTRIBUTES).containsAll(attributes);
  }

  @Test
  void linksLeadToTheWebAndShowWhere() throws Exception {
    Document page = page(Letters.saying("https://bank.example", Language.ENGLISH));
    List<String> targets =
        elements(page).stream()
            .filter(element -> element.getTagName().equals("a"))
            .map(element -> element.getAttribute("href"))
            .toList();
    assertThat(targets)
        .containsExactly("https://parallax.example/", "https://wiki.example/%22%3E?a='b'&c");
    assertThat(page.getDocumentElement().getTextContent())
        .contains("parallax.example", "wiki.example");
  }

  @Test
  void whenItBeganIsSaidOnceBesideTheHeadline() throws Exception {
    assertThat(texts(page(Hostile.ordinary()), "td")).filteredOn("Since"::equals).hasSize(1);
  }

  @Test
  void longNamesStandOnLinesOfTheirOwn() throws Exception {
    String name = "https://" + "department.".repeat(9) + "example.com/";
    assertThat(texts(page(Letters.saying(name, Language.ENGLISH)), "td"))
        .contains(name, "and 3 more");
    assertThat(texts(page(Letters.opened()), "td"))
        .contains("shop.example · www.example · api.example · cdn.example · and 4,987 more");
  }

  @Test
  void saysItsLanguage() throws Exception {
    assertThat(page(Letters.japanese(false)).getDocumentElement().getAttribute("lang"))
        .isEqualTo("ja");
    assertThat(page(Letters.opened()).getDocumentElement().getAttribute("lang")).isEqualTo("en");
  }

  @Test
  void aDrillSaysSoFirst() throws Exception {
    assertThat(texts(page(Letters.japanese(true)), "td").get(1)).startsWith("訓練です");
    assertThat(page(Letters.japanese(false)).getDocumentElement().getTextContent())
        .doesNotContain("訓練");
  }

  private static Document page(Letter letter) throws Exception {
    String html = new HtmlPart(letter, Words.in(letter.language()), Optional.empty()).text();
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  private static List<Element> elements(Document page) {
    NodeList all = page.getElementsByTagName("*");
    List<Element> elements = new ArrayList<>();
    for (int index = 0; index < all.getLength(); index++) {
      elements.add((Element) all.item(index));
    }
    return elements;
  }

  private static List<String> texts(Document page, String element) {
    return elements(page).stream()
        .filter(found -> found.getTagName().equals(element))
        .map(Node::getTextContent)
        .toList();
  }

  /** Every element with its attributes, without what is text in the page's sense. */
  private static List<String> shape(Document page) {
    List<String> shape = new ArrayList<>();
    for (Element element : elements(page)) {
      StringBuilder line = new StringBuilder(element.getTagName());
      for (int index = 0; index < element.getAttributes().getLength(); index++) {
        line.append(' ').append(element.getAttributes().item(index));
      }
      shape.add(line.toString());
    }
    return shape;
  }
}
