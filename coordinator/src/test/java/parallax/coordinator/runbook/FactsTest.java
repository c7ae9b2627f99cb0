package parallax.coordinator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.notify.http.testing.Hostile;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;

final class FactsTest {
  private static Incident incident(List<TargetName> targets, String culprit) {
    Cause cause =
        new Cause(Optional.empty(), new Finding(Reason.CONNECTION_REFUSED, "detail"), culprit);
    return Judged.incident(
        "abc", targets, Scope.GLOBAL, cause, Examples.NOON, Examples.NOON, List.of());
  }

  @Test
  void aCommandIsToldWhatIsBrokenAndForWhom() {
    SortedMap<String, String> facts =
        Facts.of(
            incident(List.of(new TargetName("desk"), new TargetName("shop")), "cdn:fastly"),
            "shop-down",
            "restart",
            "f00",
            "alice (via oncall)");
    assertThat(facts)
        .containsEntry("PARALLAX_INCIDENT", "abc")
        .containsEntry("PARALLAX_RUNBOOK", "shop-down")
        .containsEntry("PARALLAX_ACTION", "restart")
        .containsEntry("PARALLAX_RUN", "f00")
        .containsEntry("PARALLAX_WHO", "alice _via oncall_")
        .containsEntry("PARALLAX_SCOPE", "GLOBAL")
        .containsEntry("PARALLAX_REASON", "CONNECTION_REFUSED")
        .containsEntry("PARALLAX_CULPRIT", "cdn:fastly")
        .containsEntry("PARALLAX_TARGETS", "desk shop")
        .containsEntry("PARALLAX_TARGET_COUNT", "2")
        .containsEntry("PARALLAX_OPENED", "2026-03-01T12:00:00Z");
    assertThat(facts.keySet()).allMatch(name -> name.startsWith("PARALLAX_"));
  }

  @Test
  void nothingThatAShellCaresAboutIsLeft() {
    for (String text : Hostile.TEXTS) {
      SortedMap<String, String> facts =
          Facts.of(incident(List.of(new TargetName("$(reboot)")), text), "b", "a", "r", text);
      assertThat(facts.values())
          .allMatch(value -> value.matches("[\\p{L}\\p{Nd} ._:/@,+=%-]*"))
          .noneMatch(value -> value.startsWith("-"));
      assertThat(facts).containsEntry("PARALLAX_TARGETS", "__reboot_");
    }
  }

  @Test
  void manyTargetsAreBounded() {
    List<TargetName> many =
        IntStream.range(0, 5_000).mapToObj(n -> new TargetName("t" + n)).toList();
    SortedMap<String, String> facts = Facts.of(incident(many, "cdn:x"), "b", "a", "r", "w");
    assertThat(String.valueOf(facts.get("PARALLAX_TARGETS")).split(" ")).hasSize(Facts.MAX_TARGETS);
    assertThat(facts).containsEntry("PARALLAX_TARGET_COUNT", "5000");
    List<TargetName> longest =
        IntStream.range(0, 100).mapToObj(n -> new TargetName("t".repeat(200) + n)).toList();
    assertThat(Facts.of(incident(longest, "cdn:x"), "b", "a", "r", "w").get("PARALLAX_TARGETS"))
        .hasSizeLessThanOrEqualTo(Facts.MAX_VALUE);
  }
}
