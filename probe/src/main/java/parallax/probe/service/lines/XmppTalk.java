package parallax.probe.service.lines;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import parallax.config.check.service.Security;
import parallax.config.observation.Reason;
import parallax.probe.service.talk.Heard;
import parallax.probe.service.talk.Move;
import parallax.probe.service.talk.NotYet;
import parallax.probe.service.talk.Quote;
import parallax.probe.service.talk.Unfit;

/**
 * XMPP (RFC 6120): a stream, its features, STARTTLS, a stream again. What the server writes is
 * searched, not parsed: nothing in it is ever expanded.
 */
public final class XmppTalk {
  private static final Pattern FEATURES =
      Pattern.compile("<([a-z]+:)?features\\s*/>|</([a-z]+:)?features\\s*>");
  private static final Pattern ERROR = Pattern.compile("</([a-z]+:)?error\\s*>");
  private static final Pattern CONDITION =
      Pattern.compile("<([a-z-]+)\\s[^>]*urn:ietf:params:xml:ns:xmpp-streams");
  private static final Pattern START = Pattern.compile("^\\s*<");
  private static final Pattern ANSWER =
      Pattern.compile("<(proceed)[^>]*(/>|></proceed>)|<(failure)[^>]*>");
  private static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";

  private final Security security;
  private final String domain;

  /**
   * @param domain a name of a host: nothing in it needs to be escaped
   */
  public XmppTalk(Security security, String domain) {
    this.security = security;
    this.domain = domain;
  }

  public Move start() {
    return open(false);
  }

  private Move open(boolean secured) {
    String stream =
        "<?xml version='1.0'?><stream:stream to='"
            + domain
            + "' version='1.0' xml:lang='en' xmlns='jabber:client'"
            + " xmlns:stream='http://etherx.jabber.org/streams'>";
    return new Move.Say(stream.getBytes(StandardCharsets.UTF_8), heard -> opened(heard, secured));
  }

  private Move opened(Heard heard, boolean secured) throws NotYet, Unfit {
    String text = text(heard);
    Matcher features = FEATURES.matcher(text);
    Matcher error = ERROR.matcher(text);
    if (error.find()) {
      throw failed(text);
    }
    if (!features.find()) {
      throw heard.more();
    }
    byte[] _ = heard.take(features.end());
    if (!secured && StartTls.wanted(security, text.substring(0, features.end()).contains(TLS))) {
      return new Move.Say(
          ("<starttls xmlns='" + TLS + "'/>").getBytes(StandardCharsets.UTF_8), this::agreed);
    }
    return Move.fine("stream of " + domain, "</stream:stream>");
  }

  private Move agreed(Heard heard) throws NotYet, Unfit {
    String text = text(heard);
    Matcher answer = ANSWER.matcher(text);
    if (!answer.find()) {
      throw heard.more();
    }
    if (answer.group(3) != null) {
      throw StartTls.refused(text);
    }
    byte[] _ = heard.take(answer.end());
    return new Move.Secure(() -> open(true));
  }

  private static String text(Heard heard) throws Unfit, NotYet {
    String text = new String(heard.waiting(), StandardCharsets.ISO_8859_1);
    if (text.isBlank()) {
      throw heard.more();
    }
    if (!START.matcher(text).find()) {
      throw Unfit.garbage(text);
    }
    return text;
  }

  private static Unfit failed(String text) {
    Matcher found = CONDITION.matcher(text);
    Optional<String> condition = found.find() ? Optional.of(found.group(1)) : Optional.empty();
    Reason reason =
        switch (condition.orElse("")) {
          case "system-shutdown" -> Reason.SERVICE_NOT_READY;
          case "resource-constraint" -> Reason.SERVICE_FULL;
          default -> Reason.SERVICE_ERROR;
        };
    return new Unfit(reason, Quote.of(condition.orElse("stream error")));
  }
}
