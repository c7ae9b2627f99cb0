package parallax.coordinator.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.secret.Secret;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.mail.MailSettings.Tls;
import parallax.coordinator.notify.mail.message.Letters;
import parallax.coordinator.notify.mail.message.Mailbox;
import parallax.coordinator.notify.mail.message.Sender;

/** Servers that refuse, stall, break and lie. */
@Timeout(60)
final class MailCarrierTest {
  private static final String ANN = "ann@example.org";
  private static final String BOB = "bob@example.org";
  private static final Submission.Limits SHORT =
      new Submission.Limits(
          Duration.ofSeconds(1),
          Duration.ofMillis(700),
          Duration.ofMillis(700),
          Duration.ofSeconds(3));
  private static final Submission.Limits PATIENT =
      new Submission.Limits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30));

  @TempDir static Path folder;

  private static Certificates localhost;
  private static Certificates elsewhere;

  private final AtomicReference<Instant> now = new AtomicReference<>(Letters.WRITTEN);
  private final ScriptedServer server;
  private Optional<MailCarrier> carrier = Optional.empty();

  MailCarrierTest() throws Exception {
    server = ScriptedServer.start(Optional.of(localhost.context()));
  }

  @BeforeAll
  static void makeCertificates() throws Exception {
    localhost = Certificates.of("localhost", folder);
    elsewhere = Certificates.of("elsewhere.example", folder);
  }

  @AfterEach
  void close() throws IOException {
    carrier.ifPresent(MailCarrier::close);
    server.close();
  }

  @Test
  void handsTheLetterOverEncryptedAndLoggedIn() {
    Sent sent = carry(settings(Tls.STARTTLS, true, ANN));
    assertThat(sent).isInstanceOf(Sent.Delivered.class);
    assertThat(((Sent.Delivered) sent).thread())
        .hasValueSatisfying(thread -> assertThat(thread).endsWith(".parallax@example.org>"));
    assertThat(server.commands())
        .startsWith("EHLO example.org", "STARTTLS", "EHLO example.org")
        .anyMatch(command -> command.startsWith("AUTH PLAIN "))
        .contains("MAIL FROM:<parallax@example.org>", "RCPT TO:<" + ANN + ">", "DATA");
    assertThat(server.messages()).singleElement().asString().contains("To: <" + ANN + ">");
  }

  @Test
  void eachRecipientHasAMessageOfItsOwn() {
    assertThat(carry(settings(Tls.NONE, false, ANN, BOB))).isInstanceOf(Sent.Delivered.class);
    assertThat(server.messages()).hasSize(2);
    assertThat(server.messages().getFirst()).contains("<" + ANN + ">").doesNotContain(BOB);
    assertThat(server.messages().getLast()).contains("<" + BOB + ">").doesNotContain(ANN);
    assertThat(server.commands()).filteredOn(line -> line.startsWith("EHLO")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GREETING | 554 go away        | NotNow | refused before anything was sent: status 554
          GREETING | 421 busy           | NotNow | refused before anything was sent: status 421
          GREETING | stall              | NotNow | no answer in time
          GREETING | cut                | NotNow | the server closed the connection
          GREETING | drip               | NotNow | not done in time
          GREETING | nonsense           | NotNow | the server closed the connection
          EHLO     | flood              | NotNow | the connection broke: IOException
          EHLO     | 250 nothing        | NotNow | the server offers no STARTTLS, and without nothing is sent
          STARTTLS | 454 not now        | NotNow | refused before anything was sent: status 454
          TLS      | broken tls         | NotNow | TLS failed: SSLException
          AUTH     | 535 wrong          | NotNow | the login was refused: status 535
          AUTH     | 454 later          | NotNow | the login does not work now: status 454
          AUTH     | stall              | NotNow | no answer to the login
          MAIL     | 451 later          | NotNow | status 451 to MAIL
          MAIL     | 550 not you        | NotNow | the sender was refused: status 550
          MAIL     | 530 who are you    | NotNow | the sender was refused: status 530
          RCPT     | 451 greylisted     | NotNow | status 451 to RCPT
          RCPT     | 450 full           | NotNow | status 450 to RCPT
          RCPT     | 421 closing        | NotNow | status 421 to RCPT
          RCPT     | 550 nobody         | Never  | status 550 to RCPT
          RCPT     | 552 full           | Never  | status 552 to RCPT
          RCPT     | 554 never          | Never  | status 554 to RCPT
          RCPT     | stall              | NotNow | no answer in time
          DATA     | 451 later          | NotNow | status 451 to DATA
          DATA     | 554 spam           | Never  | status 554 to DATA
          DATA     | stall              | NotNow | no answer in time
          DATA     | cut                | NotNow | the server closed the connection
          .        | 451 later          | NotNow | status 451 to DATA
          .        | 554 spam           | Never  | status 554 to DATA
          .        | stall              | NotNow | no answer in time
          .        | cut                | NotNow | the server closed the connection
          .        | drip               | NotNow | not done in time
          """)
  void judgesWhatTheServerSays(String command, String answer, String kind, String why) {
    server.says(command, answer);
    Submission.Limits limits = answer.equals("stall") || why.endsWith("in time") ? SHORT : PATIENT;
    Sent sent = carry(settings(Tls.STARTTLS, true, ANN), limits);
    assertThat(sent.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(why(sent)).isEqualTo(why);
  }

  @Test
  void aServerThatReadsNoFurtherHoldsNobody() {
    server.says(".", ScriptedServer.DEAF);
    assertThat(why(carry(settings(Tls.NONE, false, ANN), SHORT))).endsWith("in time");
  }

  @Test
  void whatIsCutBehindTheMessageIsSentAgainUnderItsName() {
    server.says(".", ScriptedServer.CUT);
    MailSettings settings = settings(Tls.NONE, false, ANN);
    assertThat(carry(settings)).isInstanceOf(Sent.NotNow.class);
    server.says(".", "250 taken");
    assertThat(carry(settings)).isInstanceOf(Sent.Delivered.class);
    assertThat(server.messages()).hasSize(2);
    assertThat(id(server.messages().getFirst())).isEqualTo(id(server.messages().getLast()));
  }

  @Test
  void goesOnWithTheOthersAndLaterOnlyToWhoIsLeft() {
    server.says("RCPT TO:<" + ANN, "450 greylisted");
    MailSettings settings = settings(Tls.NONE, false, ANN, BOB);
    assertThat(why(carry(settings))).isEqualTo("status 450 to RCPT; 1 of 2 recipients have it");
    server.says("RCPT TO:<" + ANN, "250 ok");
    assertThat(carry(settings)).isInstanceOf(Sent.Delivered.class);
    assertThat(server.messages()).hasSize(2);
    assertThat(server.messages().getLast()).contains("To: <" + ANN + ">");
  }

  @Test
  void whoRefusesForGoodTakesNothingFromTheOthersAndIsNotPassedOverInSilence() {
    server.says("RCPT TO:<" + ANN, "550 nobody");
    MailSettings settings = settings(Tls.NONE, false, ANN, BOB);
    assertThat(carry(settings))
        .isEqualTo(new Sent.Never("status 550 to RCPT; 1 of 2 recipients have it"));
    assertThat(server.messages()).singleElement().asString().contains("To: <" + BOB + ">");
  }

  @Test
  void aLetterThatEveryoneHasIsNotSentAgain() {
    MailSettings settings = settings(Tls.NONE, false, ANN);
    assertThat(carry(settings)).isEqualTo(carry(settings)).isInstanceOf(Sent.Delivered.class);
    assertThat(server.messages()).hasSize(1);
  }

  @Test
  void aWrongPasswordIsNotTriedAgainAtOnce() {
    server.says("AUTH", "535 wrong");
    MailSettings settings = settings(Tls.STARTTLS, true, ANN);
    assertThat(carry(settings))
        .isEqualTo(
            new Sent.NotNow(
                "the login was refused: status 535", Optional.of(Submission.LOGIN_PAUSE)));
    int said = server.commands().size();
    now.set(now.get().plus(Duration.ofMinutes(2)));
    assertThat(carry(settings))
        .isEqualTo(
            new Sent.NotNow(
                "the login was refused a moment ago", Optional.of(Duration.ofMinutes(3))));
    assertThat(server.commands()).hasSize(said);

    server.says("AUTH", "235 in");
    now.set(now.get().plus(Duration.ofMinutes(3)));
    assertThat(carry(settings)).isInstanceOf(Sent.Delivered.class);
  }

  @Test
  void aPasswordIsNeverSentInTheClear() {
    server.says("EHLO", "250 AUTH PLAIN LOGIN");
    carry(settings(Tls.STARTTLS, true, ANN));
    assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH"));
  }

  @Test
  void aCertificateMustBeTrustedAndForTheHost() {
    String refused = "the certificate of the server is not trusted, or not for its name";
    assertThat(why(carry(with(Optional.empty(), "localhost")))).isEqualTo(refused);
    assertThat(why(carry(with(Optional.of(elsewhere.pem()), "localhost")))).isEqualTo(refused);
    assertThat(why(carry(with(Optional.of(localhost.pem()), "127.0.0.1")))).isEqualTo(refused);
    assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH"));
    assertThat(why(carry(with(Optional.of(folder.resolve("none.pem")), "localhost"))))
        .isEqualTo("cannot read the certificates that vouch for the server");
    assertThat(carry(with(Optional.of(localhost.pem()), "localhost")))
        .isInstanceOf(Sent.Delivered.class);
  }

  @Test
  void nobodyListens() throws IOException {
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      MailSettings settings = with(settings(Tls.NONE, false, ANN), bound.getLocalPort());
      assertThat(why(carry(settings))).isEqualTo("cannot connect: ConnectException");
    }
  }

  @Test
  void noReasonHoldsTheAnswerOrThePassword() {
    for (String command : List.of("GREETING", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", ".")) {
      server.says(command, "550 secret answer\r\n550 p+w %41");
      Sent sent = carry(settings(Tls.STARTTLS, true, ANN));
      assertThat(why(sent)).doesNotContain("secret", "p+w", "answer").hasSizeLessThan(100);
      close(command);
    }
    assertThat(settings(Tls.STARTTLS, true, ANN).toString()).doesNotContain("p+w");
  }

  private void close(String command) {
    server.says(command, "250 ok");
    carrier.ifPresent(MailCarrier::close);
    carrier = Optional.empty();
  }

  private MailSettings settings(Tls tls, boolean login, String... to) {
    return new MailSettings(
        "localhost",
        server.port(),
        tls,
        Optional.of(localhost.pem()),
        login ? Optional.of(new MailSettings.Login("ops", Secret.of("p+w %41"))) : Optional.empty(),
        Optional.empty(),
        new Sender("ops", new Mailbox("parallax@example.org"), "Parallax"),
        List.of(to).stream().map(Mailbox::new).toList());
  }

  private MailSettings with(Optional<Path> authorities, String host) {
    carrier.ifPresent(MailCarrier::close);
    carrier = Optional.empty();
    MailSettings usual = settings(Tls.STARTTLS, true, ANN);
    return new MailSettings(
        host,
        usual.port(),
        usual.tls(),
        authorities,
        usual.login(),
        usual.helloName(),
        usual.from(),
        usual.to());
  }

  private static MailSettings with(MailSettings usual, int port) {
    return new MailSettings(
        usual.host(),
        port,
        usual.tls(),
        usual.authorities(),
        usual.login(),
        usual.helloName(),
        usual.from(),
        usual.to());
  }

  private Sent carry(MailSettings settings) {
    return carry(settings, PATIENT);
  }

  private Sent carry(MailSettings settings, Submission.Limits limits) {
    if (carrier.isEmpty()) {
      carrier = Optional.of(new MailCarrier(settings, now::get, limits));
    }
    return carrier.get().carry(Letters.opened(), Optional.empty());
  }

  private static String why(Sent sent) {
    return switch (sent) {
      case Sent.NotNow(String why, _) -> why;
      case Sent.Never(String why) -> why;
      case Sent.Delivered _ -> "delivered";
    };
  }

  private static String id(String message) {
    return message.lines().filter(line -> line.startsWith("Message-ID: ")).findFirst().orElse("");
  }
}
