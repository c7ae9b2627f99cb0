package parallax.probe.audit.gather;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.probe.audit.facts.DomainFacts.Lock;
import parallax.probe.registration.Expiry;
import parallax.probe.registration.RegistrationDates;
import parallax.probe.registration.RegistrationFacts;

final class RegistryRecordsTest {
  @ParameterizedTest(name = "{0}; {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          clientTransferProhibited                    |                | LOCKED
          client transfer prohibited                  |                | LOCKED
          serverTransferProhibited,ok                 |                | LOCKED
          clientTransferProhibited https://icann.org/epp#clientTransferProhibited | | LOCKED
          clientUpdateProhibited                      |                | OPEN
          ok                                          |                | OPEN
          active                                      |                | OPEN
          ok https://icann.org/epp#ok                 |                | OPEN
          pendingTransfer                             |                | OPEN
          Connected (2027/03/31)                      | AgentChangeLocked | LOCKED
          Connected (2027/03/31)                      |                | NOT_TOLD
          connect                                     |                | NOT_TOLD
                                                      |                | NOT_TOLD
          clientUpdateProhibited                      | clientUpdateProhibited | OPEN
          """)
  void aLockIsMissedOnlyWhereItsRegistryWouldTell(String statuses, String locks, Lock expected) {
    assertThat(RegistryRecords.lock(facts(words(statuses), words(locks)))).isEqualTo(expected);
  }

  private static List<String> words(String text) {
    return Optional.ofNullable(text).stream()
        .flatMap(all -> Arrays.stream(all.split(",")))
        .toList();
  }

  private static RegistrationFacts facts(List<String> statuses, List<String> locks) {
    return new RegistrationFacts(
        Optional.of("example.test"),
        new RegistrationDates(
            new Expiry.NotPublished(),
            new Expiry.NotPublished(),
            Optional.empty(),
            Optional.empty()),
        statuses,
        Optional.empty(),
        List.of(),
        locks,
        Optional.empty());
  }
}
