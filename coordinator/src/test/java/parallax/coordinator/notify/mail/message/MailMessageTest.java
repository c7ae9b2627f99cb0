package parallax.coordinator.notify.mail.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.coordinator.notify.carrier.Picture;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.notify.letter.Letter.Grade;
import parallax.coordinator.notify.letter.Letter.Language;
import parallax.coordinator.notify.letter.Letter.Occasion;

/** Messages, written and read again by a parser. */
final class MailMessageTest {
  private static final Sender SENDER =
      new Sender("ops", new Mailbox("parallax@example.org"), "Parallax");
  private static final Mailbox RECIPIENT = new Mailbox("oncall@example.org");

  @Test
  void theSubjectBeginsWithHowBadItIs() throws Exception {
    assertThat(read(Letters.opened()).getSubject()).startsWith("[CRITICAL] shop.example and 4,990");
    assertThat(read(Letters.resolved()).getSubject()).startsWith("[RESOLVED] ");
    assertThat(read(Letters.japanese(true)).getSubject())
        .startsWith("[DRILL] [重大] shop.example ほか");
    assertThat(read(Letters.of(1, Occasion.TEST, Grade.NOTE, false)).getSubject())
        .startsWith("[TEST] ");
  }

  @Test
  void laterLettersPointToTheFirst() throws Exception {
    MimeMessage first = read(Letters.opened());
    MimeMessage second = read(Letters.resolved());
    assertThat(first.getMessageID()).isEqualTo(MessageId.first(Letters.resolved(), SENDER));
    assertThat(first.getHeader("References")).isNull();
    assertThat(second.getHeader("References")).containsExactly(first.getMessageID());
    assertThat(second.getHeader("In-Reply-To")).containsExactly(first.getMessageID());
    assertThat(second.getMessageID())
        .isNotEqualTo(first.getMessageID())
        .matches("<[0-9a-f]{32}\\.parallax@example\\.org>");
  }

  @Test
  void aLetterHasTheSameNameAndDateInEveryAttempt() throws Exception {
    MimeMessage one = read(Letters.resolved());
    MimeMessage other = read(Letters.resolved());
    assertThat(one.getMessageID()).isEqualTo(other.getMessageID());
    assertThat(one.getSentDate()).isEqualTo(other.getSentDate()).isEqualTo(Letters.WRITTEN);
  }

  @Test
  void receiversAndTestsHaveNamesOfTheirOwn() throws Exception {
    Sender another = new Sender("managers", SENDER.mailbox(), "");
    assertThat(MessageId.of(Letters.opened(), another))
        .isNotEqualTo(MessageId.of(Letters.opened(), SENDER));
    Letter test = Letters.of(1, Occasion.TEST, Grade.NOTE, false);
    assertThat(read(test).getMessageID()).isNotEqualTo(read(Letters.opened()).getMessageID());
    assertThat(read(test).getHeader("References")).isNull();
  }

  @Test
  void saysThatAProgramWroteIt() throws Exception {
    MimeMessage message = read(Letters.opened());
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(message.getHeader("X-Auto-Response-Suppress")).containsExactly("All");
    assertThat(message.getHeader("Precedence")).isNull();
    assertThat(message.getHeader("List-Id")).isNull();
    assertThat(message.getHeader("X-Parallax-Incident")).containsExactly(Letters.INCIDENT);
    assertThat(message.getHeader("Content-Language")).containsExactly("en");
  }

  @Test
  void onlyWhatIsCriticalAndRealIsOfHighImportance() throws Exception {
    assertThat(read(Letters.opened()).getHeader("Importance")).containsExactly("high");
    assertThat(read(Letters.japanese(true)).getHeader("Importance")).isNull();
    assertThat(read(Letters.resolved()).getHeader("Importance")).isNull();
  }

  @Test
  void thePlainPartSaysAllThatTheHtmlSays() throws Exception {
    assertThat(part(read(Letters.opened()), 0))
        .startsWith("CRITICAL · new\r\nshop.example and 4,990 more are down for everybody")
        .contains("Scope: for everybody: 12 of 12 probes in 6 regions\r\n")
        .contains("Affected:\r\n- shop.example\r\n")
        .contains("- and 4,987 more\r\n")
        .contains("Evidence:\r\n- 03:12:36 tokyo (AS2516): DNS no answer in 5 s\r\n")
        .contains("Against it:\r\n- the same probes reach 212 other targets without trouble\r\n")
        .contains("- Open the incident: https://parallax.example/incidents/b1946a\r\n")
        .contains("-- \r\nParallax · letter 1 on incident " + Letters.INCIDENT);
    assertThat(part(read(Letters.japanese(true)), 0))
        .startsWith("訓練です。実際の障害ではありません。\r\n\r\n重大 · 新規\r\n")
        .contains("影響対象:\r\n- shop.example\r\n")
        .contains("ほか 4,988 件");
  }

