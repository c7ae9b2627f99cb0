package parallax.probe.service.lines;

import java.util.Optional;
import parallax.config.check.service.Login;
import parallax.config.check.service.Security;
import parallax.config.observation.Reason;
import parallax.probe.service.talk.Heard;
import parallax.probe.service.talk.Move;
import parallax.probe.service.talk.NotYet;
import parallax.probe.service.talk.Unfit;

/**
 * FTP (RFC 959): greeting, AUTH TLS (RFC 4217), USER and PASS where there is a login, QUIT. A
 * password goes in clear only where TLS was not asked for at all.
 */
public final class FtpTalk {
  private static final int READY = 220;
  private static final int NEED_PASSWORD = 331;
  private static final int TLS_NEXT = 234;

  private final Security security;
  private final Optional<Login> login;

  public FtpTalk(Security security, Optional<Login> login) {
    this.security = security;
    this.login = login;
  }

  public Move start() {
    return Move.listen(this::greeting);
  }

  private Move greeting(Heard heard) throws NotYet, Unfit {
    Reply reply = Reply.read(heard);
    if (reply.code() != READY) {
      throw reply.refusal();
    }
    String greeting = reply.shown();
    return security == Security.CLEAR || security == Security.TLS
        ? user(greeting)
        : Move.line("AUTH TLS", next -> agreed(next, greeting));
  }

  private Move agreed(Heard heard, String greeting) throws NotYet, Unfit {
    Reply reply = Reply.read(heard);
    if (reply.code() == TLS_NEXT) {
      return new Move.Secure(() -> user(greeting));
    }
    if (security == Security.STARTTLS_REQUIRED) {
      throw StartTls.notOffered(reply.shown());
    }
    if (login.isPresent()) {
      throw StartTls.notOffered(
          "the password stays here; 'starttls: never' sends it in clear: " + reply.shown());
    }
    return user(greeting);
  }

  private Move user(String greeting) {
    return login
        .map(own -> Move.line("USER " + own.user(), heard -> known(heard, own, greeting)))
        .orElseGet(() -> Move.fine(greeting, "QUIT\r\n"));
  }

  private static Move known(Heard heard, Login login, String greeting) throws NotYet, Unfit {
    Reply reply = Reply.read(heard);
    if (reply.code() == NEED_PASSWORD) {
      return Move.line("PASS " + login.password().reveal(), next -> entered(next, greeting));
    }
    return judged(reply, greeting);
  }

  private static Move entered(Heard heard, String greeting) throws NotYet, Unfit {
    return judged(Reply.read(heard), greeting);
  }

  private static Move judged(Reply reply, String greeting) throws Unfit {
    if (!reply.fine()) {
      // Its text may repeat what was sent.
      throw new Unfit(
          reply.code() == 421 ? Reason.SERVICE_NOT_READY : Reason.SERVICE_LOGIN,
          "code " + reply.code());
    }
    return Move.fine(greeting, "QUIT\r\n");
  }
}
