package parallax.probe.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parallax.probe.registration.Registration.NotRegistered;
import parallax.probe.registration.Registration.RateLimited;
import parallax.probe.registration.Registration.Registered;
import parallax.probe.registration.Samples.Expected;
import parallax.probe.registration.date.RegistryDate;
import parallax.probe.registration.rdap.RdapReader;
import parallax.probe.registration.whois.WhoisReader;
import parallax.probe.registration.whois.table.WhoisTables;

/**
 * Five hundred stored answers of registries. A failure names its sample; the few where the origin's
 * expectation is held to be wrong stand in {@code disagreements.tsv}, each with its reason.
 */
final class SamplesTest {
  private static final double ENOUGH = 0.99;
  private static final int ISO_DATE_CHARS = 10;

  /** Lines between two cuts. */
  private static final int CUT_EVERY = 3;

  private final Samples samples = Samples.load();
  private final WhoisReader whois = new WhoisReader(WhoisTables.shipped());
  private final RdapReader rdap = new RdapReader();
  private final List<String> failures = new ArrayList<>();
  private int asserted;

  private Registration read(Expected row) {
    byte[] answer = samples.bytes(row.file());
    return row.rdap() ? rdap.read(answer) : whois.read(answer, row.tld());
  }

  private Optional<RegistrationFacts> facts(Expected row) {
    return read(row) instanceof Registered(RegistrationFacts facts)
        ? Optional.of(facts)
        : Optional.empty();
  }

  private void note(Expected row, boolean right, Object wanted, Object found) {
    asserted++;
    if (!right) {
      failures.add(row.file() + ": wanted " + wanted + ", found " + found);
    }
  }

  /** All that fails is known, and it is little. */
  private void judge(String what) throws IOException {
    SortedSet<String> known = disagreements(what);
    assertThat(failures.stream().filter(line -> !known.contains(line.split(": ", 2)[0]))).isEmpty();
    assertThat(1.0 - (double) failures.size() / asserted)
        .as("%d of %d %s fail: %s", failures.size(), asserted, what, failures)
        .isGreaterThanOrEqualTo(ENOUGH);
  }

