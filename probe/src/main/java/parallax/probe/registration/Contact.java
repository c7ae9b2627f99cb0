package parallax.probe.registration;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How to reach who can mend a registration.
 *
 * @param url of the registrar's or registry's page
 * @param mail an address, usually for reports of abuse
 */
public record Contact(Optional<String> url, Optional<String> mail) {
  private static final Pattern MAIL = Pattern.compile("[\\w.+-]{1,64}@[\\w.-]{1,190}");
  private static final Pattern WEB = Pattern.compile("https?://[\\x21-\\x7e]{1,240}");

  /** A contact of what looks like one; empty when neither does. */
  public static Optional<Contact> of(Optional<String> url, Optional<String> mail) {
    Contact contact =
        new Contact(
            url.map(String::strip).filter(text -> WEB.matcher(text).matches()),
            mail.map(String::strip).filter(text -> MAIL.matcher(text).matches()));
    return contact.url().isEmpty() && contact.mail().isEmpty()
        ? Optional.empty()
        : Optional.of(contact);
  }

  /** Both, as far as they are known. */
  public String words() {
    return String.join(", ", Stream.concat(mail.stream(), url.stream()).toList());
  }
}
