package parallax.probe.quic;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http3.DefaultHttp3DataFrame;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3RequestStreamInboundHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.OptionalLong;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;

/** The stream of a request and its answer (RFC 9114 section 4.1), as parts of HTTP/1.1. */
final class Http3Stream extends Http3RequestStreamInboundHandler {
  /** That of the only request. */
  private static final long ID = 0;

  private final Http3Line.Ear ear;
  private final boolean head;
  private Optional<QuicConnectionCloseEvent> close = Optional.empty();
  private HttpHeaders trailers = EmptyHttpHeaders.INSTANCE;
  private OptionalLong said = OptionalLong.empty();
  private long contentBytes;
  private boolean begun;
  private boolean headSeen;
  private boolean over;

  /**
   * @param head whether the answer has no content, whatever its fields say (RFC 9110 section 9.3.2)
   */
  Http3Stream(Http3Line.Ear ear, boolean head) {
    this.ear = ear;
    this.head = head;
  }

  /** Writes {@code request}, its body retained where that is still needed. */
  static void write(QuicStreamChannel stream, FullHttpRequest request) {
    ChannelFuture last = stream.write(new DefaultHttp3HeadersFrame(Http3Fields.of(request)));
    if (request.content().isReadable()) {
      last = stream.write(new DefaultHttp3DataFrame(request.content().retain()));
    }
    last.addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
    stream.flush();
  }

  boolean takes(int bytes) {
    return ear.takes(bytes) && !over;
  }

  @Override
  protected void channelRead(ChannelHandlerContext context, Http3HeadersFrame frame) {
    begun = true;
    try {
      CharSequence status = frame.headers().status();
      if (status == null) {
        trailers = Http3Fields.of(frame.headers());
        return;
      }
      DefaultHttpResponse response =
          new DefaultHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.valueOf(Http3Fields.status(status)),
              Http3Fields.of(frame.headers()));
      if (response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
        headSeen = true;
        boolean none = head || response.status().equals(HttpResponseStatus.NOT_MODIFIED);
        said = none ? OptionalLong.empty() : Http3Fields.contentLength(response.headers());
      }
      heard(response);
    } catch (IllegalArgumentException malformed) {
      end(new Finding(Reason.HTTP_MALFORMED, String.valueOf(malformed.getMessage())));
    }
  }

  @Override
  protected void channelRead(ChannelHandlerContext context, Http3DataFrame frame) {
    begun = true;
    contentBytes += frame.content().readableBytes();
    try {
      heard(new DefaultHttpContent(frame.content()));
    } finally {
      frame.release();
    }
  }

  @Override
  protected void channelInputClosed(ChannelHandlerContext context) {
    if (said.isPresent() && said.getAsLong() != contentBytes) {
      // RFC 9114 section 4.1.2.
      end(
          new Finding(
              Reason.HTTP_MALFORMED,
              contentBytes + " bytes of content, " + said.getAsLong() + " by its length"));
    } else if (headSeen) {
      heard(new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, trailers));
      over = true;
    } else {
      lost(new ClosedChannelException());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    lost(cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    boolean idle = context.channel().parent() instanceof QuicChannel quic && quic.isTimedOut();
    lost(idle ? new SocketTimeoutException() : new ClosedChannelException());
  }

  /** The server closes the connection; what has come of the answer is still to be read. */
  void closing(QuicConnectionCloseEvent event) {
    close = close.or(() -> Optional.of(event));
  }

  /** The server takes no requests from {@code first} on (RFC 9114 section 5.2). */
  void goneAway(long first) {
    if (first <= ID) {
      end(new Finding(Reason.HTTP_RESET, "GOAWAY: the server does not take the request"));
    }
  }

  /** There will be no more of the answer. */
  void lost(Throwable cause) {
    String where = headSeen ? "in the body" : "before the end of the header";
    if (cause instanceof ClosedChannelException && close.isPresent()) {
      end(QuicFailure.ofAnswer(close.get(), begun, where));
    } else if (QuicFailure.isForeseen(cause)) {
      end(QuicFailure.ofAnswer(cause, headSeen, where));
    } else if (!over) {
      over = true;
      ear.broken(cause);
    }
  }

  private void heard(HttpObject part) {
    if (!over) {
      ear.heard(part);
    }
  }

  private void end(Finding finding) {
    if (!over) {
      over = true;
      ear.ended(finding);
    }
  }
}
