package parallax.probe.service.frames;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

/**
 * MySQL and MariaDB (client/server protocol 10): the greeting, TLS, and a login without a password.
 * That it is denied shows a server that works; a dialogue broken off before would count against the
 * probe, which the server blocks after some (max_connect_errors).
 */
public final class MySqlTalk {
  private static final int PROTOCOL = 10;
  private static final int OK = 0;
  private static final int ERROR = 0xff;
  private static final int OTHER_LOGIN = 0xfe;
  private static final int MORE = 0x01;

  private static final int SSL = 0x800;
  private static final int LONG_PASSWORD = 1;
  private static final int PROTOCOL_41 = 0x200;
  private static final int SECURE_CONNECTION = 0x8000;
  private static final int PLUGIN_AUTH = 0x8_0000;
  private static final int MAX_PACKET = 1 << 16;
  private static final byte UTF8 = 33;
  private static final int FILLER = 23;
  private static final int QUIT = 1;

  private final Security security;
  private final String user;

  public MySqlTalk(Security security, String user) {
    this.security = security;
    this.user = user;
  }

  /** A packet: its number, and what is in it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Packet(int number, byte[] body) {
    static Packet read(Heard heard) throws NotYet, Unfit {
      byte[] length = heard.take(3);
      int number = heard.octet();
      return new Packet(
          number,
          heard.take((length[0] & 0xff) | (length[1] & 0xff) << 8 | (length[2] & 0xff) << 16));
    }

    int kind() throws Unfit {
      return Body.of(body, Heard::octet);
    }
  }

  /** What a greeting tells. */
  private record Greeting(String version, int capabilities) {}

  public Move start() {
    return Move.listen(this::greeted);
  }

  private Move greeted(Heard heard) throws NotYet, Unfit {
    Packet packet = Packet.read(heard);
    if (packet.kind() == ERROR) {
      throw failed(packet.body());
    }
    if (packet.number() != 0 || packet.kind() != PROTOCOL) {
      throw Unfit.garbage(Quote.of(packet.body()));
    }
    Greeting greeting = Body.of(packet.body(), MySqlTalk::greeting);
    int wanted =
        LONG_PASSWORD | PROTOCOL_41 | SECURE_CONNECTION | (greeting.capabilities() & PLUGIN_AUTH);
    String version = "version " + Quote.of(greeting.version());
    boolean secure = StartTls.wanted(security, (greeting.capabilities() & SSL) != 0);
    if (!secure) {
      return login(1, wanted, version);
    }
    // TLS begins right after this packet; the server says nothing before.
    byte[] request = packet(1, head(wanted | SSL));
    return new Move.Say(request, _ -> new Move.Secure(() -> login(2, wanted | SSL, version)));
  }

  private static Greeting greeting(Heard body) throws NotYet, Unfit {
    int _ = body.octet();
    ByteArrayOutputStream version = new ByteArrayOutputStream();
    for (int next = body.octet(); next != 0; next = body.octet()) {
      version.write(next);
    }
    byte[] _ = body.take(4 + 8 + 1);
    int low = little(body.take(2));
    byte[] _ = body.take(1 + 2);
    int high = little(body.take(2));
    return new Greeting(version.toString(StandardCharsets.ISO_8859_1), low | high << 16);
  }

  private static int little(byte[] two) {
    return (two[0] & 0xff) | (two[1] & 0xff) << 8;
  }

  private Move login(int number, int capabilities, String version) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(head(capabilities));
    body.writeBytes((user + '\0').getBytes(StandardCharsets.UTF_8));
    body.write(0);
    if ((capabilities & PLUGIN_AUTH) != 0) {
      body.writeBytes("mysql_native_password\0".getBytes(StandardCharsets.US_ASCII));
    }
    return new Move.Say(packet(number, body.toByteArray()), heard -> answered(heard, version));
  }

  private Move answered(Heard heard, String version) throws NotYet, Unfit {
    Packet packet = Packet.read(heard);
    return switch (packet.kind()) {
      case OK -> new Move.Fine(version, packet(0, new byte[] {QUIT}));
      // Another way to log in: with no password every way begins with nothing.
      case OTHER_LOGIN, MORE ->
          new Move.Say(packet(packet.number() + 1, new byte[0]), next -> answered(next, version));
      case ERROR -> {
        int code = Body.of(packet.body(), MySqlTalk::code);
        if (!isOfUser(code)) {
          throw failed(packet.body());
        }
        yield new Move.Fine(version, new byte[0]);
      }
      default -> throw Unfit.garbage(Quote.of(packet.body()));
    };
  }

  private static boolean isOfUser(int code) {
    return switch (code) {
      // ER_DBACCESS_DENIED, ER_ACCESS_DENIED, ..._NO_PASSWORD, ER_MUST_CHANGE_PASSWORD_LOGIN,
      // ER_SECURE_TRANSPORT_REQUIRED, ER_PLUGIN_IS_NOT_LOADED, ER_ACCOUNT_HAS_BEEN_LOCKED.
      case 1_044, 1_045, 1_698, 1_862, 3_159, 1_524, 3_118, 4_151 -> true;
      default -> false;
    };
  }

  private static int code(Heard body) throws NotYet, Unfit {
    int _ = body.octet();
    return little(body.take(2));
  }

  private static Unfit failed(byte[] body) throws Unfit {
    int code = Body.of(body, MySqlTalk::code);
    String text = new String(body, 3, body.length - 3, StandardCharsets.UTF_8);
    Reason reason =
        switch (code) {
          case 1_040, 1_203 -> Reason.SERVICE_FULL;
          case 1_129, 1_130 -> Reason.SERVICE_REFUSES;
          case 1_053 -> Reason.SERVICE_NOT_READY;
          default -> Reason.SERVICE_ERROR;
        };
    return new Unfit(reason, code + " " + Quote.of(text.replaceFirst("^#.....", "")));
  }

  /** What SSLRequest and HandshakeResponse41 begin with. */
  private static byte[] head(int capabilities) {
    return ByteBuffer.allocate(4 + 4 + 1 + FILLER)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(capabilities)
        .putInt(MAX_PACKET)
        .put(UTF8)
        .array();
  }

  private static byte[] packet(int number, byte[] body) {
    return ByteBuffer.allocate(4 + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(body.length | number << 24)
        .put(body)
        .array();
  }
}
