package parallax.probe.service.frames;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import parallax.config.check.service.Login;
import parallax.config.observation.Reason;
import parallax.probe.service.talk.Heard;
import parallax.probe.service.talk.Move;
import parallax.probe.service.talk.NotYet;
import parallax.probe.service.talk.Quote;
import parallax.probe.service.talk.Unfit;

/** MQTT 3.1.1: CONNECT (section 3.1), CONNACK (section 3.2), DISCONNECT. */
public final class MqttTalk {
  private static final int CONNACK = 0x20;
  private static final byte[] DISCONNECT = {(byte) 0xe0, 0};
  private static final int KEEP_ALIVE_SECONDS = 60;
  private static final int LEVEL = 4;
  private static final int CLEAN = 0x02;
  private static final int WITH_PASSWORD = 0xc0;

  private final Optional<Login> login;
  private final String client;

  /**
   * @param client a name that nobody else has: a broker shows the door to the elder of two
   */
  public MqttTalk(Optional<Login> login, String client) {
    this.login = login;
    this.client = client;
  }

  public Move start() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(text("MQTT"));
    body.write(LEVEL);
    body.write(CLEAN | (login.isPresent() ? WITH_PASSWORD : 0));
    body.writeBytes(number(KEEP_ALIVE_SECONDS));
    body.writeBytes(text(client));
    login.ifPresent(
        own -> {
          body.writeBytes(text(own.user()));
          body.writeBytes(text(own.password().reveal()));
        });
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(0x10);
    int left = body.size();
    do {
      packet.write(left > 0x7f ? (left & 0x7f) | 0x80 : left);
      left >>= 7;
    } while (left > 0);
    packet.writeBytes(body.toByteArray());
    return new Move.Say(packet.toByteArray(), this::answered);
  }

  private Move answered(Heard heard) throws NotYet, Unfit {
    byte[] answer = heard.take(2);
    if ((answer[0] & 0xff) != CONNACK || answer[1] != 2) {
      throw Unfit.garbage(Quote.of(answer));
    }
    int _ = heard.octet();
    int code = heard.octet();
    String said = "CONNACK " + code;
    return switch (code) {
      case 0 -> new Move.Fine(said, DISCONNECT.clone());
      case 1 -> throw new Unfit(Reason.SERVICE_ERROR, said + ": not this version of the protocol");
      case 2 -> throw new Unfit(Reason.SERVICE_REFUSES, said + ": not this name of a client");
      case 3 -> throw new Unfit(Reason.SERVICE_NOT_READY, said + ": server unavailable");
      case 4, 5 -> {
        if (login.isPresent()) {
          throw new Unfit(Reason.SERVICE_LOGIN, said);
        }
        yield new Move.Fine(said + ": asks for a login", new byte[0]);
      }
      default -> throw Unfit.garbage(said);
    };
  }

  private static byte[] text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Short.BYTES + bytes.length)
        .putShort((short) bytes.length)
        .put(bytes)
        .array();
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(Short.BYTES).putShort((short) value).array();
  }
}
