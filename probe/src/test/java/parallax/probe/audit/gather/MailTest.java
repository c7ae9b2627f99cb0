package parallax.probe.audit.gather;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parallax.config.check.RegistrationSpec.RegistrationPolicy;
import parallax.config.check.ZoneSpec.Dnssec;
import parallax.config.policy.Receiver;
import parallax.probe.audit.facts.Voice;
import parallax.probe.audit.gather.NameLookups.Answers;

/** RFC 5321 section 5.1, and RFC 7505. */
final class MailTest {
  private static final String SHOP = "targets: [{name: shop, url: \"tcp://shop.example.com:443\"}]";
  private static final Receiver DESK = new Receiver.Email("desk", List.of("a@example.org"));

  @Test
  void mailGoesToTheExchangersWhateverTheirPreference() {
    Mail mail = mail("example.org", told("10 MX1.example.net.", "20 mx2.example.net."));
    assertThat(mail.hosts("example.org")).containsExactly("mx1.example.net", "mx2.example.net");
    assertThat(mail.takesNone("example.org")).isFalse();
  }

  @Test
  void whereThereIsNoExchangerItGoesToTheDomainItself() {
    assertThat(mail("example.org", told()).hosts("example.org")).containsExactly("example.org");
  }

  @Test
  void whereThatIsNotKnownItGoesNowhere() {
    Answers failed = new Answers(List.of(), List.of(), Optional.of("timeout"));
    assertThat(mail("example.org", failed).hosts("example.org")).isEmpty();
    assertThat(mail("example.org", told()).hosts("example.com")).isEmpty();
  }

  @Test
  void aNullExchangerTakesNone() {
    Mail mail = mail("example.org", told("0 ."));
    assertThat(mail.takesNone("example.org")).isTrue();
    assertThat(mail.hosts("example.org")).isEmpty();
    assertThat(mail("example.org", told("0 .", "10 mx.example.net.")).takesNone("example.org"))
        .isFalse();
  }

  @Test
  void namesThatAreNoneAndExchangersBeyondTheBoundAreLeftOut() {
    String[] many =
        IntStream.range(0, 2 * Mail.MAX_EXCHANGERS)
            .mapToObj(at -> "10 mx" + at + ".example.net.")
            .toArray(String[]::new);
    assertThat(mail("example.org", told(many)).hosts("example.org")).hasSize(Mail.MAX_EXCHANGERS);
    assertThat(mail("example.org", told("10 mx\\032x.example.net.")).hosts("example.org"))
        .isEmpty();
  }

  @Test
  void thePlanAsksAboutTheExchangersToo() {
    Plan before = Plans.telling(SHOP, DESK);
    Plan plan =
        mail("example.org", told("10 mx1.example.net.", "10 mx2.example.co.uk."))
            .complete(before, Plans.NAMING);
    Voice desk = plan.voices().getFirst();
    assertThat(desk.parts().getLast()).containsExactly("mx1.example.net", "mx2.example.co.uk");
    assertThat(desk.parts()).hasSize(before.voices().getFirst().parts().size() + 1);
    assertThat(plan.hosts()).containsEntry("mx1.example.net", Plans.NAMING);
    assertThat(plan.zones()).containsEntry("example.co.uk", Dnssec.IF_SIGNED);
    assertThat(plan.domains()).containsEntry("example.net", RegistrationPolicy.DEFAULT);
    assertThat(plan.subjects()).isEqualTo(before.subjects());
  }

  @Test
  void whatIsNotKnownAddsNothingToThePlan() {
    Plan before = Plans.telling(SHOP, DESK);
    assertThat(new Mail(Map.of(), Plans.SUFFIXES).complete(before, Plans.NAMING)).isEqualTo(before);
  }

  private static Mail mail(String domain, Answers answers) {
    return new Mail(Map.of(domain, answers), Plans.SUFFIXES);
  }

  private static Answers told(String... exchangers) {
    return new Answers(List.of(exchangers), List.of(), Optional.empty());
  }
}
