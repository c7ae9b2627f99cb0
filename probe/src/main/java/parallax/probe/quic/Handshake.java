package parallax.probe.quic;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.AsyncResult;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLEngine;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.probe.net.AddressText;
import parallax.probe.net.Attempt;
import parallax.probe.net.Connector;
import parallax.probe.tls.TlsClient;

/** One handshake of QUIC over one UDP socket (RFC 9001). Confined to its attempt's event loop. */
final class Handshake {
  /** On whose behalf and how. */
  record Way(Attempt attempt, Connector connector, TlsClient tls, TlsClient.Terms terms) {}

  private final Way way;
  private final Connector.Connected socket;
  private final Connector.Turn turn;
  private final BiConsumer<Http3Line, TlsClient.Session> next;
  private final Http3Line line;
  private Optional<QuicConnectionCloseEvent> close = Optional.empty();
  private boolean heard;
  private boolean done;
  private int bytes;

  private Handshake(
      Way way,
      Connector.Connected socket,
      Connector.Turn turn,
      BiConsumer<Http3Line, TlsClient.Session> next) {
    this.way = way;
    this.socket = socket;
    this.turn = turn;
    this.next = next;
    this.line = new Http3Line(socket.channel());
  }

  /** Says the first word; goes on with {@code next}, tells {@code turn}, or ends the attempt. */
  static void start(
      Way way,
      Connector.Connected socket,
      Connector.Turn turn,
      BiConsumer<Http3Line, TlsClient.Session> next) {
    new Handshake(way, socket, turn, next).prepare();
  }

  /**
   * Makes the codec away from the loop: with it the library reads the CAs that SSL_CERT_FILE or
   * /etc/ssl/cert.pem holds, which it is never asked about.
   */
  private void prepare() {
    Attempt attempt = way.attempt();
    attempt.await(Reason.PROBE_OVERLOADED);
    way.connector()
        .loops()
        .elsewhere(
            () ->
                QuicLimits.codec(attempt.deadline().left())
                    .sslEngineProvider(quic -> way.tls().quicEngine(quic.alloc(), way.terms()))
                    .build())
        .onComplete(made -> socket.channel().eventLoop().execute(() -> prepared(made)));
  }

  private void prepared(AsyncResult<ChannelHandler> made) {
    Attempt attempt = way.attempt();
    if (made.failed()) {
      attempt.guarded(() -> attempt.broken(made.cause())).run();
    } else if (attempt.isOver() || !socket.channel().isOpen()) {
      // Its native memory is let go of when it leaves a pipeline.
      new EmbeddedChannel(made.result()).finishAndReleaseAll();
    } else {
      attempt.guarded(() -> start(made.result())).run();
    }
  }

  private void start(ChannelHandler codec) {
    Channel channel = socket.channel();
    Attempt attempt = way.attempt();
    attempt.enter(Phase.CONNECT, Reason.UDP_NO_ANSWER);
    attempt.holdBy(line::close);
    channel.pipeline().addLast(new Arrivals(), codec);
    channel
        .config()
        .setRecvByteBufAllocator(new FixedRecvByteBufAllocator(QuicLimits.DATAGRAM_BYTES));
    channel.config().setAutoRead(true);
    QuicChannel.newBootstrap(channel)
        .handler(new Outcome())
        .remoteAddress(channel.remoteAddress())
        .connect()
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                attempt.onLoop(() -> failed(connected.cause()));
              }
            });
  }

  private void heard() {
    if (!heard) {
      heard = true;
      turn.reached();
      way.attempt().reached(Layer.TLS);
      way.attempt().enter(Phase.TLS, Reason.TLS_TIMEOUT);
    }
  }

  private void failed(Throwable cause) {
    if (done) {
      return;
    }
    done = true;
    if (cause instanceof IllegalArgumentException unusable) {
      way.attempt().failed(Reason.PROBE_NOT_CONFIGURED, String.valueOf(unusable.getMessage()));
    } else if (heard || close.isPresent()) {
      way.attempt().failed(QuicFailure.ofHandshake(cause, close));
    } else {
      turn.unreached(unreached(cause));
    }
  }

  private Finding unreached(Throwable cause) {
    String where = AddressText.of(socket.address());
    if (QuicFailure.isPortClosed(cause)) {
      return new Finding(Reason.UDP_PORT_UNREACHABLE, where);
    }
    return cause instanceof ClosedChannelException
        ? new Finding(Reason.UDP_NO_ANSWER, where)
        : way.connector().finding(cause, socket.address());
  }

  private void finished(QuicChannel quic) {
    done = true;
    way.attempt().leavePhase();
    SSLEngine engine = quic.sslEngine();
    if (engine == null) {
      way.attempt().failed(QuicFailure.ofHandshake(new ClosedChannelException(), close));
    } else {
      way.tls().judge(way.attempt(), way.terms(), engine, session -> next.accept(line, session));
    }
  }

  /** Sees every datagram first: that the server is there, and when it says too much. */
  private final class Arrivals extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof DatagramPacket packet && takes(packet.content().readableBytes())) {
        context.fireChannelRead(message);
      } else {
        ReferenceCountUtil.release(message);
      }
    }

    private boolean takes(int more) {
      if (done) {
        return line.takes(more);
      }
      way.attempt().guarded(Handshake.this::heard).run();
      bytes += more;
      if (bytes > QuicLimits.HANDSHAKE_BYTES) {
        way.attempt()
            .guarded(
                () ->
                    way.attempt()
                        .failed(Reason.TLS_HANDSHAKE, bytes + " bytes and no end of the handshake"))
            .run();
      }
      return !way.attempt().isOver();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (line.isOpen()) {
        line.lost(cause);
      } else {
        way.attempt().guarded(() -> failed(cause)).run();
      }
    }
  }

  /** Waits for the end of the handshake. */
  private final class Outcome extends ChannelDuplexHandler {
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      line.begun((QuicChannel) context.channel());
    }

    /**
     * That of the codec of HTTP/3, when a server breaks the rules, waits until what has come is
     * read and acknowledged; see {@link Http3Line#close}.
     */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise knows
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
      if (line.isEnding()) {
        context.close(promise);
      } else {
        context.executor().execute(() -> context.close(promise));
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      switch (event) {
        case QuicConnectionCloseEvent closed -> {
          if (line.isOpen()) {
            line.closing(closed);
          } else {
            // The connection itself lingers on to answer what is still under way.
            close = Optional.of(closed);
            way.attempt().guarded(() -> failed(new ClosedChannelException())).run();
          }
        }
        case SslHandshakeCompletionEvent completion when !done ->
            way.attempt()
                .guarded(
                    () -> {
                      if (completion.isSuccess()) {
                        line.opened();
                        finished((QuicChannel) context.channel());
                      } else {
                        heard();
                        failed(completion.cause());
                      }
                    })
                .run();
        default -> context.fireUserEventTriggered(event);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (line.isOpen()) {
        line.lost(cause);
      } else {
        way.attempt().guarded(() -> failed(cause)).run();
      }
    }
  }
}
