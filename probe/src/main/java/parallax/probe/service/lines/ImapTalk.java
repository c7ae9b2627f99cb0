package parallax.probe.service.lines;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import parallax.config.check.service.Security;
import parallax.config.observation.Reason;
import parallax.probe.service.talk.Heard;
import parallax.probe.service.talk.Move;
import parallax.probe.service.talk.NotYet;
import parallax.probe.service.talk.Quote;
import parallax.probe.service.talk.Unfit;

/** IMAP (RFC 9051): greeting, CAPABILITY, STARTTLS, CAPABILITY again, LOGOUT. */
public final class ImapTalk {
  private static final String CAPABILITY = "* CAPABILITY ";

  private final Security security;
  private final SortedSet<String> expected;

  public ImapTalk(Security security, SortedSet<String> expected) {
    this.security = security;
    this.expected = expected;
  }

  public Move start() {
    return Move.listen(this::greeting);
  }

  private Move greeting(Heard heard) throws NotYet, Unfit {
    String line = heard.line();
    String upper = line.toUpperCase(Locale.ROOT);
    if (upper.startsWith("* BYE")) {
      throw new Unfit(Reason.SERVICE_REFUSES, Quote.of(line));
    }
    if (!upper.startsWith("* OK") && !upper.startsWith("* PREAUTH")) {
      throw Unfit.garbage(line);
    }
    return ask("a1", Quote.of(line), false);
  }

  private Move ask(String tag, String greeting, boolean secured) {
    return Move.line(tag + " CAPABILITY", heard -> told(heard, tag, greeting, secured));
  }

  private Move told(Heard heard, String tag, String greeting, boolean secured)
      throws NotYet, Unfit {
    List<String> words = new ArrayList<>();
    String end = answer(heard, tag, words);
    if (!end.startsWith("OK")) {
      throw new Unfit(Reason.SERVICE_ERROR, Quote.of(end));
    }
    Capabilities can = Capabilities.of(words);
    if (!secured && StartTls.wanted(security, can.has("STARTTLS"))) {
      return Move.line("a2 STARTTLS", next -> agreed(next, greeting));
    }
    can.mustHave(expected);
    return Move.fine(greeting, "a9 LOGOUT\r\n");
  }

  private Move agreed(Heard heard, String greeting) throws NotYet, Unfit {
    String end = answer(heard, "a2", new ArrayList<>());
    if (!end.startsWith("OK")) {
      throw StartTls.refused(end);
    }
    return new Move.Secure(() -> ask("a3", greeting, true));
  }

  /** The status of the command, in upper case; capabilities on the way go into {@code words}. */
  private static String answer(Heard heard, String tag, List<String> words) throws NotYet, Unfit {
    while (true) {
      String line = heard.line();
      String upper = line.toUpperCase(Locale.ROOT);
      if (upper.startsWith(tag.toUpperCase(Locale.ROOT) + " ")) {
        return upper.substring(tag.length() + 1);
      }
      if (upper.startsWith("* BYE")) {
        throw new Unfit(Reason.SERVICE_REFUSES, Quote.of(line));
      }
      if (!upper.startsWith("* ")) {
        throw Unfit.garbage(line);
      }
      if (upper.startsWith(CAPABILITY)) {
        words.addAll(Arrays.asList(upper.substring(CAPABILITY.length()).strip().split(" +")));
      }
    }
  }
}
