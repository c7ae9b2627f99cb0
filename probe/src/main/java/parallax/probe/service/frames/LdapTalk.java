package parallax.probe.service.frames;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import parallax.config.check.service.Security;
import parallax.config.observation.Reason;
import parallax.probe.service.lines.StartTls;
import parallax.probe.service.talk.Body;
import parallax.probe.service.talk.Heard;
import parallax.probe.service.talk.Move;
import parallax.probe.service.talk.NotYet;
import parallax.probe.service.talk.Quote;
import parallax.probe.service.talk.Unfit;

/** LDAP (RFC 4511): StartTLS (section 4.14), an anonymous bind (section 4.2), unbind. */
public final class LdapTalk {
  private static final String START_TLS = "1.3.6.1.4.1.1466.20037";
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 2;
  private static final int ENUMERATED = 10;
  private static final int OCTETS = 4;
  private static final int BIND = 0x60;
  private static final int BOUND = 0x61;
  private static final int EXTENDED = 0x77;
  private static final int EXTENDED_ANSWER = 0x78;
  private static final int NAME = 0x80;
  private static final byte[] UNBIND = {SEQUENCE, 5, INTEGER, 1, 3, 0x42, 0};
  private static final int MAX_LENGTH_BYTES = 3;

  private final Security security;

  public LdapTalk(Security security) {
    this.security = security;
  }

  /** What a server answers: a code of RFC 4511 appendix A, and words. */
  private record Answer(int code, String words) {
    String shown() {
      return "result " + code + (words.isBlank() ? "" : ": " + Quote.of(words));
    }
  }

  public Move start() {
    if (security == Security.CLEAR || security == Security.TLS) {
      return bind();
    }
    byte[] name = element(NAME, START_TLS.getBytes(StandardCharsets.US_ASCII));
    return new Move.Say(message(1, element(EXTENDED, name)), this::agreed);
  }

  private Move agreed(Heard heard) throws NotYet, Unfit {
    Answer answer = answer(heard, EXTENDED_ANSWER);
    if (answer.code() == 0) {
      return new Move.Secure(LdapTalk::bind);
    }
    if (security == Security.STARTTLS_REQUIRED) {
      throw StartTls.notOffered(answer.shown());
    }
    return bind();
  }

  private static Move bind() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(element(INTEGER, new byte[] {3}));
    body.writeBytes(element(OCTETS, new byte[0]));
    body.writeBytes(element(NAME, new byte[0]));
    return new Move.Say(message(2, element(BIND, body.toByteArray())), LdapTalk::bound);
  }

  private static Move bound(Heard heard) throws NotYet, Unfit {
    Answer answer = answer(heard, BOUND);
    return switch (answer.code()) {
      // Success; or this server does not want strangers, and says so: 8 strongerAuthRequired,
      // 13 confidentialityRequired, 48 inappropriateAuthentication, 49 invalidCredentials,
      // 50 insufficientAccessRights, 53 unwillingToPerform.
      case 0, 8, 13, 48, 49, 50, 53 -> new Move.Fine(answer.shown(), UNBIND.clone());
      case 51 -> throw new Unfit(Reason.SERVICE_FULL, answer.shown());
      case 52 -> throw new Unfit(Reason.SERVICE_NOT_READY, answer.shown());
      default -> throw new Unfit(Reason.SERVICE_ERROR, answer.shown());
    };
  }

  private static Answer answer(Heard heard, int expected) throws NotYet, Unfit {
    byte[] message = element(heard, SEQUENCE);
    return Body.of(
        message,
        body -> {
          byte[] _ = element(body, INTEGER);
          return Body.of(element(body, expected), LdapTalk::result);
        });
  }

  /** An LDAPResult (RFC 4511 section 4.1.9). */
  private static Answer result(Heard body) throws NotYet, Unfit {
    byte[] code = element(body, ENUMERATED);
    if (code.length != 1) {
      throw Unfit.garbage(Quote.of(code));
    }
    byte[] _ = element(body, OCTETS);
    return new Answer(code[0] & 0xff, new String(element(body, OCTETS), StandardCharsets.UTF_8));
  }

  /** The contents of the next element (X.690 section 8.1). */
  private static byte[] element(Heard heard, int tag) throws NotYet, Unfit {
    int found = heard.octet();
    if (found != tag) {
      throw Unfit.garbage(Quote.of(new byte[] {(byte) found}));
    }
    long length = heard.octet();
    if (length >= 0x80) {
      long bytes = length - 0x80;
      if (bytes == 0 || bytes > MAX_LENGTH_BYTES) {
        throw new Unfit(Reason.SERVICE_TOO_LONG, "a length of " + bytes + " bytes");
      }
      length = 0;
      for (int count = 0; count < bytes; count++) {
        length = length << 8 | heard.octet();
      }
    }
    return heard.take(length);
  }

  /** Short ones only: nothing that is said here is longer. */
  private static byte[] element(int tag, byte[] contents) {
    byte[] element = new byte[2 + contents.length];
    element[0] = (byte) tag;
    element[1] = (byte) contents.length;
    System.arraycopy(contents, 0, element, 2, contents.length);
    return element;
  }

  private static byte[] message(int id, byte[] operation) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(element(INTEGER, new byte[] {(byte) id}));
    body.writeBytes(operation);
    return element(SEQUENCE, body.toByteArray());
  }
}
