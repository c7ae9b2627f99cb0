package parallax.probe.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import parallax.probe.registration.Registration.NotRegistered;
import parallax.probe.registration.Registration.Registered;
import parallax.probe.registration.date.RegistryDate;
import parallax.probe.registration.whois.WhoisReader;
import parallax.probe.registration.whois.table.WhoisTables;

/** How registries of the world lay out their answers, with invented names: {@code layouts.txt}. */
final class LayoutsTest {
  private static final Pattern HEAD = Pattern.compile("(?m)^== ");
  private static final int CELLS = 6;
  private static final int ISO_DATE_CHARS = 10;

  private final WhoisReader reader = new WhoisReader(WhoisTables.shipped());

  @TestFactory
  Stream<DynamicTest> everyLayoutIsRead() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(LayoutsTest.class.getResourceAsStream("layouts.txt"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<String> layouts = HEAD.splitAsStream(text).skip(1).toList();
      assertThat(layouts).hasSizeGreaterThan(100);
      return layouts.stream()
          .map(
              layout ->
                  DynamicTest.dynamicTest(
                      layout.lines().limit(2).toList().toString(), () -> judge(layout)));
    }
  }

  private void judge(String layout) {
    String head = layout.lines().findFirst().orElseThrow();
    List<String> cells = Stream.of(head.split("\\|", -1)).map(String::strip).toList();
    assertThat(cells).hasSize(CELLS);
    String body = layout.substring(head.length() + 1);
    Registration read = reader.read(body.getBytes(StandardCharsets.UTF_8), cells.getFirst());
    String registered =
        switch (read) {
          case Registered _ -> "yes";
          case NotRegistered _ -> "no";
          default -> "";
        };
    assertThat(registered).as("%s", read).isEqualTo(cells.get(1));
    if (read instanceof Registered(RegistrationFacts facts)) {
      Optional<String> expires =
          facts
              .dates()
              .expiry()
              .when()
              .map(RegistryDate::text)
              .map(text -> text.substring(0, ISO_DATE_CHARS));
      assertThat(expires.orElse("")).isEqualTo(cells.get(2));
      assertThat(String.join(",", facts.eppStatuses())).isEqualTo(cells.get(3));
      assertThat(String.join(",", facts.nameServers())).isEqualTo(cells.get(4));
      assertThat(facts.registrar().orElse("")).isEqualTo(cells.get(5));
    }
  }
}
