package parallax.probe.quic;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http3.DefaultHttp3SettingsFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3ClientConnectionHandler;
import io.netty.handler.codec.http3.Http3GoAwayFrame;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicTransportError;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import parallax.config.observation.Finding;

/**
 * One connection of QUIC for one request of HTTP/3 (RFC 9114). Confined to its event loop, but for
 * {@link #close}.
 */
public final class Http3Line {
  private final Channel socket;
  private Optional<QuicChannel> quic = Optional.empty();
  private Optional<Http3Stream> stream = Optional.empty();
  private boolean open;
  private boolean ending;

  Http3Line(Channel socket) {
    this.socket = socket;
  }

  /** Who hears an answer. */
  public interface Ear {
    /** So many bytes have come, undecoded; false when no more are wanted. */
    boolean takes(int bytes);

    /** A part of the answer, in order: responses before the response, it, contents, the last. */
    void heard(HttpObject part);

    /** There will be no more of it. */
    void ended(Finding finding);

    /** Something went wrong that nobody foresaw. */
    void broken(Throwable bug);
  }

  /** The connection is being made. */
  void begun(QuicChannel channel) {
    quic = Optional.of(channel);
  }

  /** The handshake is over. */
  void opened() {
    open = true;
  }

  boolean isOpen() {
    return open;
  }

  /** Whether it is being closed from here. */
  boolean isEnding() {
    return ending;
  }

  /** A datagram has come; false when no more are wanted. */
  boolean takes(int bytes) {
    return stream.map(waiting -> waiting.takes(bytes)).orElse(true);
  }

  /** The socket or the connection is in trouble. */
  void lost(Throwable cause) {
    stream.ifPresent(waiting -> waiting.lost(cause));
  }

  /** The server closes the connection; what has come before is read first. */
  void closing(QuicConnectionCloseEvent event) {
    stream.ifPresent(
        waiting -> {
          waiting.closing(event);
          socket.eventLoop().execute(() -> waiting.lost(new ClosedChannelException()));
        });
  }

  /** Sends {@code request}, whose body is released, and hands the answer to {@code ear}. */
  public void send(FullHttpRequest request, Ear ear) {
    QuicChannel channel = quic.orElseThrow();
    Http3Stream waiting = new Http3Stream(ear, request.method().equals(HttpMethod.HEAD));
    stream = Optional.of(waiting);
    channel
        .pipeline()
        .addLast(
            new Http3ClientConnectionHandler(
                new Control(waiting),
                null,
                null,
                new DefaultHttp3SettingsFrame(QuicLimits.settings()),
                true));
    Future<QuicStreamChannel> opening = Http3.newRequestStream(channel, waiting);
    opening.addListener(
        done -> {
          try {
            if (opening.isSuccess()) {
              Http3Stream.write(opening.getNow(), request);
            } else {
              waiting.lost(opening.cause());
            }
          } finally {
            request.release();
          }
        });
  }

  /**
   * Says goodbye, as far as the socket takes it, and closes the socket. Later, on the loop: what
   * reads from a connection must not find it gone when it returns.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a goodbye
  public void close() {
    socket
        .eventLoop()
        .execute(
            () -> {
              ending = true;
              quic.filter(QuicChannel::isOpen).ifPresent(this::sayGoodbye);
              socket.close();
            });
  }

  /**
   * As the transport, not as the application (RFC 9000 section 20.1): until the handshake is
   * confirmed quiche makes handshake packets without end of an application's goodbye.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a goodbye
  private void sayGoodbye(QuicChannel channel) {
    channel.close(false, (int) QuicTransportError.NO_ERROR.code(), Unpooled.EMPTY_BUFFER);
  }

  /** What a server says about the connection as a whole. */
  private static final class Control extends ChannelInboundHandlerAdapter {
    private final Http3Stream waiting;

    Control(Http3Stream waiting) {
      this.waiting = waiting;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      if (frame instanceof Http3GoAwayFrame goAway) {
        waiting.goneAway(goAway.id());
      }
      ReferenceCountUtil.release(frame);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      waiting.lost(cause);
    }
  }
}
