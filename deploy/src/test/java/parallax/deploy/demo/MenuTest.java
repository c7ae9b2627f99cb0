package parallax.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.deploy.demo.story.Stories;
import parallax.deploy.demo.story.Story;

final class MenuTest {
  private final Menu menu = new Menu(Stories.ALL);

  @ParameterizedTest
  @CsvSource({"1, facebook", "' 2 ', notion", "FASTLY, fastly", "region, region", "6, certificate"})
  void aStoryIsChosenByItsNumberOrItsName(String typed, String name) {
    assertThat(menu.read(typed))
        .isEqualTo(new Menu.Choice.Begin(Stories.named(name).orElseThrow()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "7", "99", "999", "facebok", "-1", "m m"})
  void whatThereIsNotIsSaid(String typed) {
    assertThat(menu.read(typed)).isEqualTo(new Menu.Choice.Unknown(typed));
  }

  @Test
  void whatIsTypedCannotMoveTheCursor() {
    assertThat(menu.read("a\u001b[2J")).isEqualTo(new Menu.Choice.Unknown("a?[2J"));
    assertThat(menu.read("x".repeat(1_000))).isEqualTo(new Menu.Choice.Unknown("x".repeat(40)));
  }

  @Test
  void theRestIsALetter() {
    assertThat(menu.read("m")).isInstanceOf(Menu.Choice.Mend.class);
    assertThat(menu.read("Q")).isInstanceOf(Menu.Choice.Quit.class);
    assertThat(menu.read("")).isInstanceOf(Menu.Choice.Show.class);
  }

  @Test
  void everyStoryHasALine() {
    for (Story story : Stories.ALL) {
      assertThat(menu.lines()).anyMatch(line -> line.contains(story.name() + " "));
    }
  }
}
