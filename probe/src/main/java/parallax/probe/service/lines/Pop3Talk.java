package parallax.probe.service.lines;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import parallax.config.check.service.Security;
import parallax.config.observation.Reason;
import parallax.probe.service.talk.Heard;
import parallax.probe.service.talk.Move;
import parallax.probe.service.talk.NotYet;
import parallax.probe.service.talk.Quote;
import parallax.probe.service.talk.Unfit;

/** POP3 (RFC 1939): greeting, CAPA (RFC 2449), STLS (RFC 2595), CAPA again, QUIT. */
public final class Pop3Talk {
  private static final String OK = "+OK";
  private static final String ERROR = "-ERR";

  private final Security security;
  private final SortedSet<String> expected;

  public Pop3Talk(Security security, SortedSet<String> expected) {
    this.security = security;
    this.expected = expected;
  }

  public Move start() {
    return Move.listen(this::greeting);
  }

  private Move greeting(Heard heard) throws NotYet, Unfit {
    String line = heard.line();
    if (line.startsWith(ERROR)) {
      throw new Unfit(Reason.SERVICE_REFUSES, Quote.of(line));
    }
    if (!line.startsWith(OK)) {
      throw Unfit.garbage(line);
    }
    return ask(Quote.of(line), false);
  }

  private Move ask(String greeting, boolean secured) {
    return Move.line("CAPA", heard -> told(heard, greeting, secured));
  }

  private Move told(Heard heard, String greeting, boolean secured) throws NotYet, Unfit {
    List<String> lines = new ArrayList<>();
    String first = heard.line();
    if (first.startsWith(OK)) {
      String line = heard.line();
      while (!line.equals(".")) {
        lines.add(line);
        line = heard.line();
      }
    } else if (!first.startsWith(ERROR)) {
      throw Unfit.garbage(first);
    }
    Capabilities can = Capabilities.of(lines);
    if (!secured && StartTls.wanted(security, can.has("STLS"))) {
      return Move.line("STLS", next -> agreed(next, greeting));
    }
    can.mustHave(expected);
    return Move.fine(greeting, "QUIT\r\n");
  }

  private Move agreed(Heard heard, String greeting) throws NotYet, Unfit {
    String line = heard.line();
    if (!line.startsWith(OK)) {
      throw StartTls.refused(line);
    }
    return new Move.Secure(() -> ask(greeting, true));
  }
}
