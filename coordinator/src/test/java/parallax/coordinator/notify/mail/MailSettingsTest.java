package parallax.coordinator.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.coordinator.notify.mail.MailSettings.Tls;
import parallax.coordinator.notify.mail.message.HostileTexts;
import parallax.coordinator.notify.mail.message.Mailbox;
import parallax.coordinator.notify.mail.message.Sender;

/** What a receiver by e-mail may be. */
final class MailSettingsTest {
  private static final Mailbox ANN = new Mailbox("ann@example.org");

  @ParameterizedTest
  @ValueSource(
      strings = {"a@b", "o'neil+x@mail.example.org", "a.b.c@xn--wgv71a.example", "A@EXAMPLE.ORG"})
  void addressesAreTaken(String written) {
    assertThat(Mailbox.read(written)).contains(new Mailbox(written));
  }

  @Test
  void anInternationalDomainIsTakenInItsAsciiForm() {
    assertThat(Mailbox.read("ops@日本.example")).contains(new Mailbox("ops@xn--wgv71a.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ann",
        "@example.org",
        "ann@",
        "ann@example.org>",
        "ann@example.org, bob@example.org",
        "ann@example.org\r\nRCPT TO:<bob@example.org",
        "a b@example.org",
        "Ann <ann@example.org>",
        "\"a b\"@example.org",
        "ann@[127.0.0.1]",
        "ann..b@example.org",
        ".ann@example.org",
        "ann@-example.org",
        "ann@example..org",
        "アン@example.org"
      })
  void otherTextsAreNot(String written) {
    assertThat(Mailbox.read(written)).isEmpty();
  }

  static List<String> hostile() {
    return HostileTexts.ALL;
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileTextsAreNoAddresses(String text) {
    assertThat(Mailbox.read(text)).isEmpty();
    assertThat(Mailbox.read(text + "@example.org").stream())
        .allMatch(mailbox -> mailbox.address().matches("[!-~]+"));
    assertThat(Mailbox.read("ann@" + text).stream())
        .allMatch(mailbox -> mailbox.address().matches("ann@[A-Za-z0-9.-]+"));
  }

  @Test
  void aListHasNobodyTwiceAndAnEnd() {
    assertThat(settings(Optional.empty(), List.of(ANN, ANN)).to()).containsExactly(ANN);
    assertThatThrownBy(() -> settings(Optional.empty(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    List<Mailbox> many =
        java.util.stream.IntStream.rangeClosed(0, MailSettings.MAX_RECIPIENTS)
            .mapToObj(number -> new Mailbox("a" + number + "@example.org"))
            .toList();
    assertThatThrownBy(() -> settings(Optional.empty(), many))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theNameForHelloIsADomain() {
    assertThat(settings(Optional.empty(), List.of(ANN)).hello()).isEqualTo("example.org");
    assertThat(settings(Optional.of("mon.example"), List.of(ANN)).hello()).isEqualTo("mon.example");
    assertThatThrownBy(() -> settings(Optional.of("a\r\nMAIL FROM:<x@y>"), List.of(ANN)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isEncryptedWhereNothingElseIsWritten() {
    assertThat(Tls.usual()).isEqualTo(Tls.STARTTLS);
    assertThat(Tls.usual().usualPort()).isEqualTo(587);
  }

  private static MailSettings settings(Optional<String> hello, List<Mailbox> to) {
    return new MailSettings(
        "localhost",
        587,
        Tls.usual(),
        Optional.empty(),
        Optional.empty(),
        hello,
        new Sender("ops", new Mailbox("parallax@Example.org"), ""),
        to);
  }
}
