package parallax.probe.registration.lookup;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parallax.config.check.ServerAddress;
import parallax.probe.registration.Contact;
import parallax.probe.registration.HostNames;
import parallax.probe.registration.lookup.line.WhoisClient;

/** The lines of WHOIS answers that lead further. */
final class WhoisText {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.MULTILINE;

  /** IANA's answer about a TLD. */
  private static final Pattern REFER =
      Pattern.compile("^(?:refer|whois):[ \\t]{0,64}(\\S{1,260})[ \\t]*\\r?$", FLAGS);

  private static final Pattern REGISTRAR =
      Pattern.compile(
          "^[ \\t]{0,8}registrar whois server:[ \\t]{0,64}(\\S{1,260})[ \\t]*\\r?$", FLAGS);
  private static final Pattern MAIL =
      Pattern.compile(
          "^[ \\t]{0,8}registrar abuse contact email:[ \\t]{0,64}(\\S{3,255})[ \\t]*\\r?$", FLAGS);
  private static final Pattern URL =
      Pattern.compile("^[ \\t]{0,8}registrar url:[ \\t]{0,64}(\\S{3,255})[ \\t]*\\r?$", FLAGS);
  private static final Pattern WITH_PORT = Pattern.compile("([^:]{1,253}):(\\d{1,5})");
  private static final Pattern SCHEME = Pattern.compile("^[a-z]{1,6}://", Pattern.CASE_INSENSITIVE);
  private static final int MAX_PORT = 65_535;

  private WhoisText() {}

  /** The server of a TLD, in an answer of whois.iana.org. */
  static Optional<ServerAddress> referral(Buffer answer) {
    return found(REFER, answer).flatMap(WhoisText::server);
  }

  /** The server of the registrar, in an answer of a thin registry. */
  static Optional<ServerAddress> registrar(Buffer answer) {
    return found(REGISTRAR, answer).flatMap(WhoisText::server);
  }

  static Optional<Contact> contact(Buffer answer) {
    return Contact.of(found(URL, answer), found(MAIL, answer));
  }

  private static Optional<String> found(Pattern pattern, Buffer answer) {
    Matcher matcher = pattern.matcher(answer.toString(StandardCharsets.ISO_8859_1));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Optional<ServerAddress> server(String text) {
    String bare = SCHEME.matcher(text).replaceFirst("");
    Matcher port = WITH_PORT.matcher(bare);
    if (!port.matches()) {
      return host(bare).map(host -> new ServerAddress(host, WhoisClient.PORT));
    }
    int number = Integer.parseInt(port.group(2));
    return number < 1 || number > MAX_PORT
        ? Optional.empty()
        : host(port.group(1)).map(host -> new ServerAddress(host, number));
  }

  private static Optional<String> host(String text) {
    return parallax.probe.net.Cidr.literal(text).isPresent()
        ? Optional.of(text)
        : HostNames.qualified(text);
  }
}
