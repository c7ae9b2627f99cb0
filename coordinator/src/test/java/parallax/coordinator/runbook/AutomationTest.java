package parallax.coordinator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.coordinator.testing.Examples.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.config.Configuration;
import parallax.config.access.Access;
import parallax.config.observation.Layer;
import parallax.config.policy.DecisionRules;
import parallax.config.policy.Route.Extent;
import parallax.config.policy.Severity;
import parallax.config.report.ReportRules;
import parallax.config.routes.RouteWatching;
import parallax.config.runbook.Action;
import parallax.config.runbook.Automatic;
import parallax.config.runbook.Runbook;
import parallax.config.runbook.Runbook.CauseMatch;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notebook.Reading;
import parallax.coordinator.run.Run;
import parallax.coordinator.silence.LabelMatcher;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.testing.Courses;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;

/** What runs without being asked, as tables of what is known and when. */
final class AutomationTest {
  private static final Duration LASTING = Duration.ofMinutes(2);

  private static Automatic rules(Extent... scopes) {
    return new Automatic(
        Set.of(scopes),
        Set.of(Severity.CRITICAL),
        LASTING,
        Duration.ofHours(1),
        new Automatic.Most(2, Duration.ofDays(1)));
  }

  private static Runbook runbook(Map<String, String> match, CauseMatch cause, Automatic rules) {
    return new Runbook(
        "shop-down",
        new TreeMap<>(match),
        cause,
        Optional.empty(),
        Optional.empty(),
        List.of(
            new Action("restart", new Action.Work.Command("restart"), Optional.of(rules)),
            new Action("by-hand", new Action.Work.Command("restart"), Optional.empty())));
  }

  private static Configuration configuration(Runbook... runbooks) {
    return new Configuration(
        List.of(Examples.target("desk"), Examples.target("shop")),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        DecisionRules.USUAL,
        Optional.empty(),
        RouteWatching.NONE,
        Optional.empty(),
        Access.NONE,
        Optional.empty(),
        List.of(runbooks),
        ReportRules.USUAL,
        "r");
  }

  private static Configuration usual() {
    return configuration(
        runbook(Map.of("team", "web"), CauseMatch.ANY, rules(Extent.GLOBAL, Extent.UNCONFIRMED)));
  }

  private static Incident incident() {
    return Judged.incident(
        "abc",
        List.of(Examples.target("shop").name()),
        Scope.UNCONFIRMED,
        Examples.cause(),
        NOON.minusSeconds(5),
        NOON,
        List.of(Examples.evidence("shop", Examples.REFUSED, NOON)));
  }

  private static List<String> candidates(Automation.Known known, Incident incident) {
    return Automation.candidates(known, List.of(incident)).stream()
        .map(each -> each.action().name())
        .toList();
  }

  private static Automation.Known known(Configuration configuration, Instant now, Run... runs) {
    return new Automation.Known(configuration, List.of(), List.of(runs), now);
  }

  private static Run run(Instant began, boolean automatic) {
    return new Run(
        "r",
        new IncidentId("other"),
        "shop-down",
        "restart",
        "x",
        automatic,
        began,
        began.plusSeconds(60),
        Optional.of(new Run.End(began, Run.Outcome.DONE, "")));
  }

