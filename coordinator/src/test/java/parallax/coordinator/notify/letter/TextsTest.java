package parallax.coordinator.notify.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.coordinator.core.reading.Signature;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.notify.letter.Letter.Language;

final class TextsTest {
  private static final Texts ENGLISH = Texts.of(Language.ENGLISH);
  private static final Texts JAPANESE = Texts.of(Language.JAPANESE);

  @Test
  void bothLanguagesSayTheSameThings() {
    assertThat(JAPANESE.all().keySet()).isEqualTo(ENGLISH.all().keySet());
  }

  @Test
  void bothLanguagesHaveTheSameSlots() {
    ENGLISH
        .all()
        .forEach(
            (key, text) ->
                assertThat(slots(JAPANESE.all().getOrDefault(key, "")))
                    .as(key)
                    .isEqualTo(slots(text)));
  }

  @Test
  void everyConstantHasItsWords() {
    for (Texts texts : List.of(ENGLISH, JAPANESE)) {
      for (Reason reason : Reason.values()) {
        assertThat(texts.has("reason." + reason)).as(reason.name()).isTrue();
      }
      for (Layer layer : Layer.values()) {
        assertThat(texts.has("layer." + layer)).isTrue();
      }
      for (Scope scope : Scope.values()) {
        assertThat(texts.has("scope." + scope)).isTrue();
      }
      for (Signature signature : Signature.values()) {
        assertThat(texts.has("signature." + signature)).isTrue();
      }
      for (Vote.Ballot ballot : Vote.Ballot.values()) {
        assertThat(texts.has("vote." + ballot)).isTrue();
      }
      for (Letter.Occasion occasion : Letter.Occasion.values()) {
        assertThat(texts.has("occasion." + occasion)).isTrue();
      }
    }
  }

  @Test
  void englishWordsOfReasonsAreThoseOfTheTaxonomy() {
    for (Reason reason : Reason.values()) {
      assertThat(ENGLISH.say("reason." + reason)).isEqualTo(reason.text());
    }
    for (Signature signature : Signature.values()) {
      assertThat(ENGLISH.say("signature." + signature)).isEqualTo(signature.words());
    }
  }

  @Test
  void whatIsPutInIsNotLookedAtAgain() {
    Map<String, String> values = Map.of("first", "{more} $1 \\ {0} ${x}", "more", "{first}");
    assertThat(ENGLISH.say("who.more", values)).isEqualTo("{more} $1 \\ {0} ${x} and {first} more");
  }

  @Test
  void aSlotThatNothingFillsIsAMistake() {
    assertThatThrownBy(() -> ENGLISH.say("who.more")).hasMessageContaining("{first}");
    assertThatThrownBy(() -> ENGLISH.say("nonsense")).hasMessageContaining("nonsense");
  }

  private static SortedSet<String> slots(String text) {
    return new TreeSet<>(
        Pattern.compile("\\{[a-z]+}").matcher(text).results().map(MatchResult::group).toList());
  }
}
