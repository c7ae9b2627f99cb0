package parallax.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;

/** What the core gives as its reasons is known in Japanese, whatever it decided. */
final class SaidInJapaneseTest {
  private static final Say JAPANESE = Say.in(Language.JA);
  private static final Pattern ENGLISH = Pattern.compile("[a-z]+(?:[ ,;]+[a-z]+)+");
  private static final Outcome SLOW = Outcome.degraded(Reason.HTTP_SLOW, "1.5 s");
  private static final Outcome VAGUE = Outcome.inconclusive(Reason.PROBE_NO_ROUTE, "");

  private static Scene scene(int probes, int regions) {
    return new Scene(probes, regions).watching("shop").watching("a").watching("b").watching("c");
  }

  static Stream<Scene> scenes() {
    return Stream.of(
        scene(12, 6).run(700),
        scene(12, 6).when((_, _, second) -> second > 600).run(900),
        shop(12, 6, (_, _, second) -> second > 600),
        shop(12, 6, (_, _, second) -> second > 600 && second < 1200),
        shop(12, 6, (probe, _, second) -> probe % 6 == 2 && second > 600),
        shop(12, 6, (probe, _, second) -> probe % 2 == 0 && second > 600),
        shop(12, 6, (probe, _, second) -> probe % 5 == 0 && second > 600),
        shop(1, 1, (_, _, second) -> second > 600),
        scene(12, 6).when((probe, _, second) -> probe == 3 && second > 300).run(2400),
        scene(12, 6).when((probe, _, second) -> probe % 6 == 2 && second > 600).run(2400),
        scene(12, 6).silentFrom(600).run(2400),
        scene(12, 6).silentFrom(600).butFor(8).run(2400),
        scene(12, 6).seeing((_, _, second) -> second > 600 ? SLOW : Outcome.up()).run(1800),
        scene(1, 1).seeing((_, _, _) -> VAGUE).run(1200),
        scene(1, 1).silentFrom(600).run(2400),
        scene(2, 1).run(10));
  }

  private static Scene shop(int probes, int regions, Scene.Trouble trouble) {
    return scene(probes, regions)
        .when(
            (probe, target, second) -> target.equals("shop") && trouble.hits(probe, target, second))
        .run(1800);
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void nothingIsLeftInEnglish(Scene scene) {
    List<String> said = new ArrayList<>();
    Verdict verdict = scene.verdict("shop");
    said.addAll(reasons(verdict.why()));
    said.add(JAPANESE.core().of(verdict));
    for (Incident incident : scene.incidents()) {
      said.addAll(reasons(incident.why()));
      said.add(JAPANESE.core().of(incident));
    }
    assertThat(said)
        .allSatisfy(each -> assertThat(each).doesNotContainPattern(ENGLISH).isNotBlank());
  }

  private static List<String> reasons(Why why) {
    List<String> said = new ArrayList<>(List.of(JAPANESE.known(why.rule())));
    why.wouldChange().forEach(each -> said.add(JAPANESE.known(each)));
    why.explanations().forEach(each -> said.add(JAPANESE.core().explanation(each.name())));
    return said;
  }
}
