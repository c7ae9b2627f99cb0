package parallax.probe.service.lines;

import java.util.SortedSet;
import parallax.config.check.service.Security;
import parallax.probe.service.talk.Heard;
import parallax.probe.service.talk.Move;
import parallax.probe.service.talk.NotYet;
import parallax.probe.service.talk.Unfit;

/** SMTP: greeting, EHLO, STARTTLS (RFC 3207), EHLO again, QUIT. */
public final class SmtpTalk {
  private static final int READY = 220;
  private static final int OK = 250;

  private final Security security;
  private final String hello;
  private final SortedSet<String> expected;

  /**
   * @param hello a name, or an address literal
   * @param expected capabilities
   */
  public SmtpTalk(Security security, String hello, SortedSet<String> expected) {
    this.security = security;
    this.hello = hello;
    this.expected = expected;
  }

  public Move start() {
    return Move.listen(this::greeting);
  }

  private Move greeting(Heard heard) throws NotYet, Unfit {
    Reply reply = Reply.read(heard);
    if (reply.code() != READY) {
      throw reply.refusal();
    }
    return ehlo(reply.shown(), false);
  }

  private Move ehlo(String greeting, boolean secured) {
    return Move.line("EHLO " + hello, heard -> said(heard, greeting, secured));
  }

  private Move said(Heard heard, String greeting, boolean secured) throws NotYet, Unfit {
    Reply reply = Reply.read(heard);
    if (reply.code() != OK) {
      throw reply.error();
    }
    Capabilities can = Capabilities.of(reply.texts().subList(1, reply.texts().size()));
    if (!secured && StartTls.wanted(security, can.has("STARTTLS"))) {
      return Move.line("STARTTLS", next -> agreed(next, greeting));
    }
    can.mustHave(expected);
    return Move.fine(greeting, "QUIT\r\n");
  }

  private Move agreed(Heard heard, String greeting) throws NotYet, Unfit {
    Reply reply = Reply.read(heard);
    if (reply.code() != READY) {
      throw StartTls.refused(reply.shown());
    }
    return new Move.Secure(() -> ehlo(greeting, true));
  }
}