  @Test
  void onlyWhatIsConfiguredToRunByItselfIsACandidateAndOnlyWhenItHasLasted() {
    Instant due = NOON.plus(LASTING);
    assertThat(candidates(known(usual(), due), incident())).containsExactly("restart");
    assertThat(candidates(known(usual(), due.minusMillis(1)), incident())).isEmpty();
    assertThat(candidates(known(usual(), due), Courses.followed(incident()))).isEmpty();
    assertThat(candidates(known(usual(), due), Judged.resolved(incident(), due))).isEmpty();
    assertThat(Automation.isWanted(usual())).isTrue();
    assertThat(Automation.isWanted(configuration())).isFalse();
    assertThat(Automation.memory(usual())).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void itIsForTheRightTargetsScopeCauseAndSeverity() {
    Instant due = NOON.plus(LASTING);
    Runbook others = runbook(Map.of("team", "desk"), CauseMatch.ANY, rules());
    Runbook global = runbook(Map.of(), CauseMatch.ANY, rules(Extent.GLOBAL));
    CauseMatch dns = new CauseMatch(Set.of(Layer.DNS), Set.of(), new TreeSet<>());
    Runbook resolvers = runbook(Map.of(), dns, rules());
    Automatic notes =
        new Automatic(Set.of(), Set.of(Severity.NOTE), LASTING, LASTING, Automatic.Most.USUAL);
    for (Runbook not :
        List.of(others, global, resolvers, runbook(Map.of(), CauseMatch.ANY, notes))) {
      assertThat(candidates(known(configuration(not), due), incident())).isEmpty();
    }
    Incident wider = Courses.scoped(incident(), Scope.GLOBAL);
    assertThat(candidates(known(configuration(global), due), wider)).containsExactly("restart");
  }

  @Test
  void itCoolsDownAndIsLimited() {
    Instant now = NOON.plus(Duration.ofHours(5));
    Instant cooled = now.minus(Duration.ofHours(1));
    assertThat(candidates(known(usual(), now, run(cooled.plusMillis(1), true)), incident()))
        .isEmpty();
    assertThat(candidates(known(usual(), now, run(cooled.plusMillis(1), false)), incident()))
        .isEmpty();
    assertThat(candidates(known(usual(), now, run(cooled, true)), incident())).hasSize(1);
    assertThat(
            candidates(
                known(usual(), now, run(cooled, true), run(cooled.minusSeconds(1), true)),
                incident()))
        .isEmpty();
    assertThat(
            candidates(
                known(usual(), now, run(cooled, true), run(cooled.minusSeconds(1), false)),
                incident()))
        .hasSize(1);
  }

  @Test
  void nothingRunsForWhatIsSilenced() {
    Instant due = NOON.plus(LASTING);
    Silence silence =
        Silence.made(
            new Silence.Wish(
                List.of(new LabelMatcher.OneOf("target", List.of("shop"))),
                NOON,
                due.plusSeconds(1),
                "move"),
            "alice",
            NOON);
    Automation.Known known = new Automation.Known(usual(), List.of(silence), List.of(), due);
    assertThat(candidates(known, incident())).isEmpty();
    Automation.Known later =
        new Automation.Known(usual(), List.of(silence), List.of(), due.plusSeconds(1));
    assertThat(candidates(later, incident())).hasSize(1);
  }

  private static boolean isDue(List<Entry> notebook, Instant now) {
    Automation.Candidate candidate =
        Automation.candidates(known(usual(), now), List.of(incident())).getFirst();
    return Automation.isDue(candidate, notebook, now);
  }

  private static List<Entry> notebook(Object... secondsAndHappenings) {
    List<Entry> entries = new ArrayList<>();
    for (int at = 0; at < secondsAndHappenings.length; at += 2) {
      Instant when = NOON.plusSeconds((Integer) secondsAndHappenings[at]);
      Happening what = (Happening) secondsAndHappenings[at + 1];
      entries.add(new Entry(at, new IncidentId("abc"), when, Entry.CORE, what));
    }
    return List.copyOf(entries);
  }

  private static Happening.Changed changed(Scope from, Scope to) {
    return new Happening.Changed(
        Reading.of(Courses.scoped(incident(), from)), Reading.of(Courses.scoped(incident(), to)));
  }

  @Test
  void itMustHaveBeenSoWithoutABreak() {
    Happening opened = new Happening.Opened(Reading.of(incident()), 1);
    Instant due = NOON.plus(LASTING);
    assertThat(isDue(notebook(0, opened), due)).isTrue();
    // A change from one that fits to another one that fits is no break.
    assertThat(
            isDue(
                notebook(
                    0, opened,
                    30, changed(Scope.UNCONFIRMED, Scope.GLOBAL),
                    60, changed(Scope.GLOBAL, Scope.UNCONFIRMED)),
                due))
        .isTrue();
    List<Entry> broken =
        notebook(
            0, opened,
            30, changed(Scope.UNCONFIRMED, Scope.REGIONAL),
            60, changed(Scope.REGIONAL, Scope.UNCONFIRMED));
    assertThat(isDue(broken, due.plusSeconds(59))).isFalse();
    assertThat(isDue(broken, due.plusSeconds(60))).isTrue();
    List<Entry> again =
        notebook(0, opened, 20, new Happening.Resolved(), 40, new Happening.Reopened(1));
    assertThat(isDue(again, due.plusSeconds(39))).isFalse();
    assertThat(isDue(again, due.plusSeconds(40))).isTrue();
    assertThat(isDue(notebook(), due)).as("written by an earlier version").isTrue();
  }

  @Test
  void whoeverTakesCareOfItIsLeftToIt() {
    Happening opened = new Happening.Opened(Reading.of(incident()), 1);
    Happening mine = new Happening.Acknowledged("");
    Instant now = NOON.plus(LASTING).plusSeconds(100);
    assertThat(isDue(notebook(0, opened, 10, mine), now)).isFalse();
    assertThat(isDue(notebook(0, opened, 10, mine, 50, new Happening.Reopened(1)), now)).isTrue();
  }
}
