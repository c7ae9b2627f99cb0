package parallax.probe.registration.rdap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.registration.Expiry;
import parallax.probe.registration.Limits;
import parallax.probe.registration.Registration;
import parallax.probe.registration.Registration.NotParsed;
import parallax.probe.registration.Registration.RateLimited;
import parallax.probe.registration.Registration.Registered;
import parallax.probe.registration.RegistrationFacts;
import parallax.probe.registration.date.RegistryDate.Moment;

final class RdapReaderTest {
  private static final String DOMAIN =
      """
      {"objectClassName": "domain", "ldhName": "REIDAI.EXAMPLE.",
       "status": ["server hold", "clientTransferProhibited", "something new"],
       "events": [
         {"eventAction": "registration", "eventDate": "2018-03-01T10:00:00.000+0900"},
         {"eventAction": "registrar expiration", "eventDate": "2026-03-01T10:00:00Z"},
         {"eventAction": "expiration", "eventDate": "2027-03-01T00:30:00.123456+09:00"}],
       "nameservers": [{"ldhName": "NS2.dns.example."}, {"unicodeName": "ns1.例え.example"},
                       {"ldhName": "NS2.DNS.EXAMPLE"}, {"ldhName": 7}, "ns3.dns.example"],
       "entities": [
         {"roles": ["technical"], "vcardArray": ["vcard", [["fn", {}, "text", "Somebody"]]]},
         {"roles": ["registrar"], "handle": "1",
          "vcardArray": ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Reidai"]]]}]}
      """;

  @Test
  void aDomainIsReadWithWhatIsToldOfIt() {
    RegistrationFacts facts = facts(DOMAIN);
    assertThat(facts.name()).contains("reidai.example");
    assertThat(facts.eppStatuses()).containsExactly("clientTransferProhibited", "serverHold");
    assertThat(facts.rawStatuses()).hasSize(3);
    assertThat(facts.locks()).containsExactly("clientTransferProhibited");
    assertThat(facts.registrar()).contains("Reidai");
    assertThat(facts.nameServers())
        .containsExactly("ns1.xn--r8jz45g.example", "ns2.dns.example", "ns3.dns.example");
  }

  @Test
  void theDatesOfRegistryAndRegistrarStayApart() {
    RegistrationFacts facts = facts(DOMAIN);
    assertThat(facts.dates().registryExpiry().when())
        .contains(new Moment(Instant.parse("2027-02-28T15:30:00.123456Z")));
    assertThat(facts.dates().registrarExpiry().when())
        .contains(new Moment(Instant.parse("2026-03-01T10:00:00Z")));
    assertThat(facts.dates().expiry()).isEqualTo(facts.dates().registryExpiry());
  }

  @Test
  void anExpiryThatIsNotToldIsNotPublishedAndGarbageIsUnreadable() {
    assertThat(facts(DOMAIN.replace("\"expiration\"", "\"other\"")).dates().registryExpiry())
        .isEqualTo(new Expiry.NotPublished());
    assertThat(
            facts(DOMAIN.replace("2027-03-01T00:30:00.123456+09:00", "next week, 1st"))
                .dates()
                .registryExpiry())
        .isInstanceOf(Expiry.Unreadable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "404, Not Found,              NotRegistered",
    "429, Too Many Requests,      RateLimited",
    "403, Forbidden,              RateLimited",
    "401, Quota exceeded (31/30), RateLimited",
    "400, Bad request,            NotParsed",
    "501, Not implemented,        Unavailable",
    "503, Service unavailable,    Unavailable",
  })
  void errorsAreToldApart(int code, String title, String outcome) {
    String answer = "{\"errorCode\": " + code + ", \"title\": \"" + title + "\"}";
    assertThat(read(answer).getClass().getSimpleName()).isEqualTo(outcome);
  }

  @Test
  void aNoticeOfAQuotaIsARefusal() {
    assertThat(read("{\"notices\": {\"title\": \"Quota\", \"description\": [\"exceeded\"]}}"))
        .isInstanceOf(RateLimited.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "[]", "7", "null", "{}", "<html>", "{\"objectClassName\": \"entity\"}"})
  void otherAnswersAreNotParsed(String answer) {
    assertThat(read(answer)).isInstanceOf(NotParsed.class);
  }

  @Test
  void depthLengthAndListsAreBounded() {
    assertThat(read("[".repeat(100_000))).isInstanceOf(NotParsed.class);
    assertThat(read(" ".repeat(Limits.MAX_ANSWER_BYTES + 1))).isInstanceOf(NotParsed.class);
    String many = "\"x\",".repeat(10_000) + "\"client hold\"";
    StringBuilder servers = new StringBuilder();
    for (int count = 0; count < 1_000; count++) {
      servers.append("\"ns").append(count).append(".dns.example\",");
    }
    RegistrationFacts facts =
        facts(
            "{\"objectClassName\": \"domain\", \"nameservers\": ["
                + servers
                + "\"a.b\"],"
                + " \"status\": [\""
                + "y".repeat(9_000)
                + "\","
                + many
                + "]}");
    assertThat(facts.nameServers()).hasSize(Limits.MAX_NAME_SERVERS);
    assertThat(facts.rawStatuses()).allMatch(text -> text.length() <= Limits.MAX_TEXT_CHARS);
    assertThat(facts.rawStatuses().size()).isLessThanOrEqualTo(Limits.MAX_STATUSES);
  }

  private static Registration read(String answer) {
    return new RdapReader().read(answer.getBytes(StandardCharsets.UTF_8));
  }

  private static RegistrationFacts facts(String answer) {
    assertThat(read(answer)).isInstanceOf(Registered.class);
    return ((Registered) read(answer)).facts();
  }
}