  @Test
  void bothLanguagesHaveWordsForEverything() {
    for (Language language : Language.values()) {
      Words words = Words.in(language);
      Stream.of(Grade.values()).forEach(grade -> assertThat(words.of(grade)).isNotBlank());
      Stream.of(Occasion.values()).forEach(why -> assertThat(words.of(why)).isNotBlank());
      for (Occasion why : Occasion.values()) {
        Letter letter = Letters.of(2, why, Grade.NOTE, true);
        assertThat(new PlainPart(letter, words).text()).contains(words.of(why));
        assertThat(new HtmlPart(letter, words, Optional.empty()).text()).contains(words.of(why));
      }
    }
  }

  static List<String> hostile() {
    assertThat(HostileTexts.ALL).hasSizeGreaterThanOrEqualTo(60);
    return HostileTexts.ALL;
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void noTextBeginsAHeader(String text) throws Exception {
    Letter letter = Letters.saying(text, Language.JAPANESE);
    Sender sender = new Sender(text, SENDER.mailbox(), text);
    byte[] written = written(new MailMessage(letter, sender).to(RECIPIENT));
    MimeMessage message = parsed(written);

    List<String> names =
        Collections.list(message.getAllHeaders()).stream().map(header -> header.getName()).toList();
    assertThat(names)
        .containsExactlyInAnyOrder(
            "Date",
            "From",
            "To",
            "Message-ID",
            "In-Reply-To",
            "References",
            "Subject",
            "MIME-Version",
            "Content-Type",
            "Auto-Submitted",
            "X-Auto-Response-Suppress",
            "Content-Language",
            "X-Parallax-Incident");
    assertThat(message.getAllRecipients())
        .containsExactly(new InternetAddress("oncall@example.org"));
    assertThat(((InternetAddress) message.getFrom()[0]).getAddress())
        .isEqualTo("parallax@example.org");
    assertThat(message.getSubject()).startsWith("[DRILL] [警告]").hasSizeLessThan(200);
    assertThat(message.getSubject().chars()).noneMatch(Character::isISOControl);
    String head = new String(written, US_ASCII).split("\r\n\r\n", 2)[0];
    assertThat(head.lines()).allMatch(line -> line.length() <= 78 && line.matches("[\\t -~]+"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void theSubjectIsTheTextItself(String text) throws Exception {
    String shown = Bounds.text(text);
    if (shown.length() <= 100) {
      assertThat(read(Letters.saying(text, Language.ENGLISH)).getSubject())
          .isEqualTo(("[DRILL] [WARNING] " + shown).strip());
    }
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void noTextBeginsALineOfThePlainPart(String text) throws Exception {
    String plain = part(read(Letters.saying(text, Language.ENGLISH)), 0);
    String harmless = part(read(Letters.saying("harmless", Language.ENGLISH)), 0);
    assertThat(plain.lines().count()).isEqualTo(harmless.lines().count());
    assertThat(plain).contains("Evidence:\r\n- " + Bounds.text(text) + "\r\n");
    assertThat(plain.codePoints())
        .noneMatch(c -> Character.getType(c) == Character.FORMAT)
        .noneMatch(c -> Character.isISOControl(c) && c != '\r' && c != '\n')
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  @Test
  void theWholeIsBounded() throws Exception {
    Letter letter = Letters.saying("長".repeat(100_000), Language.JAPANESE);
    assertThat(written(new MailMessage(letter, SENDER).to(RECIPIENT))).hasSizeLessThan(100_000);
  }

  @Test
  void aPictureIsPartOfTheHtmlThatShowsItAndOfNothingElse() throws Exception {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G'};
    MailMessage message =
        new MailMessage(Letters.resolved(), SENDER, Optional.of(new Picture(png)));
    MimeMultipart parts = (MimeMultipart) parsed(written(message.to(RECIPIENT))).getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
    MimeMultipart related = (MimeMultipart) parts.getBodyPart(1).getContent();
    assertThat(related.getContentType()).startsWith("multipart/related");
    String html = (String) related.getBodyPart(0).getContent();
    MimeBodyPart image = (MimeBodyPart) related.getBodyPart(1);
    assertThat(image.getContentType()).startsWith("image/png");
    assertThat(image.getDisposition()).isEqualTo("inline");
    assertThat(image.getInputStream().readAllBytes()).isEqualTo(png);
    String id = image.getContentID();
    assertThat(html)
        .containsOnlyOnce("<img ")
        .contains("src=\"cid:" + id.substring(1, id.length() - 1) + "\"");
    assertThat(part(read(Letters.resolved()), 1)).doesNotContain("<img");
  }

  private static MimeMessage read(Letter letter) throws Exception {
    return parsed(written(new MailMessage(letter, SENDER).to(RECIPIENT)));
  }

  private static byte[] written(MimeMessage message) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    message.writeTo(out);
    return out.toByteArray();
  }

  private static MimeMessage parsed(byte[] written) throws Exception {
    return new MimeMessage(
        Session.getInstance(new Properties()), new ByteArrayInputStream(written));
  }

  private static String part(MimeMessage message, int index) throws Exception {
    MimeMultipart parts = (MimeMultipart) message.getContent();
    assertThat(parts.getCount()).isEqualTo(2);
    return (String) parts.getBodyPart(index).getContent();
  }
}
