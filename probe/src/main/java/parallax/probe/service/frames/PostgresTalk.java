package parallax.probe.service.frames;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.check.service.Security;
import parallax.config.observation.Reason;
import parallax.probe.service.lines.StartTls;
import parallax.probe.service.talk.Body;
import parallax.probe.service.talk.Heard;
import parallax.probe.service.talk.Move;
import parallax.probe.service.talk.NotYet;
import parallax.probe.service.talk.Quote;
import parallax.probe.service.talk.Unfit;

/**
 * PostgreSQL (frontend/backend protocol 3.0): SSLRequest, StartupMessage, and what comes before a
 * password would be sent.
 */
public final class PostgresTalk {
  private static final int SSL_REQUEST = 80_877_103;
  private static final int VERSION = 3 << 16;
  private static final int HEAD = Integer.BYTES;
  private static final byte[] TERMINATE = {'X', 0, 0, 0, 4};
  private static final String ANY_DATABASE = "postgres";

  private final Security security;
  private final String user;
  private final Optional<String> database;

  public PostgresTalk(Security security, String user, Optional<String> database) {
    this.security = security;
    this.user = user;
    this.database = database;
  }

  public Move start() {
    return security == Security.CLEAR || security == Security.TLS
        ? startUp()
        : new Move.Say(ByteBuffer.allocate(8).putInt(8).putInt(SSL_REQUEST).array(), this::agreed);
  }

  private Move agreed(Heard heard) throws NotYet, Unfit {
    int answer = heard.octet();
    return switch (answer) {
      case 'S' -> new Move.Secure(this::startUp);
      case 'N' -> {
        if (security == Security.STARTTLS_REQUIRED) {
          throw StartTls.notOffered("");
        }
        yield startUp();
      }
      case 'E' -> throw refused(error(heard));
      default -> throw Unfit.garbage(Quote.of(new byte[] {(byte) answer}));
    };
  }

  private Move startUp() {
    ByteArrayOutputStream pairs = new ByteArrayOutputStream();
    Map<String, String> all = new TreeMap<>();
    all.put("user", user);
    all.put("database", database.orElse(ANY_DATABASE));
    all.put("application_name", "parallax");
    all.forEach(
        (key, value) -> {
          pairs.writeBytes((key + '\0').getBytes(StandardCharsets.UTF_8));
          pairs.writeBytes((value + '\0').getBytes(StandardCharsets.UTF_8));
        });
    pairs.write(0);
    byte[] message =
        ByteBuffer.allocate(8 + pairs.size())
            .putInt(8 + pairs.size())
            .putInt(VERSION)
            .put(pairs.toByteArray())
            .array();
    return new Move.Say(message, this::answered);
  }

  private Move answered(Heard heard) throws NotYet, Unfit {
    int kind = heard.octet();
    return switch (kind) {
      case 'E' -> judged(error(heard));
      case 'R' -> {
        long asked = Body.of(message(heard), Heard::uint32);
        // 0: no password is asked for, and what follows shows whether there is a session.
        yield asked == 0
            ? Move.listen(this::answered)
            : new Move.Fine("asks for a password (" + asked + ")", new byte[0]);
      }
      case 'Z' -> {
        byte[] _ = message(heard);
        yield new Move.Fine("ready for queries", TERMINATE.clone());
      }
      case 'S', 'K', 'N', 'v' -> {
        byte[] _ = message(heard);
        yield Move.listen(this::answered);
      }
      default -> throw Unfit.garbage(Quote.of(new byte[] {(byte) kind}));
    };
  }

  private static byte[] message(Heard heard) throws NotYet, Unfit {
    return heard.take(heard.uint32() - HEAD);
  }

  /** An ErrorResponse: fields by their letter. */
  private static Map<Character, String> error(Heard heard) throws NotYet, Unfit {
    String text = new String(message(heard), StandardCharsets.UTF_8);
    Map<Character, String> fields = new TreeMap<>();
    for (String field : text.split("\0")) {
      if (!field.isEmpty()) {
        fields.putIfAbsent(field.charAt(0), field.substring(1));
      }
    }
    return fields;
  }

  /** A server that refuses this user works; one that refuses everybody does not. */
  private Move judged(Map<Character, String> error) throws Unfit {
    String state = error.getOrDefault('C', "");
    boolean noDatabase = state.equals("3D000") && database.isEmpty();
    if (state.startsWith("28") || noDatabase) {
      return new Move.Fine(said(error), new byte[0]);
    }
    throw refused(error);
  }

  private static Unfit refused(Map<Character, String> error) {
    Reason reason =
        switch (error.getOrDefault('C', "")) {
          case "57P01", "57P02", "57P03" -> Reason.SERVICE_NOT_READY;
          case "53300" -> Reason.SERVICE_FULL;
          case "" -> Reason.SERVICE_GARBAGE;
          default -> Reason.SERVICE_ERROR;
        };
    return new Unfit(reason, said(error));
  }

  private static String said(Map<Character, String> error) {
    return Quote.of(error.getOrDefault('C', "") + " " + error.getOrDefault('M', ""));
  }
}
