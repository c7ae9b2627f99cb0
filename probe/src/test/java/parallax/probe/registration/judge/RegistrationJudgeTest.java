package parallax.probe.registration.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.check.RegistrationSpec.RegistrationPolicy;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.probe.registration.Contact;
import parallax.probe.registration.Registration;
import parallax.probe.registration.rdap.RdapReader;
import parallax.probe.registration.whois.WhoisReader;
import parallax.probe.registration.whois.table.WhoisTables;

class RegistrationJudgeTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final Optional<Contact> CONTACT =
      Contact.of(Optional.empty(), Optional.of("abuse@registrar.example"));
  private static final Demand COM = demand("shop.com", "com", RegistrationPolicy.DEFAULT);
  private static final Demand OR_JP = demand("shop.or.jp", "or.jp", RegistrationPolicy.DEFAULT);
  private static final Demand JP = demand("shop.jp", "jp", RegistrationPolicy.DEFAULT);

  @ParameterizedTest
  @CsvSource({
    "client hold, REGISTRATION_CLIENT_HOLD, down",
    "serverHold, REGISTRATION_SERVER_HOLD, down",
    "redemption period, REGISTRATION_REDEMPTION, down",
    "pending delete, REGISTRATION_PENDING_DELETE, down",
    "inactive, REGISTRATION_NOT_DELEGATED, down",
    "pending transfer, REGISTRATION_STATUS_CHANGED, degraded",
    "something new, REGISTRATION_UNKNOWN_STATE, degraded",
  })
  void everyStateMeansWhatItMeans(String status, Reason reason, String label) {
    Outcome outcome = outcome(rdap(status, "2027-06-01"), COM, Delegated.NOT_TOLD, NOW);
    assertThat(outcome.label()).isEqualTo(label);
    assertThat(outcome.why().orElseThrow().reason()).isEqualTo(reason);
  }

  @Test
  void tellsWhomToTurnTo() {
    Outcome outcome = outcome(rdap("client hold", "2027-06-01"), COM, Delegated.GONE, NOW);
    assertThat(outcome.why().orElseThrow().detail())
        .isEqualTo("client hold; registrar Registrar Ltd (abuse@registrar.example)");
  }

  @Test
  void whatWasToldBeforeTheDelegationCameBackKeepsNobodyDown() {
    Outcome held = outcome(rdap("server hold", "2027-06-01"), COM, Delegated.BACK, NOW);
    assertThat(held.label()).isEqualTo("degraded");
    assertThat(reason(held)).isEqualTo(Reason.REGISTRATION_SERVER_HOLD);
    assertThat(held.why().orElseThrow().detail()).contains("before the parent zone delegated it");
    assertThat(outcome(rdap("active", "2027-06-01"), COM, Delegated.BACK, NOW))
        .isEqualTo(Outcome.up());
    assertThat(outcome(rdap("server hold", "2027-06-01"), COM, Delegated.THERE, NOW).label())
        .isEqualTo("down");
  }

  @Test
  void statesThatAreExpectedAreNotToldOf() {
    RegistrationPolicy policy = policy(Optional.empty(), Optional.empty(), "", "Pending-Transfer");
    assertThat(
            outcome(
                rdap("pending transfer", "2027-06-01"),
                demand("shop.com", "com", policy),
                Delegated.NOT_TOLD,
                NOW))
        .isEqualTo(Outcome.up());
  }

  @Test
  void missesALockThatIsDemanded() {
    RegistrationPolicy policy =
        policy(Optional.empty(), Optional.empty(), "clientTransferProhibited", "");
    Demand demand = demand("shop.com", "com", policy);
    assertThat(reason(outcome(rdap("active", "2027-06-01"), demand, Delegated.THERE, NOW)))
        .isEqualTo(Reason.REGISTRATION_LOCK_MISSING);
    assertThat(
            outcome(rdap("client transfer prohibited", "2027-06-01"), demand, Delegated.THERE, NOW))
        .isEqualTo(Outcome.up());
  }

  /**
   * On a Tuesday, 45 and a half days before the Saturday, 2026-04-18, that is moved to a Friday.
   */
  @ParameterizedTest
  @CsvSource({
    "2027-03-02, up",
    "2026-04-18, degraded",
    "2026-04-21, up",
    "2026-03-10, down",
    "2026-03-13, degraded",
    "2026-03-04, down",
  })
  void warnsOfAnEndBeforeTheLastWorkingDay(String expiry, String label) {
    Instant tuesday = NOW.plus(Duration.ofDays(1));
    assertThat(outcome(rdap("active", expiry), COM, Delegated.THERE, tuesday).label())
        .isEqualTo(label);
  }

  @Test
  void namesTheWorkingDayByWhichToRenew() {
    Instant tuesday = NOW.plus(Duration.ofDays(1));
    Outcome outcome = outcome(rdap("active", "2026-04-18"), COM, Delegated.THERE, tuesday);
    assertThat(outcome.why().orElseThrow().detail())
        .isEqualTo(
            "ends 2026-04-18T00:00:00Z (registry), a Saturday without office hours: the registry's"
                + " last working day before it is Friday 2026-04-17; 44 days left");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-03-06 | 2026-03-06
          2026-03-07 | 2026-03-07, a Saturday without office hours: the registry's last working \
          day before it is Friday 2026-03-06
          2026-03-20 | 2026-03-20, a Friday without office hours: the registry's last working \
          day before it is Thursday 2026-03-19
          2026-05-06 | 2026-05-06, a Wednesday without office hours: the registry's last working \
          day before it is Friday 2026-05-01
          """)
  void saysThatTheOfficeIsClosedOnTheDayItself(LocalDate until, String words) {
    RegistrationPolicy policy = policy(Optional.empty(), Optional.of(until), "", "");
    Outcome outcome =
        outcome(
            orJp("Connected (2026/11/30)", "2025/09/07"),
            demand("shop.or.jp", "or.jp", policy),
            Delegated.THERE,
            Instant.parse("2026-03-05T12:00:00Z"));
    assertThat(outcome.why().orElseThrow().detail())
        .startsWith("to be made a full one by " + words + "; within ");
  }

  @Test
  void callsExpiredOnlyWhatWasToldAfterTheEnd() {
    Registration ended = rdap("active", "2026-03-01");
    assertThat(reason(outcome(ended, COM, Delegated.THERE, NOW)))
        .isEqualTo(Reason.REGISTRATION_EXPIRED);
    Knowledge before =
        Knowledge.NONE.after(ended, "rdap.example", CONTACT, Instant.parse("2026-02-28T12:00:00Z"));
    assertThat(
            reason(
                RegistrationJudge.judge(
                        before, COM, Delegated.THERE, Instant.parse("2026-03-01T12:00:00Z"))
                    .outcome()))
        .isEqualTo(Reason.REGISTRATION_EXPIRES_SOON);
  }

  @Test
  void whatCannotBeLearntIsNeverExpired() {
    Knowledge good =
        Knowledge.NONE.after(rdap("active", "2026-03-04"), "rdap.example", CONTACT, NOW);
    for (Registration trouble :
        new Registration[] {
          new Registration.RateLimited("429"),
          new Registration.NotParsed("html"),
          new Registration.Unavailable("503")
        }) {
      Knowledge after = good.after(trouble, "rdap.example", Optional.empty(), NOW.plusSeconds(60));
      Instant late = NOW.plus(Duration.ofDays(4));
      Outcome outcome = RegistrationJudge.judge(after, COM, Delegated.GONE, late).outcome();
      assertThat(outcome.label()).isEqualTo("inconclusive");
      assertThat(reason(outcome)).isEqualTo(Reason.REGISTRATION_STALE);
      assertThat(
              RegistrationJudge.judge(
                      Knowledge.NONE.after(trouble, "x", Optional.empty(), NOW),
                      COM,
                      Delegated.GONE,
                      NOW)
                  .outcome()
                  .label())
          .isEqualTo("inconclusive");
    }
  }

  @Test
  void aSelfRenewingRegistrysMonthEndIsNoAlarm() {
    assertThat(outcome(jprs("Active", "2026/03/31"), JP, Delegated.THERE, NOW))
        .isEqualTo(Outcome.up());
    assertThat(outcome(jprs("Active", "2026/02/28"), JP, Delegated.THERE, NOW))
        .isEqualTo(Outcome.up());
  }

  @Test
  void aCancelledJapaneseNameIsAnAlarmAndItsMonthEndToo() {
    Outcome outcome = outcome(jprs("To be suspended", "2026/03/31"), JP, Delegated.THERE, NOW);
    assertThat(reason(outcome)).isEqualTo(Reason.REGISTRATION_TO_BE_SUSPENDED);
    assertThat(reason(outcome(jprs("Suspended", "2026/03/31"), JP, Delegated.GONE, NOW)))
        .isEqualTo(Reason.REGISTRATION_SUSPENDED);
  }

  /** Registered on 2025-11-20: the term of six months ends on 2026-05-20, a Wednesday. */
  @ParameterizedTest
  @CsvSource({
    "2026-03-02T12:00:00Z, up",
    "2026-03-21T12:00:00Z, degraded",
    "2026-05-18T12:00:00Z, degraded",
    "2026-05-25T12:00:00Z, degraded",
    "2026-06-25T12:00:00Z, up",
  })
  void aYoungOrJpNameMayBeProvisional(Instant now, String label) {
    Registration answer = orJp("Connected (2026/11/30)", "2025/11/20");
    assertThat(outcome(answer, OR_JP, Delegated.THERE, now).label()).isEqualTo(label);
  }

  @Test
  void aProvisionalRegistrationEndsOnTheWorkingDayBefore() {
    RegistrationPolicy policy =
        policy(Optional.empty(), Optional.of(LocalDate.of(2026, 3, 7)), "", "");
    Outcome outcome =
        outcome(
            orJp("Connected (2026/11/30)", "2025/09/07"),
            demand("shop.or.jp", "or.jp", policy),
            Delegated.THERE,
            Instant.parse("2026-03-03T12:00:00Z"));
    assertThat(outcome.label()).isEqualTo("down");
    assertThat(outcome.why().orElseThrow().detail())
        .isEqualTo(
            "to be made a full one by 2026-03-07, a Saturday without office hours: the registry's"
                + " last working day before it is Friday 2026-03-06; within 3 days");
  }

  @Test
  void aRenewalThatNobodyPaidForIsFoundOut() {
    Registration paid = rdap("auto renew period", "2027-03-01", "2026-04-01T00:00:00Z");
    Registration unpaid = rdap("auto renew period", "2027-03-01", "2026-03-01T00:00:00Z");
    assertThat(outcome(unpaid, COM, Delegated.THERE, NOW).label()).isEqualTo("down");
    assertThat(
            RegistrationJudge.judge(
                    Knowledge.NONE.after(unpaid, "r", CONTACT, NOW), COM, Delegated.THERE, NOW)
                .says(Reason.REGISTRATION_RENEWAL_UNPAID))
        .isTrue();
    assertThat(reason(outcome(paid, COM, Delegated.THERE, NOW)))
        .isEqualTo(Reason.REGISTRATION_EXPIRES_SOON);
  }

  @Test
  void changesAreToldOfForADay() {
    Knowledge known =
        Knowledge.NONE
            .after(rdap("client transfer prohibited", "2027-06-01"), "rdap.example", CONTACT, NOW)
            .after(rdap("active", "2027-06-01"), "rdap.example", CONTACT, NOW.plusSeconds(3600));
    assertThat(
            reason(
                RegistrationJudge.judge(known, COM, Delegated.THERE, NOW.plusSeconds(7200))
                    .outcome()))
        .isEqualTo(Reason.REGISTRATION_LOCK_MISSING);
    assertThat(
            RegistrationJudge.judge(
                    known, COM, Delegated.THERE, NOW.plusSeconds(3600).plus(Duration.ofHours(24)))
                .outcome())
        .isEqualTo(Outcome.up());
  }

  @Test
  void aNameThatIsSaidToBeFreeNeedsASecondWitness() {
    Registration free = new Registration.NotRegistered("404");
    Knowledge once = Knowledge.NONE.after(free, "rdap.example", Optional.empty(), NOW);
    Knowledge again = once.after(free, "rdap.example", Optional.empty(), NOW.plusSeconds(1));
    Knowledge twice = once.after(free, "rdap.example", Optional.empty(), NOW.plusSeconds(300));
    assertThat(judged(once, Delegated.NOT_TOLD)).isEqualTo(Reason.REGISTRATION_UNCONFIRMED);
    assertThat(judged(again, Delegated.NOT_TOLD)).isEqualTo(Reason.REGISTRATION_UNCONFIRMED);
    assertThat(judged(twice, Delegated.NOT_TOLD)).isEqualTo(Reason.REGISTRATION_ABSENT);
    assertThat(judged(once, Delegated.GONE)).isEqualTo(Reason.REGISTRATION_ABSENT);
    assertThat(judged(twice, Delegated.THERE)).isEqualTo(Reason.REGISTRATION_UNCONFIRMED);
  }

  @Test
  void joinsWhatTheParentZoneAndTheRegistrySay() {
    Knowledge fine = Knowledge.NONE.after(rdap("active", "2027-06-01"), "r", CONTACT, NOW);
    Knowledge held = Knowledge.NONE.after(rdap("server hold", "2027-06-01"), "r", CONTACT, NOW);
    Knowledge ended =
        Knowledge.NONE
            .after(rdap("active", "2026-03-01"), "r", CONTACT, NOW.minusSeconds(999_999))
            .after(new Registration.NotRegistered("404"), "r", Optional.empty(), NOW);
    assertThat(JoinedCause.of(fine, COM, NOW).orElseThrow().reason())
        .isEqualTo(Reason.REGISTRATION_SUSPENDED);
    assertThat(JoinedCause.of(held, COM, NOW).orElseThrow().reason())
        .isEqualTo(Reason.REGISTRATION_SERVER_HOLD);
    assertThat(JoinedCause.of(ended, COM, NOW).orElseThrow().reason())
        .isEqualTo(Reason.REGISTRATION_EXPIRED);
    assertThat(JoinedCause.of(Knowledge.NONE, COM, NOW)).isEmpty();
    assertThat(
            RegistrationJudge.judge(fine, COM, Delegated.GONE, NOW)
                .says(Reason.REGISTRATION_SUSPENDED))
        .isTrue();
  }

  private static Reason judged(Knowledge known, Delegated delegated) {
    return reason(RegistrationJudge.judge(known, COM, delegated, NOW.plusSeconds(600)).outcome());
  }

  private static Reason reason(Outcome outcome) {
    return outcome.why().orElseThrow().reason();
  }

  private static Outcome outcome(
      Registration answer, Demand demand, Delegated delegated, Instant now) {
    Knowledge known = Knowledge.NONE.after(answer, "rdap.example", CONTACT, now);
    return RegistrationJudge.judge(known, demand, delegated, now).outcome();
  }

  private static Demand demand(String domain, String suffix, RegistrationPolicy policy) {
    return new Demand(domain, suffix, policy);
  }

  private static RegistrationPolicy policy(
      Optional<LocalDate> expires, Optional<LocalDate> provisional, String lock, String status) {
    TreeSet<String> locks = new TreeSet<>();
    TreeSet<String> statuses = new TreeSet<>();
    if (!lock.isEmpty()) {
      locks.add(lock);
    }
    if (!status.isEmpty()) {
      statuses.add(status);
    }
    return new RegistrationPolicy(
        Duration.ofDays(45),
        Duration.ofDays(7),
        expires,
        provisional,
        locks,
        statuses,
        Optional.empty(),
        Optional.empty());
  }

  private static Registration rdap(String status, String expiry) {
    return rdap(status, expiry, "");
  }

  private static Registration rdap(String status, String expiry, String paidUntil) {
    String paid =
        paidUntil.isEmpty()
            ? ""
            : ",{\"eventAction\":\"registrar expiration\",\"eventDate\":\"" + paidUntil + "\"}";
    String json =
        """
        {"objectClassName":"domain","ldhName":"shop.com","status":["%s"],
         "nameservers":[{"ldhName":"ns1.example.net"},{"ldhName":"ns2.example.net"}],
         "entities":[{"roles":["registrar"],"handle":"Registrar Ltd"}],
         "events":[{"eventAction":"expiration","eventDate":"%sT00:00:00Z"}%s]}
        """
            .formatted(status, expiry, paid);
    return new RdapReader().read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Registration jprs(String status, String expires) {
    return whois(
        """
        Domain Information:
        [Domain Name]                   SHOP.JP
        [Registrant]                    Shop
        [Name Server]                   ns1.example.net
        [Name Server]                   ns2.example.net
        [Created on]                    2001/03/05
        [Expires on]                    %s
        [Status]                        %s
        [Last Updated]                  2025/04/01 01:05:08 (JST)
        """
            .formatted(expires, status),
        "jp");
  }

  private static Registration orJp(String state, String registered) {
    return whois(
        """
        Domain Information:
        a. [Domain Name]                SHOP.OR.JP
        g. [Organization]               Shop
        p. [Name Server]                ns1.example.net
        p. [Name Server]                ns2.example.net
        [State]                         %s
        [Registered Date]               %s
        [Connected Date]                %s
        [Last Update]                   2025/12/01 01:05:08 (JST)
        """
            .formatted(state, registered, registered),
        "or.jp");
  }

  private static Registration whois(String text, String suffix) {
    return new WhoisReader(WhoisTables.shipped())
        .read(text.getBytes(StandardCharsets.UTF_8), suffix);
  }
}
