package parallax.coordinator.postmortem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notify.http.testing.Hostile;
import parallax.coordinator.store.Store;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;

final class MarkdownDraftTest {
  private static final Instant T0 = Examples.NOON;

  /**
   * What begins something in Markdown and has no backslash before it, once pairs are taken away.
   */
  private static final Pattern MARKUP =
      Pattern.compile("[`*_{}\\[\\]()<>#|~&!$\\\\]|@[A-Za-z]|(?i:www\\.)|[a-z]:[a-z/]|\\p{Cc}");

  static Stream<String> texts() {
    return Hostile.TEXTS.stream();
  }

  private static Draft draft(String hostile) {
    Finding finding = new Finding(Reason.CONNECTION_REFUSED, hostile);
    Cause cause = new Cause(Optional.of(Layer.TCP), finding, "target:shop");
    Incident incident =
        Judged.incident(
            "abc",
            List.of(Examples.target("shop").name()),
            Scope.UNCONFIRMED,
            cause,
            T0,
            T0,
            List.of(Examples.evidence("shop", new Outcome.Down(finding), T0)));
    List<Entry> entries =
        List.of(
            new Entry(1, incident.id(), T0, hostile, new Happening.Note(hostile)),
            new Entry(2, incident.id(), T0, "eve", new Happening.Acknowledged("a\n" + hostile)),
            new Entry(3, incident.id(), T0, "eve", new Happening.Action(hostile, hostile)));
    Store.Delivery failed =
        new Store.Delivery(
            "k",
            Notice.Kind.OPENED,
            "ops",
            incident,
            Notice.Along.NOTHING,
            T0,
            1,
            Optional.empty(),
            Optional.of(hostile),
            true);
    return Draft.of(
        new Timeline.Sources(incident, entries, List.of(failed), _ -> List.of()),
        T0.plusSeconds(60));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void whatComesFromOutsideIsTextAndNothingElse(String hostile) {
    List<String> plain = MarkdownDraft.of(draft("harmless")).lines().toList();
    for (String line : MarkdownDraft.of(draft(hostile)).lines().toList()) {
      List<String> known = new ArrayList<>(plain);
      if (known.contains(line) || line.isEmpty()) {
        continue;
      }
      String text = line.replaceFirst("^(# |- \\*\\*[A-Z][a-z ]+\\*\\*: |- |  > )", "");
      String left = text.replaceAll("\\\\[\\p{Punct}]", "").replaceFirst("  $", "");
      assertThat(MARKUP.matcher(left).find()).as(line).isFalse();
      assertThat(text).as(line).doesNotMatch("([-+=]|[0-9]+[.)]).*");
      assertThat(left)
          .doesNotContainPattern(
              "[\u202a-\u202e\u2066-\u2069\u200b\ufeff\ud800-\udfff&&[^\\p{So}]]");
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void theFormStaysWhatItIs(String hostile) {
    assertThat(heads(MarkdownDraft.of(draft(hostile))))
        .isEqualTo(heads(MarkdownDraft.of(draft("harmless"))));
  }

  private static List<String> heads(String markdown) {
    return markdown.lines().filter(line -> line.startsWith("##")).toList();
  }
}
