package parallax.coordinator.notify.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.notify.letter.Letter.Grade;
import parallax.coordinator.notify.letter.Letter.Language;
import parallax.coordinator.notify.letter.Letter.Occasion;
import parallax.coordinator.testing.Judged;

final class LettersTest {
  /** What was written last is beside the classes, to be read and taken over. */
  private static final Path WRITTEN = Path.of("target/letters");

  @ParameterizedTest
  @EnumSource(Language.class)
  void headlinesOfAllScopesCausesAndOccasionsAreAsWeReadThem(Language language) {
    List<String> lines = new ArrayList<>();
    for (Scope scope : Scope.values()) {
      Told.causes(scope)
          .forEach((name, incident) -> headlines(lines, scope + " " + name, incident, language));
    }
    headlines(lines, "BLOCKED", Told.blocked("403 Forbidden"), language);
    headlines(lines, "STATED", Told.blocked("451 Unavailable"), language);
    headlines(lines, "OWN", Told.own(), language);
    assertGolden("headlines-" + language + ".txt", lines);
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void wholeLettersAreAsWeReadThem(Language language) {
    List<String> lines = new ArrayList<>();
    for (Scope scope : Scope.values()) {
      lines.addAll(whole(letter(Told.dyn(scope), Occasion.OPENED, language)));
    }
    lines.addAll(whole(letter(resolved(Told.dyn(Scope.GLOBAL)), Occasion.RESOLVED, language)));
    Told.causes(Scope.GLOBAL)
        .values()
        .forEach(incident -> lines.addAll(whole(letter(incident, Occasion.OPENED, language))));
    lines.addAll(whole(letter(Told.own(), Occasion.OPENED, language)));
    lines.addAll(whole(letter(Told.own(), Occasion.ACKNOWLEDGED, language)));
    lines.addAll(whole(Letters.test("k", language, Told.TOKYO, Told.NOW)));
    assertGolden("letters-" + language + ".txt", lines);
  }

  @ParameterizedTest
  @CsvSource({
    "GLOBAL, CRITICAL",
    "UNCONFIRMED, CRITICAL",
    "REGIONAL, WARNING",
    "NETWORK, WARNING",
    "PARTIAL, WARNING",
    "PROBE_LOCAL, NOTE"
  })
  void whatIsDownIsGradedByWhomItHits(Scope scope, Grade grade) {
    Letter letter = letter(Told.dyn(scope), Occasion.OPENED, Language.ENGLISH);
    assertThat(letter.grade()).isEqualTo(grade);
  }

  @Test
  void whatRunsOutIsNoOutageHoweverNear() {
    Incident near = Told.domainSoon(Scope.GLOBAL);
    Incident far = Told.certificateSoon(Scope.GLOBAL);
    assertThat(opened(near).grade()).isEqualTo(Grade.WARNING);
    assertThat(opened(far).grade()).isEqualTo(Grade.NOTE);
    assertThat(opened(near).headline()).contains("shop is up, but").doesNotContain("down");
  }

  @Test
  void ourOwnTroubleIsANoteAndTheEndIsGood() {
    assertThat(opened(Told.own()).grade()).isEqualTo(Grade.NOTE);
    Letter over = letter(resolved(Told.dyn(Scope.GLOBAL)), Occasion.RESOLVED, Language.ENGLISH);
    assertThat(over.grade()).isEqualTo(Grade.GOOD);
    assertThat(over.times().resolved()).contains(Told.NOW);
  }

  @Test
  void theFirstTenMembersAreNamedAndTheOthersCounted() {
    Letter letter = opened(Told.dyn(Scope.GLOBAL));
    assertThat(letter.members()).hasSize(10).startsWith("shop-1", "shop-10");
    assertThat(letter.moreMembers()).isEqualTo(2);
  }

  @Test
  void everyRegionHasALookAmongTheEvidenceAndTheNewestComeFirst() {
    List<Vote> votes = Told.dyn(Scope.GLOBAL).votes();
    List<Vote> last = votes.reversed();
    List<Vote> chosen = Evidence.chosen(last);
    assertThat(chosen).hasSize(Evidence.MAX_VOTES);
    assertThat(chosen)
        .extracting(vote -> vote.vantage().region().value())
        .contains("tokyo", "frankfurt", "virginia");
    assertThat(chosen).isSortedAccordingTo((a, b) -> b.at().compareTo(a.at()));
  }

  @Test
  void labelsThatAllTargetsShareAreTold() {
    List<TargetName> targets = List.of(new TargetName("a"), new TargetName("b"));
    Incident incident =
        Judged.incident(
            "i1",
            targets,
            Scope.GLOBAL,
            Told.dyn(Scope.GLOBAL).cause(),
            Told.ONSET,
            Told.ONSET,
            List.of());
    LetterSettings settings =
        new LetterSettings(
            Optional.empty(),
            List.of(),
            new TreeMap<>(
                Map.of(
                    targets.get(0), new TreeMap<>(Map.of("team", "web", "tier", "1")),
                    targets.get(1), new TreeMap<>(Map.of("team", "web", "tier", "2")))),
            ZoneId.of("UTC"));
    Letter letter =
        Letters.write(Told.of(incident, Occasion.OPENED, Language.ENGLISH), settings, Told.NOW);
    assertThat(letter.labels())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "team", "web",
                "scope", "GLOBAL",
                "layer", "dns_auth",
                "reason", "NAME_SERVERS_TIMEOUT",
                "culprit", "dns:dyn"));
    assertThat(letter.links()).isEmpty();
  }

  @Test
  void theIncidentsPageComesFirstAndRunbooksThatFitFollow() {
    assertThat(opened(Told.dyn(Scope.GLOBAL)).links())
        .extracting(Letter.Link::target)
        .containsExactly(
            URI.create("https://parallax.example.com/incidents/k2v4q7m3xw5a"),
            URI.create("https://wiki.example.com/dns"));
    assertThat(opened(Told.one(Scope.GLOBAL, Layer.TCP, Reason.CONNECT_TIMEOUT, "")).links())
        .hasSize(1);
  }

  @Test
  void aDrillSaysSoFirst() {
    for (Language language : Language.values()) {
      Occurrence real = Told.of(Told.dyn(Scope.GLOBAL), Occasion.OPENED, language);
      Occurrence drill =
          new Occurrence(
              real.key(), real.incident(), real.occasion(), 1, language, true, Optional.empty());
      Letter letter = Letters.write(drill, Told.TOKYO, Told.NOW);
      assertThat(letter.drill()).isTrue();
      assertThat(letter.headline())
          .startsWith(language == Language.ENGLISH ? "[DRILL] nothing is broken" : "[DRILL]【訓練】");
      assertThat(letter.facts().getFirst().name())
          .isEqualTo(language == Language.ENGLISH ? "Drill" : "訓練");
    }
  }

  @Test
  void whatElseTheLetterTellsOfIsNamedOrCounted() {
    for (Language language : Language.values()) {
      Incident incident = Told.dyn(Scope.GLOBAL);
      List<Incident> others = Collections.nCopies(Letters.MAX_OTHERS + 5, incident);
      Occurrence many =
          new Occurrence(
              "k", incident, Occasion.OPENED, 1, language, false, Optional.empty(), 7, others);
      List<Letter.Fact> facts = Letters.write(many, Told.TOKYO, Told.NOW).facts();
      assertThat(facts.subList(facts.size() - 2, facts.size()))
          .extracting(Letter.Fact::text)
          .satisfiesExactly(
              more -> assertThat(more).contains("5"), held -> assertThat(held).contains("7"));
      assertThat(facts.subList(0, facts.size() - 2))
          .filteredOn(fact -> List.of("Also", "その他").contains(fact.name()))
          .hasSize(Letters.MAX_OTHERS);
    }
  }

  @Test
  void whatComesFromOthersIsOneCleanBoundedLine() {
    String hostile = "a\r\nBcc: x@example.com\u202E{who}{7*7}%s" + "x".repeat(9000);
    Occurrence by =
        new Occurrence(
            "k",
            Told.one(Scope.GLOBAL, Layer.HTTP, Reason.HTTP_STATUS, hostile),
            Occasion.ACKNOWLEDGED,
            2,
            Language.ENGLISH,
            false,
            Optional.of(hostile));
    Letter letter = Letters.write(by, Told.TOKYO, Told.NOW);
    List<String> all = new ArrayList<>(letter.evidence());
    all.add(letter.headline());
    letter.facts().forEach(fact -> all.add(fact.text()));
    assertThat(all)
        .allSatisfy(
            text ->
                assertThat(text)
                    .hasSizeLessThanOrEqualTo(Letters.MAX_HEADLINE)
                    .doesNotContainPattern("[\\p{Cntrl}\\u202E]"));
    assertThat(letter.headline()).startsWith("Acknowledged by a Bcc: x@example.com{who}{7*7}%s");
  }

  @Test
  void manyThousandMembersMakeNoLongerLetter() {
    List<TargetName> targets =
        IntStream.range(0, 5000).mapToObj(n -> new TargetName("t" + n)).toList();
    Incident incident =
        Judged.incident(
            "i1",
            targets,
            Scope.GLOBAL,
            Told.dyn(Scope.GLOBAL).cause(),
            Told.ONSET,
            Told.ONSET,
            List.of());
    Letter letter = opened(incident);
    assertThat(letter.headline()).startsWith("t0 and 4999 more are down for everybody");
    assertThat(letter.moreMembers()).isEqualTo(4990);
  }

  private static Letter opened(Incident incident) {
    return letter(incident, Occasion.OPENED, Language.ENGLISH);
  }

  private static Letter letter(Incident incident, Occasion occasion, Language language) {
    return Letters.write(Told.of(incident, occasion, language), Told.TOKYO, Told.NOW);
  }

  private static Incident resolved(Incident incident) {
    return Judged.resolved(incident, Told.NOW);
  }

  private static void headlines(
      List<String> lines, String name, Incident incident, Language language) {
    lines.add("# " + name);
    for (Occasion occasion : Occasion.values()) {
      Incident told = occasion.isEnd() ? resolved(incident) : incident;
      Letter letter = letter(told, occasion, language);
      lines.add(letter.grade() + " " + letter.headline());
    }
  }

  private static List<String> whole(Letter letter) {
    List<String> lines = new ArrayList<>();
    lines.add("# " + letter.occasion() + " " + letter.grade() + " " + letter.headline());
    letter.facts().forEach(fact -> lines.add(fact.name() + " | " + fact.text()));
    letter.evidence().forEach(line -> lines.add("+ " + line));
    letter.against().forEach(line -> lines.add("- " + line));
    lines.add(String.join(", ", letter.members()) + " +" + letter.moreMembers());
    letter.links().forEach(link -> lines.add(link.words() + " -> " + link.target()));
    lines.add(letter.labels() + " " + Duration.between(letter.times().onset(), Told.NOW));
    return lines;
  }

  private static void assertGolden(String name, List<String> lines) {
    try {
      Files.createDirectories(WRITTEN);
      Files.writeString(WRITTEN.resolve(name), String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(lines).isEqualTo(golden(name));
  }

  private static List<String> golden(String name) {
    try (InputStream in = LettersTest.class.getResourceAsStream(name)) {
      return in == null
          ? List.of()
          : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
