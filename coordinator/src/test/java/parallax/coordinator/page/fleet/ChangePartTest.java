package parallax.coordinator.page.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parallax.config.Configuration;
import parallax.config.target.Target;
import parallax.coordinator.configuration.change.Change;
import parallax.coordinator.page.Assets;
import parallax.coordinator.page.Frame;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.view.ConfigurationStatus;

final class ChangePartTest {
  private static final ConfigurationStatus FIRST =
      new ConfigurationStatus(
          Examples.configuration("r1", Examples.target("shop"), Examples.target("wiki")),
          Examples.NOON,
          Examples.NOON,
          List.of());

  private static String page(ConfigurationStatus status) {
    return new ConfigurationPage(new Frame(new Assets(), "1")).render(status, List.of());
  }

  private static ConfigurationStatus after(Configuration next) {
    return FIRST.followedBy(next, Optional.empty(), Examples.NOON.plusSeconds(60));
  }

  @Test
  void ofTheFirstItIsNotKnownWhatItChanged() {
    assertThat(page(FIRST)).contains("not known</span>: it is the first");
  }

  @Test
  void whatComesAndGoesIsShownAndSecretsAreNot() {
    ConfigurationStatus next =
        after(Examples.telling("r2", "https://hook.example/s3cret", Examples.target("shop")));
    assertThat(page(next))
        .contains("From revision r1 to r2", "0 added, 1 removed", "\u2212 removed", "wiki")
        .contains("receivers.hook")
        .doesNotContain("s3cret");
    ConfigurationStatus other =
        next.followedBy(
            Examples.telling("r3", "https://hook.example/0ther", Examples.target("shop")),
            Optional.empty(),
            Examples.NOON);
    assertThat(page(other))
        .contains("a secret</td>", "another one</td>")
        .doesNotContain("s3cret", "0ther");
  }

  @Test
  void whatIsOnlyReadAgainIsNoChange() {
    ConfigurationStatus next = after(Examples.configuration("r2", Examples.target("shop")));
    ConfigurationStatus again =
        next.followedBy(next.configuration(), Optional.empty(), Examples.NOON);
    assertThat(again.change()).isEqualTo(next.change()).isPresent();
  }

  @Test
  void whatWaitsIsShownUntilSomethingElseComes() {
    Configuration wanted = Examples.configuration("r2", Examples.target("shop"));
    Change change = Change.between(FIRST.configuration(), wanted);
    ConfigurationStatus held = FIRST.refusing(List.of(), Optional.of(change), Examples.NOON);
    assertThat(page(held)).contains("What waits would change", "From revision r1 to r2");
    ConfigurationStatus taken = held.followedBy(wanted, Optional.empty(), Examples.NOON);
    assertThat(page(taken)).doesNotContain("What waits").contains("What it changed");
    assertThat(held.refusing(List.of(), Optional.empty(), Examples.NOON).waiting()).isEmpty();
  }

  @Test
  void tenThousandNewTargetsAreBounded() {
    Target[] many =
        IntStream.range(0, 10_000)
            .mapToObj(number -> Examples.target("t" + number))
            .toArray(Target[]::new);
    String html = page(after(Examples.configuration("r2", many)));
    assertThat(html).contains("9998 added, 0 removed, 2 changed", "and 9800 more");
    assertThat(html.split("<tr>", -1)).hasSize(ChangePart.MAX_ROWS + 2);
  }
}
