package parallax.coordinator.page.dates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Facts;
import parallax.config.observation.Outcome;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.page.Assets;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.LabelFilter;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

final class CalendarTest {
  private static final Instant NOON = Examples.NOON;
  private static final LabelFilter ANY = new LabelFilter("");

  private static TargetView view(String name, String url, String team, Facts facts) {
    Target target =
        new Target(
            new TargetName(name),
            Optional.of(URI.create(url)),
            new TreeMap<>(Map.of("team", team)),
            Duration.ofSeconds(30),
            List.of(),
            List.of());
    return new TargetView(
            target,
            Examples.verdict(name, TargetState.UP, NOON),
            List.of(),
            UptimeHistory.EMPTY,
            Optional.empty())
        .seeing(Examples.evidence(name, Outcome.up(), NOON, facts));
  }

  private static Facts certificate(Instant end) {
    return Facts.NONE.withTls("TLSv1.3", Optional.of(end)).withIssuer("Test CA");
  }

  private static Facts registration(String domain, Optional<Instant> end) {
    return Facts.NONE.withRegistration(
        new Facts.RegistrationSeen(
            domain, "rdap.example", Optional.of("A Registrar"), Optional.empty(), end, NOON));
  }

  private static Instant inDays(int days) {
    return NOON.plus(Duration.ofDays(days));
  }

  private static Snapshot world() {
    return new Shown()
        .show(
            List.of(
                view("a", "https://a.example/", "web", certificate(inDays(1))),
                view("b", "https://b.example/", "db", certificate(inDays(90))),
                view("c", "https://c.example/", "web", certificate(NOON.minusSeconds(60))),
                view("d", "https://d.example/", "web", Facts.NONE),
                view(
                    "e",
                    "http://www.e.example/",
                    "web",
                    registration("e.example", Optional.of(inDays(365)))),
                view(
                    "f",
                    "http://f.e.example/",
                    "web",
                    registration("e.example", Optional.of(inDays(360)))),
                view("g", "http://g.de/", "web", registration("g.de", Optional.empty()))));
  }

  private static String page(Snapshot snapshot, String label, int number) {
    return new CalendarPage(new Frame(new Assets(), "1.2.3"))
        .render(snapshot, new CalendarPage.Part(new LabelFilter(label), number));
  }

  @Test
  void whatEndsFirstComesFirstAndOneNameIsToldOnce() {
    Endings endings = Endings.of(world(), ANY);
    assertThat(endings.known())
        .extracting(Ending::name)
        .containsExactly("c.example", "a.example", "b.example", "e.example");
    Ending domain = endings.known().getLast();
    assertThat(domain.end()).contains(inDays(360));
    assertThat(domain.targets()).extracting(TargetName::value).containsExactly("e", "f");
  }

  @Test
  void whatIsNotKnownIsSaidSo() {
    assertThat(Endings.of(world(), ANY).unknown())
        .extracting(Ending::name, Ending::by)
        .containsExactly(
            tuple("d.example", "no probe has seen it yet"),
            tuple("g.de", "rdap.example does not tell it"));
  }

  @Test
  void thePageGroupsByMonthAndMarksWhatIsNear() {
    assertThat(page(world(), "", 0))
        .containsSubsequence("March 2026</h2>", "c.example", "a.example", "May 2026</h2>")
        .contains("<span class=\"down\">over</span>", "<span class=\"degraded\">in 1d</span>")
        .contains("4 dates are known, 2 are not", "Not known");
  }

  @Test
  void aLabelChooses() {
    assertThat(page(world(), "team:db", 0))
        .contains("b.example", "/calendar.ics?label=team%3Adb", "1 date is known, 0 are not")
        .doesNotContain("a.example", "Not known");
  }

  @Test
  void nothingAtAllIsSaidSo() {
    Snapshot empty = new Shown().show(List.of());
    assertThat(page(empty, "", 0)).contains("0 dates are known, 0 are not");
    assertThat(lines(CalendarFeed.of(empty, ANY, "1"))).hasSize(5);
  }