  private static SortedSet<String> disagreements(String what) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    SamplesTest.class.getResourceAsStream(
                        "/parallax/probe/registration/disagreements.tsv")),
                StandardCharsets.UTF_8))) {
      SortedSet<String> files = new TreeSet<>();
      lines
          .lines()
          .map(line -> line.split("\t"))
          .filter(cells -> cells.length > 1 && cells[1].equals(what))
          .forEach(cells -> files.add(cells[0]));
      return files;
    }
  }

  @Test
  void itIsAlwaysToldWhetherANameIsRegistered() {
    for (Expected row : samples.expected()) {
      if (!row.registered().isEmpty()) {
        Registration read = read(row);
        boolean right =
            row.registered().equals("yes")
                ? read instanceof Registered
                : read instanceof NotRegistered;
        note(row, right, row.registered(), read);
      }
    }
    assertThat(asserted).isGreaterThan(480);
    assertThat(failures).isEmpty();
  }

  @Test
  void refusalsAreNeitherRegisteredNorFree() {
    for (Expected row : samples.expected()) {
      if (row.throttled()) {
        note(row, read(row) instanceof RateLimited, "rate limited", read(row));
      }
    }
    assertThat(asserted).isGreaterThan(10);
    assertThat(failures).isEmpty();
  }

  /** Terms of use come first in many answers, and speak of whatever there is. */
  @Test
  void anAnswerThatIsCutOffNeverMeansThatANameIsFree() {
    for (Expected row : samples.expected()) {
      if (row.registered().equals("yes") && !row.rdap()) {
        byte[] answer = samples.bytes(row.file());
        int lines = 0;
        for (int at = 0; at < answer.length; at++) {
          lines += answer[at] == '\n' ? 1 : 0;
          if (answer[at] == '\n' && lines % CUT_EVERY == 0) {
            Registration read = whois.read(Arrays.copyOf(answer, at + 1), row.tld());
            note(row, !(read instanceof NotRegistered), "anything but free", read);
          }
        }
      }
    }
    assertThat(asserted).isGreaterThan(4_000);
    assertThat(failures).isEmpty();
  }

  @Test
  void theEndOfTheRegistrationIsTold() throws IOException {
    for (Expected row : samples.expected()) {
      if (row.tellsExpiry()) {
        String found =
            facts(row)
                .flatMap(facts -> facts.dates().expiry().when())
                .map(SamplesTest::iso)
                .orElse("");
        boolean endOfTime = row.expires().equals("unrepresentable") && found.startsWith("+");
        note(row, endOfTime || found.equals(row.expires()), row.expires(), found);
      }
    }
    assertThat(asserted).isGreaterThan(340);
    judge("expires");
  }

  private static String iso(RegistryDate date) {
    String text = date.text();
    return text.substring(0, Math.min(ISO_DATE_CHARS, text.length()));
  }

  @Test
  void nameServersAreTold() throws IOException {
    for (Expected row : samples.expected()) {
      if (!row.nameServers().isEmpty()) {
        String found = facts(row).map(facts -> String.join(",", facts.nameServers())).orElse("");
        String wanted = row.nameServers().equals("-") ? "" : row.nameServers();
        note(row, found.equals(wanted), wanted, found);
      }
    }
    assertThat(asserted).isGreaterThan(380);
    judge("name servers");
  }

  /**
   * The origins spell statuses differently, and some keep the first word only: the letters before
   * any explanation count.
   */
  @Test
  void statusesAreTold() throws IOException {
    for (Expected row : samples.expected()) {
      for (String wanted : wantedStatuses(row)) {
        List<String> found =
            facts(row).stream()
                .flatMap(
                    facts ->
                        Stream.concat(facts.rawStatuses().stream(), facts.eppStatuses().stream()))
                .toList();
        boolean right =
            found.stream().anyMatch(status -> letters(status).startsWith(letters(wanted)));
        note(row, right, wanted, found);
      }
    }
    assertThat(asserted).isGreaterThan(300);
    judge("statuses");
  }

  @Test
  void noStatusIsToldThatIsNotThere() throws IOException {
    for (Expected row : samples.expected()) {
      List<String> wanted = wantedStatuses(row);
      if (!wanted.isEmpty()) {
        List<String> more =
            facts(row).map(RegistrationFacts::rawStatuses).orElse(List.of()).stream()
                .filter(
                    status ->
                        wanted.stream()
                            .noneMatch(known -> letters(status).startsWith(letters(known))))
                .toList();
        note(row, more.isEmpty(), wanted, more);
      }
    }
    assertThat(asserted).isGreaterThan(160);
    judge("no other status");
  }

  private static List<String> wantedStatuses(Expected row) {
    return row.statuses().isEmpty() ? List.of() : parts(row.statuses());
  }

  private static List<String> parts(String statuses) {
    return List.of(statuses.split("[;,]"));
  }

  private static String letters(String status) {
    return status
        .replaceAll("https?:.*|\\(.*| - .*|^status : ", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]", "");
  }

  /** Assumed zones differ, so that a day more or less is right too. */
  @Test
  void theOtherDatesAreToldWhereTheyAre() {
    for (Expected row : samples.expected()) {
      facts(row)
          .map(RegistrationFacts::dates)
          .ifPresent(
              dates -> {
                near(row, row.created(), dates.created());
                near(row, row.updated(), dates.updated());
              });
    }
    assertThat(asserted).isGreaterThan(380);
    assertThat(1.0 - (double) failures.size() / asserted).as("%s", failures).isGreaterThan(0.98);
  }

  private void near(Expected row, String wanted, Optional<RegistryDate> found) {
    if (!wanted.isEmpty()) {
      boolean right =
          found
              .map(date -> ChronoUnit.DAYS.between(LocalDate.parse(wanted), date.day()))
              .filter(days -> Math.abs(days) <= 1)
              .isPresent();
      note(row, right, wanted, found);
    }
  }
}
