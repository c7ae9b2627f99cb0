package parallax.probe.service.lines;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import parallax.config.check.service.Login;
import parallax.config.observation.Reason;
import parallax.probe.service.talk.Heard;
import parallax.probe.service.talk.Move;
import parallax.probe.service.talk.NotYet;
import parallax.probe.service.talk.Quote;
import parallax.probe.service.talk.Unfit;

/** Redis (RESP 2): AUTH where there is a login, PING, QUIT. */
public final class RedisTalk {
  private static final String PONG = "+PONG";

  private final Optional<Login> login;

  public RedisTalk(Optional<Login> login) {
    this.login = login;
  }

  public Move start() {
    return login
        .<Move>map(
            own ->
                new Move.Say(
                    own.user().isEmpty()
                        ? command("AUTH", own.password().reveal())
                        : command("AUTH", own.user(), own.password().reveal()),
                    this::entered))
        .orElseGet(this::ping);
  }

  private Move entered(Heard heard) throws NotYet, Unfit {
    String line = heard.line();
    if (!line.startsWith("+")) {
      Reason reason =
          refusal(line).filter(why -> why != Reason.SERVICE_ERROR).orElse(Reason.SERVICE_LOGIN);
      throw new Unfit(reason, Quote.of(word(line)));
    }
    return ping();
  }

  private Move ping() {
    return new Move.Say(command("PING"), this::answered);
  }

  private Move answered(Heard heard) throws NotYet, Unfit {
    String line = heard.line();
    if (line.equals(PONG)) {
      return Move.fine(PONG, "QUIT\r\n");
    }
    boolean asksForLogin = line.startsWith("-NOAUTH") || line.startsWith("-NOPERM");
    if (asksForLogin && login.isEmpty()) {
      return Move.fine(Quote.of(line), "");
    }
    if (asksForLogin) {
      throw new Unfit(Reason.SERVICE_LOGIN, Quote.of(line));
    }
    throw new Unfit(refusal(line).orElseThrow(() -> Unfit.garbage(line)), Quote.of(line));
  }

  /** What an error means; empty when it is none. */
  private static Optional<Reason> refusal(String line) {
    if (!line.startsWith("-")) {
      return Optional.empty();
    }
    return Optional.of(
        switch (word(line)) {
          case "LOADING" -> Reason.SERVICE_NOT_READY;
          case "DENIED" -> Reason.SERVICE_REFUSES;
          case "ERR" ->
              line.contains("max number of clients") ? Reason.SERVICE_FULL : Reason.SERVICE_ERROR;
          default -> Reason.SERVICE_ERROR;
        });
  }

  /** The first word of an error: what it says beside that may repeat what was sent. */
  private static String word(String line) {
    int end = line.indexOf(' ');
    return line.substring(line.isEmpty() ? 0 : 1, end < 1 ? line.length() : end);
  }

  private static byte[] command(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      out.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.writeBytes(bytes);
      out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    return out.toByteArray();
  }
}
