package parallax.coordinator.notify.mail.message;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import parallax.coordinator.notify.carrier.Picture;
import parallax.coordinator.notify.letter.Letter;

/**
 * A letter as a message: plain text, and the same in HTML, which may show a picture. It says of
 * itself that it was written by a program (RFC 3834), so that nobody's absence is answered to us.
 * It has no {@code Precedence} and no {@code List-Id}: it is not bulk mail, and must not be sorted
 * as such; what rules of mailboxes may go by is {@code X-Parallax-Incident}.
 */
public final class MailMessage {
  /** UTF-16 code units of the subject; longer ones are not shown anyway. */
  static final int MAX_SUBJECT = 180;

  static final int MAX_NAME = 80;
  private static final int MAX_TOKEN = 50;
  private static final String UTF_8 = "UTF-8";

  private final Letter letter;
  private final Sender sender;
  private final Optional<Picture> picture;

  /** One without a picture. */
  public MailMessage(Letter letter, Sender sender) {
    this(letter, sender, Optional.empty());
  }

  public MailMessage(Letter letter, Sender sender, Optional<Picture> picture) {
    this.letter = letter;
    this.sender = sender;
    this.picture = picture;
  }

  /** For one recipient; every call makes the same but for the boundary of the parts. */
  public MimeMessage to(Mailbox recipient) throws MessagingException {
    Words words = Words.in(letter.language());
    MimeMessage message = new Named(MessageId.of(letter, sender));
    String name = HeaderText.phrase(sender.name(), MAX_NAME);
    message.setHeader("From", (name + HeaderText.FOLD + inBrackets(sender.mailbox())).strip());
    message.setHeader("To", inBrackets(recipient));
    message.setHeader("Subject", HeaderText.of(words.subject(letter), MAX_SUBJECT));
    message.setSentDate(Date.from(letter.times().written()));
    String first = MessageId.first(letter, sender);
    if (!first.equals(MessageId.of(letter, sender)) && !isTest()) {
      message.setHeader("In-Reply-To", first);
      message.setHeader("References", first);
    }
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader("X-Auto-Response-Suppress", "All");
    message.setHeader("Content-Language", words.tag());
    message.setHeader("X-Parallax-Incident", token(letter.incident()));
    if (letter.grade() == Letter.Grade.CRITICAL && !letter.drill() && !isTest()) {
      message.setHeader("Importance", "high");
    }
    message.setContent(
        new MimeMultipart(
            "alternative", part(new PlainPart(letter, words).text(), "plain"), html(words)));
    message.saveChanges();
    return message;
  }

  /** HTML, and the picture that it shows, as one (RFC 2387, RFC 2392). */
  private MimeBodyPart html(Words words) throws MessagingException {
    if (picture.isEmpty()) {
      return part(new HtmlPart(letter, words, Optional.empty()).text(), "html");
    }
    String name = "timeline." + inner(MessageId.of(letter, sender));
    MimeBodyPart image = new MimeBodyPart();
    image.setDataHandler(
        new DataHandler(new ByteArrayDataSource(picture.get().png(), "image/png")));
    image.setContentID("<" + name + ">");
    image.setDisposition(Part.INLINE);
    image.setFileName("timeline.png");
    MimeBodyPart both = new MimeBodyPart();
    both.setContent(
        new MimeMultipart(
            "related", part(new HtmlPart(letter, words, Optional.of(name)).text(), "html"), image));
    return both;
  }

  private static String inner(String bracketed) {
    return bracketed.substring(1, bracketed.length() - 1);
  }

  private boolean isTest() {
    return letter.occasion() == Letter.Occasion.TEST;
  }

  private static MimeBodyPart part(String text, String kind) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text, UTF_8, kind);
    return part;
  }

  private static String inBrackets(Mailbox mailbox) {
    return "<" + mailbox.address() + ">";
  }

  private static String token(String text) {
    String clean = text.replaceAll("[^A-Za-z0-9._:-]", "_");
    return clean.substring(0, Math.min(clean.length(), MAX_TOKEN));
  }

  private static final class Named extends MimeMessage {
    private final String id;

    Named(String id) {
      super(Session.getInstance(new Properties()));
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
