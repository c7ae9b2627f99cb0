package parallax.deploy.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.deploy.probe.WebRoot.Asked;

final class WebRootTest {
  private static WebRoot of(@Nullable String external, @Nullable String route) {
    return WebRoot.of(Optional.ofNullable(external), Optional.ofNullable(route));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                                    |        | /
          https://example.com       |        | /
          https://example.com/      |        | /
          https://example.com/blackbox | | /blackbox/
          https://example.com/a/b/  |        | /a/b/
          /only-a-path              |        | /only-a-path/
          https://example.com/a     | b/c    | /b/c/
          https://example.com/a     | /      | /
                                    | /b/    | /b/
          """)
  void thePrefixIsWhatIsSaidOrThePathFromOutside(
      @Nullable String external, @Nullable String route, String prefix) {
    assertThat(of(external, route).prefix()).isEqualTo(prefix);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://example.com/", "nonsense", "https://", "http://[bad", "a b"})
  void whatIsNoUrlIsRefused(String external) {
    assertThatThrownBy(() -> of(external, null)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\r\nX: y", "a//b", "a?b", "ü"})
  void whatIsNoPathIsRefused(String route) {
    assertThatThrownBy(() -> of(null, route)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pagesAreUnderThePrefixAlone() {
    WebRoot root = of("https://example.com/blackbox", null);
    assertThat(root.asked("/blackbox/probe")).isEqualTo(new Asked.Page("/probe"));
    assertThat(root.asked("/blackbox/")).isEqualTo(new Asked.Page("/"));
    assertThat(root.asked("/blackbox")).isEqualTo(new Asked.Elsewhere("/blackbox/"));
    assertThat(root.asked("/")).isEqualTo(new Asked.Elsewhere("https://example.com/blackbox"));
    assertThat(root.asked("/probe")).isEqualTo(new Asked.Nothing());
    assertThat(root.asked("/blackboxes")).isEqualTo(new Asked.Nothing());
    assertThat(root.asked("")).isEqualTo(new Asked.Nothing());
    assertThat(root.at("http://127.0.0.1:9115/")).isEqualTo("http://127.0.0.1:9115/blackbox/");
  }

  @Test
  void withoutAPrefixNothingChanges() {
    assertThat(WebRoot.PLAIN.asked("/")).isEqualTo(new Asked.Page("/"));
    assertThat(WebRoot.PLAIN.asked("/metrics")).isEqualTo(new Asked.Page("/metrics"));
    assertThat(WebRoot.PLAIN.at("http://127.0.0.1:9115/")).isEqualTo("http://127.0.0.1:9115/");
  }
}
