package parallax.probe.service.frames;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import parallax.config.observation.Reason;
import parallax.probe.service.talk.Body;
import parallax.probe.service.talk.Heard;
import parallax.probe.service.talk.Move;
import parallax.probe.service.talk.NotYet;
import parallax.probe.service.talk.Quote;
import parallax.probe.service.talk.Unfit;

/** AMQP 0-9-1 (sections 2.2.4 and 4.2): the protocol header, and the broker's Connection.Start. */
public final class AmqpTalk {
  private static final byte[] HEADER = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
  private static final byte[] NAME = Arrays.copyOf(HEADER, 4);
  private static final int METHOD = 1;
  private static final int FRAME_END = 0xce;
  private static final int CONNECTION = 10;
  private static final int START = 10;

  private AmqpTalk() {}

  public static Move start() {
    return new Move.Say(HEADER.clone(), AmqpTalk::answered);
  }

  private static Move answered(Heard heard) throws NotYet, Unfit {
    byte[] head = heard.take(7);
    if (Arrays.equals(Arrays.copyOf(head, NAME.length), NAME)) {
      byte last = heard.take(1)[0];
      throw new Unfit(
          Reason.SERVICE_ERROR,
          "it speaks AMQP " + head[5] + "-" + head[6] + "-" + last + ", not 0-9-1");
    }
    if (head[0] != METHOD || head[1] != 0 || head[2] != 0) {
      throw Unfit.garbage(Quote.of(head));
    }
    byte[] payload = heard.take(Body.of(Arrays.copyOfRange(head, 3, 7), Heard::uint32));
    if (heard.octet() != FRAME_END) {
      throw Unfit.garbage(Quote.of(payload));
    }
    return new Move.Fine(Body.of(payload, AmqpTalk::described), new byte[0]);
  }

  /** Class, method, version, properties, mechanisms, locales. */
  private static String described(Heard body) throws NotYet, Unfit {
    int of = body.uint16();
    int method = body.uint16();
    if (of != CONNECTION || method != START) {
      throw Unfit.garbage("method " + method + " of class " + of);
    }
    int major = body.octet();
    int minor = body.octet();
    byte[] _ = body.take(body.uint32());
    String mechanisms = new String(body.take(body.uint32()), StandardCharsets.ISO_8859_1);
    return "AMQP " + major + "-" + minor + ", " + Quote.of(mechanisms);
  }
}
