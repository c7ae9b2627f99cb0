package parallax.probe.registration.whois;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.registration.Expiry;
import parallax.probe.registration.Registration;
import parallax.probe.registration.Registration.NotRegistered;
import parallax.probe.registration.Registration.Registered;
import parallax.probe.registration.RegistrationFacts;
import parallax.probe.registration.calendar.WorkingDays;
import parallax.probe.registration.status.DomainState;
import parallax.probe.registration.whois.table.WhoisTables;

final class JprsTest {
  private static final String JAPANESE =
      """
      Domain Information: [ドメイン情報]
      a. [ドメイン名]                 REIDAI-KUMIAI.OR.JP
      g. [Organization]               Reidai Business Cooperative
      p. [ネームサーバ]               ns1.dns.example
      p. [ネームサーバ]               ns2.dns.example
      [状態]                          Connected (2027/03/31)
      [登録年月日]                    2026/05/15
      [接続年月日]                    2026/05/15
      [最終更新]                      2026/05/15 10:12:01 (JST)
      """;

  @ParameterizedTest
  @ValueSource(strings = {"ISO-2022-JP", "UTF-8", "EUC-JP"})
  void anOrganisationalNameEndsOnTheDateBesideItsState(String charset) {
    RegistrationFacts facts = facts(JAPANESE.getBytes(Charset.forName(charset)));
    assertThat(facts.dates().expiry().when())
        .get()
        .satisfies(
            date -> {
              assertThat(date.day()).isEqualTo(LocalDate.of(2027, 3, 31));
              assertThat(date.earliest()).isEqualTo(Instant.parse("2027-03-30T15:00:00Z"));
            });
    assertThat(facts.nameServers()).containsExactly("ns1.dns.example", "ns2.dns.example");
    assertThat(facts.rawStatuses()).containsExactly("Connected");
    assertThat(facts.states()).containsExactly(DomainState.OK);
  }

  @Test
  void whatMayBeProvisionalIsMarkedWithTheDayTheTermBegan() {
    RegistrationFacts facts = facts(JAPANESE.getBytes(StandardCharsets.UTF_8));
    assertThat(facts.provisional())
        .get()
        .satisfies(
            hint -> {
              assertThat(hint.told()).isFalse();
              assertThat(hint.registered().day()).isEqualTo(LocalDate.of(2026, 5, 15));
              assertThat(hint.assumedDeadline()).isEqualTo(LocalDate.of(2026, 11, 15));
              // A Sunday: the last working day before it is the Friday.
              assertThat(WorkingDays.shipped().lastWorkingDayBy(hint.assumedDeadline(), "or.jp"))
                  .isEqualTo(LocalDate.of(2026, 11, 13));
            });
    String told = JAPANESE + "[仮登録]\n";
    assertThat(facts(told.getBytes(StandardCharsets.UTF_8)).provisional())
        .hasValueSatisfying(hint -> assertThat(hint.told()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Deleted", "Suspended"})
  void afterItsEndTheDateIsNotAnExpiry(String state) {
    RegistrationFacts facts =
        facts(JAPANESE.replace("Connected", state).getBytes(StandardCharsets.UTF_8));
    assertThat(facts.dates().expiry()).isEqualTo(new Expiry.NotPublished());
    assertThat(facts.rawStatuses()).containsExactly(state);
  }

  @Test
  void aGeneralNameHasItsOwnExpiryAndLocks() {
    String answer =
        """
        [Domain Name]                   REIDAI.JP
        [Name Server]                   ns1.dns.example
        [Created on]                    2019/04/01
        [Expires on]                    2027/03/31
        [Status]                        To be suspended
        [Lock Status]                   DomainTransferLocked
        [Last Updated]                  2026/04/01 01:05:09 (JST)
        """;
    RegistrationFacts facts = facts(answer.getBytes(StandardCharsets.UTF_8));
    assertThat(facts.dates().expiry().when())
        .get()
        .satisfies(date -> assertThat(date.text()).isEqualTo("2027-03-31"));
    assertThat(facts.states()).containsExactly(DomainState.TO_BE_SUSPENDED);
    assertThat(facts.locks()).containsExactly("DomainTransferLocked");
    assertThat(facts.provisional()).isEmpty();
  }

  @Test
  void noMatchIsNotRegistered() {
    byte[] answer = "[ JPRS database provides ]\n\nNo match!!\n".getBytes(StandardCharsets.UTF_8);
    assertThat(read(answer)).isInstanceOf(NotRegistered.class);
  }

  private static Registration read(byte[] answer) {
    return new WhoisReader(WhoisTables.shipped()).read(answer, "or.jp");
  }

  private static RegistrationFacts facts(byte[] answer) {
    assertThat(read(answer)).isInstanceOf(Registered.class);
    return ((Registered) read(answer)).facts();
  }
}
