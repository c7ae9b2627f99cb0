package parallax.probe.service.socket;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import parallax.config.check.packet.Answer;
import parallax.config.check.packet.Payload;
import parallax.config.check.service.Protocol;
import parallax.config.check.service.Protocol.Header;
import parallax.config.observation.Reason;
import parallax.config.secret.Secret;
import parallax.probe.service.talk.Heard;
import parallax.probe.service.talk.Move;
import parallax.probe.service.talk.NotYet;
import parallax.probe.service.talk.Quote;
import parallax.probe.service.talk.Unfit;

/** A WebSocket: the handshake, a message and its answer where there are any, the closing. */
public final class SocketTalk {
  private static final int GOING_AWAY = 1_001;
  private static final int RESTART = 1_012;
  private static final int TRY_AGAIN = 1_013;
  private static final int POLICY = 1_008;
  private static final String SUBPROTOCOL = "sec-websocket-protocol";
  private static final String EXTENSIONS = "sec-websocket-extensions";

  private final Protocol.WebSocket wanted;
  private final Place place;
  private final String key;
  private final Supplier<byte[]> masks;
  private final Assembly assembly = new Assembly(Heard.MAX_ANSWER);

  /**
   * Who is spoken to, and by whom.
   *
   * @param authority host, and port unless it is the scheme's own
   */
  public record Place(String authority, String userAgent) {}

  /**
   * @param nonce {@link Handshake#NONCE} random bytes
   * @param masks {@link Frame#MASK} random bytes each time
   */
  public SocketTalk(Protocol.WebSocket wanted, Place place, byte[] nonce, Supplier<byte[]> masks) {
    this.wanted = wanted;
    this.place = place;
    this.key = Handshake.key(nonce);
    this.masks = masks;
  }

  /**
   * The request.
   *
   * @throws Unfit when it cannot be sent
   */
  public Move start() throws Unfit {
    List<Header> headers = new ArrayList<>(wanted.headers());
    wanted
        .subprotocol()
        .ifPresent(name -> headers.add(new Header("Sec-WebSocket-Protocol", Secret.of(name))));
    byte[] request =
        Handshake.request(
            new Handshake.Wanted(
                wanted.target(), place.authority(), key, place.userAgent(), headers));
    return new Move.Say(request, this::shaken);
  }

  private Move shaken(Heard heard) throws NotYet, Unfit {
    Handshake answer = Handshake.read(source(heard));
    if (!answer.switches()) {
      throw new Unfit(Reason.HTTP_STATUS, answer.status() + " instead of 101");
    }
    if (!answer.accepts(key)) {
      throw Frame.broken("a handshake that is not for our key");
    }
    Optional<String> agreed = answer.header(SUBPROTOCOL);
    if (answer.header(EXTENSIONS).isPresent()
        || (agreed.isPresent() && !agreed.equals(wanted.subprotocol()))) {
      throw Frame.broken("an extension or subprotocol that was not asked for");
    }
    if (!agreed.equals(wanted.subprotocol())) {
      throw new Unfit(Reason.SERVICE_LACKS, "subprotocol " + wanted.subprotocol().orElse(""));
    }
    Optional<byte[]> first = wanted.send().map(this::message);
    if (wanted.expect().isPresent()) {
      return new Move.Say(first.orElse(new byte[0]), this::answered);
    }
    return leave(first.orElse(new byte[0]), "status 101" + agreed.map(", "::concat).orElse(""));
  }

  private byte[] message(Payload payload) {
    String text = payload.text().reveal();
    Frame frame =
        payload.hex()
            ? Frame.message(Frame.Kind.BINARY, HexFormat.of().parseHex(text))
            : Frame.message(Frame.Kind.TEXT, text.getBytes(StandardCharsets.UTF_8));
    return frame.masked(masks.get());
  }

  private Move answered(Heard heard) throws NotYet, Unfit {
    Frame frame = Frame.read(source(heard), Heard.MAX_ANSWER);
    Optional<byte[]> message = assembly.add(frame);
    return switch (frame.kind()) {
      case PING -> new Move.Say(frame.pong().masked(masks.get()), this::answered);
      case PONG -> Move.listen(this::answered);
      case CLOSE -> throw closed(frame);
      case MORE, TEXT, BINARY ->
          message.isEmpty() ? Move.listen(this::answered) : judge(message.get());
    };
  }

  private static Unfit closed(Frame close) {
    byte[] why = close.payload();
    String words =
        close.status()
            + (why.length > Short.BYTES
                ? " " + Quote.of(Arrays.copyOfRange(why, Short.BYTES, why.length))
                : "");
    return new Unfit(
        switch (close.status()) {
          case GOING_AWAY, RESTART, TRY_AGAIN -> Reason.SERVICE_NOT_READY;
          case POLICY -> Reason.SERVICE_REFUSES;
          default -> Reason.SERVICE_CLOSED;
        },
        "close " + words);
  }

  private Move judge(byte[] message) throws Unfit {
    Answer expected = wanted.expect().orElseThrow();
    boolean right =
        switch (expected) {
          case Answer.Matching(var pattern) ->
              pattern.matcher(new String(message, StandardCharsets.UTF_8)).find();
          case Answer.Beginning(var hex) -> {
            byte[] first = HexFormat.of().parseHex(hex);
            yield message.length >= first.length
                && Arrays.equals(message, 0, first.length, first, 0, first.length);
          }
        };
    if (!right) {
      String what =
          switch (expected) {
            case Answer.Matching(var pattern) -> pattern.pattern() + " in ";
            case Answer.Beginning(var hex) -> hex + " at the start of ";
          };
      throw new Unfit(Reason.BODY_NO_MATCH, what + Quote.of(message));
    }
    return leave(new byte[0], Quote.of(message));
  }

  /** Says what is left to say and that it is all, and waits for the server to say so, too. */
  private Move leave(byte[] before, String seen) {
    byte[] close = Frame.goodbye().masked(masks.get());
    byte[] farewell = Arrays.copyOf(before, before.length + close.length);
    System.arraycopy(close, 0, farewell, before.length, close.length);
    return new Move.Leave(new Move.Fine(seen, new byte[0]), farewell, heard -> left(heard, seen));
  }

  private Move left(Heard heard, String seen) throws NotYet, Unfit {
    Frame frame = Frame.read(source(heard), Heard.MAX_ANSWER);
    return frame.kind() == Frame.Kind.CLOSE
        ? Move.fine(seen, "")
        : Move.listen(next -> left(next, seen));
  }

  private static Source<NotYet> source(Heard heard) {
    return new Source<>() {
      @Override
      public byte[] take(int count) throws NotYet, Unfit {
        return heard.take(count);
      }

      @Override
      public String line() throws NotYet, Unfit {
        return heard.line();
      }
    };
  }
}