  @Test
  void tenThousandComeInParts() {
    List<TargetView> views =
        IntStream.range(0, 10_000)
            .mapToObj(
                number ->
                    view(
                        "t" + number,
                        "https://t" + number + ".example/",
                        "web",
                        certificate(NOON.plusSeconds(number * 600L))))
            .toList();
    Snapshot many = new Shown().show(views);
    String first = page(many, "", 0);
    assertThat(first.length()).isLessThan(120_000);
    assertThat(first)
        .contains(">t0.example<", ">t199.example<", "page=1")
        .doesNotContain(">t200.example<");
    assertThat(page(many, "", 49)).contains(">t9999.example<").doesNotContain("page=50");
    assertThat(page(many, "", CalendarPage.MAX_PAGE)).contains("10000 dates are known");
    assertThat(CalendarFeed.of(many, ANY, "1").split("BEGIN:VEVENT", -1))
        .hasSize(CalendarFeed.MAX_EVENTS + 1);
  }

  /** Unfolded content lines, each checked by RFC 5545 section 3.1. */
  private static List<String> lines(String text) {
    assertThat(text).endsWith("\r\n").doesNotContainPattern("[^\r]\n|\r[^\n]");
    List<String> lines = new ArrayList<>();
    for (String line : text.strip().split("\r\n", -1)) {
      assertThat(line.getBytes(StandardCharsets.UTF_8).length).isBetween(1, CalendarFeed.MAX_LINE);
      if (line.startsWith(" ")) {
        lines.addLast(lines.removeLast() + line.substring(1));
      } else {
        lines.add(line);
      }
    }
    assertThat(lines)
        .allSatisfy(line -> assertThat(line).matches("[A-Z-]+(;[A-Z-]+=[^:;]+)*:[^\\x00-\\x1f]*"));
    return lines;
  }

  @Test
  void theFeedIsACalendarWithAnEventForEachEnd() {
    List<String> lines = lines(CalendarFeed.of(world(), ANY, "1.2.3 <x>"));
    assertThat(lines)
        .startsWith("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Parallax//1.2.3x//EN")
        .endsWith("END:VEVENT", "END:VCALENDAR")
        .contains(
            "DTSTART:20260302T120000Z",
            "SUMMARY:Certificate of a.example ends",
            "DESCRIPTION:By Test CA. Targets: a",
            "DESCRIPTION:By A Registrar. Targets: e\\, f");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("UID:"))
        .hasSize(4)
        .doesNotHaveDuplicates();
  }

  @Test
  void anEventKeepsItsIdWhenItsEndMoves() {
    assertThat(ids(certificate(NOON))).isEqualTo(ids(certificate(inDays(9)))).hasSize(1);
  }

  private static List<String> ids(Facts facts) {
    Snapshot snapshot = new Shown().show(List.of(view("a", "https://a.example/", "x", facts)));
    return lines(CalendarFeed.of(snapshot, ANY, "1")).stream()
        .filter(line -> line.startsWith("UID:"))
        .toList();
  }

  @Test
  void whatSomebodyOutsideWroteCannotAddALine() {
    String hostile = "CA\r\nEND:VCALENDAR\n;,\\\u0007 \u202e\ud83d\ude00" + "\u65e5".repeat(80);
    Facts facts = Facts.NONE.withTls("TLSv1.3", Optional.of(NOON)).withIssuer(hostile);
    Snapshot snapshot = new Shown().show(List.of(view("a", "https://a.example/", "x", facts)));
    List<String> lines = lines(CalendarFeed.of(snapshot, ANY, "1"));
    assertThat(lines).filteredOn(line -> line.equals("END:VCALENDAR")).hasSize(1);
    assertThat(lines)
        .filteredOn(line -> line.startsWith("DESCRIPTION:"))
        .singleElement()
        .satisfies(
            line -> assertThat(line).contains("\\;\\,\\\\").contains("\ud83d\ude00\u65e5\u65e5"));
  }
}
