package parallax.probe.service;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.probe.net.Attempt;
import parallax.probe.net.ConnectFailure;
import parallax.probe.service.talk.Heard;
import parallax.probe.service.talk.Move;
import parallax.probe.service.talk.NotYet;
import parallax.probe.service.talk.Quote;
import parallax.probe.service.talk.Step;
import parallax.probe.service.talk.Unfit;
import parallax.probe.tls.TlsFailure;

/**
 * Carries a dialogue over one connection: gives it what comes, does what it says, and ends the
 * attempt. What is read is bounded, and so are the steps. Confined to the attempt's event loop.
 */
final class Conversation {
  /** No dialogue needs more, in bytes from the service. */
  static final int MAX_HEARD = 256 * 1024;

  /** No dialogue needs more. */
  static final int MAX_MOVES = 1_000;

  /** How long a service that works is waited for to say goodbye, at most. */
  static final Duration PARTING = Duration.ofMillis(500);

  private final Attempt attempt;
  private final Channel channel;
  private final Upgrade upgrade;
  private final Consumer<Move.Fine> fine;

  private byte[] held = new byte[0];
  private int heard;
  private int moves;
  private Optional<Move.Fine> parting = Optional.empty();
  private Ear ear = new Ear();
  private Step next =
      _ -> {
        throw new IllegalStateException("nothing was asked yet");
      };

  /** Goes over to TLS on the connection, and calls back; else the attempt has ended. */
  @FunctionalInterface
  interface Upgrade {
    void secure(Runnable then);
  }

  /**
   * @param fine called when the service works, before the connection is closed
   */
  Conversation(Attempt attempt, Channel channel, Upgrade upgrade, Consumer<Move.Fine> fine) {
    this.attempt = attempt;
    this.channel = channel;
    this.upgrade = upgrade;
    this.fine = fine;
  }

  /** Begins with {@code first}, on a connection that nobody reads. */
  void start(Move first) {
    attempt.reached(Layer.HTTP);
    attempt.enter(Phase.FIRST_BYTE, Reason.SERVICE_TIMEOUT);
    listen();
    begin(first);
  }

  private void begin(Move move) {
    if (act(move)) {
      go();
    }
  }

  private void listen() {
    ear = new Ear();
    channel.pipeline().addLast(ear);
    channel.config().setAutoRead(true);
  }

  private void hear(ByteBuf bytes) {
    if (heard == 0 && parting.isEmpty()) {
      attempt.enter(Phase.TRANSFER, Reason.SERVICE_TIMEOUT);
    }
    int before = held.length;
    int count = bytes.readableBytes();
    heard += count;
    if (heard > MAX_HEARD) {
      end(new Finding(Reason.SERVICE_TOO_LONG, "more than " + MAX_HEARD + " bytes"));
      return;
    }
    held = Arrays.copyOf(held, before + count);
    bytes.readBytes(held, before, count);
    go();
  }

  /** Takes steps while there is enough for them. */
  private void go() {
    boolean more = true;
    while (more && !attempt.isOver()) {
      Heard cursor = new Heard(held);
      try {
        Move move = next.hear(cursor);
        held = cursor.rest();
        more = act(move);
      } catch (NotYet waiting) {
        more = false;
        if (held.length > Heard.MAX_ANSWER) {
          end(
              new Finding(
                  Reason.SERVICE_TOO_LONG, "an answer of more than " + held.length + " bytes"));
        }
      } catch (Unfit unfit) {
        end(unfit.finding());
      }
    }
  }

  /** Makes a move; whether the next step can be tried at once. */
  private boolean act(Move move) {
    moves++;
    if (moves > MAX_MOVES) {
      end(new Finding(Reason.SERVICE_TOO_LONG, "more than " + MAX_MOVES + " answers"));
      return false;
    }
    return switch (move) {
      case Move.Say(byte[] bytes, Step then) -> {
        next = then;
        if (bytes.length > 0) {
          send(bytes);
        }
        // On some steps TLS follows at once, without an answer.
        yield true;
      }
      case Move.Secure secure -> {
        secure(secure);
        yield false;
      }
      case Move.Leave(Move.Fine done, byte[] farewell, Step until) -> {
        attempt.leavePhase();
        parting = Optional.of(done);
        next = until;
        Duration half = attempt.deadline().left().dividedBy(2);
        attempt.after(half.compareTo(PARTING) < 0 ? half : PARTING, () -> fine.accept(done));
        send(farewell);
        yield true;
      }
      case Move.Fine done -> {
        attempt.leavePhase();
        if (done.farewell().length > 0) {
          send(done.farewell());
        }
        fine.accept(done);
        yield false;
      }
    };
  }

  /** The dialogue is over, and badly, unless all that mattered was said. */
  private void end(Finding finding) {
    parting.ifPresentOrElse(fine, () -> attempt.failed(finding));
  }

  private void secure(Move.Secure secure) {
    if (held.length > 0) {
      attempt.failed(Reason.STARTTLS_INJECTED, Quote.of(held));
      return;
    }
    channel.config().setAutoRead(false);
    channel.pipeline().remove(ear);
    upgrade.secure(
        () -> {
          attempt.enter(Phase.TRANSFER, Reason.SERVICE_TIMEOUT);
          listen();
          begin(secure.then().get());
        });
  }

  private void send(byte[] bytes) {
    channel
        .writeAndFlush(Unpooled.wrappedBuffer(bytes))
        .addListener(
            (ChannelFutureListener)
                sent -> {
                  if (!sent.isSuccess()) {
                    lost(sent.cause());
                  }
                });
  }

  private void lost(Throwable cause) {
    attempt.onLoop(
        () -> {
          if (TlsFailure.isTls(cause)) {
            end(TlsFailure.of(cause));
          } else {
            end(
                Finding.of(
                    ConnectFailure.isReset(cause) ? Reason.SERVICE_RESET : Reason.SERVICE_CLOSED));
          }
        });
  }

  /** What the connection tells. There is another after TLS: a handler serves once. */
  private final class Ear extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      try {
        if (message instanceof ByteBuf bytes) {
          attempt.guarded(() -> hear(bytes)).run();
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      attempt
          .guarded(
              () ->
                  end(
                      new Finding(
                          Reason.SERVICE_CLOSED,
                          heard == 0
                              ? "before it said anything"
                              : held.length == 0 ? "" : "after " + Quote.of(held))))
          .run();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      lost(cause);
    }
  }
}
