package parallax.probe.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import parallax.config.check.HttpSpec;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.probe.net.Attempt;

/** Asks a proxy for a tunnel (RFC 9110 section 9.3.6), on a connection to it. */
final class ProxyTunnel extends ChannelInboundHandlerAdapter {
  private final Attempt attempt;
  private final HttpClientCodec codec = Wire.http1Codec();
  private final Runnable next;
  private Optional<HttpResponse> answer = Optional.empty();
  private int answers;

  private ProxyTunnel(Attempt attempt, Runnable next) {
    this.attempt = attempt;
    this.next = next;
  }

  /** Goes on with {@code next} when the tunnel stands; else the attempt has ended. */
  @SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel
  static void open(
      Attempt attempt,
      Channel channel,
      String authority,
      HttpSpec.ProxyAddress proxy,
      Runnable next) {
    attempt.enter(Phase.CONNECT, Reason.HTTP_PROXY);
    ProxyTunnel tunnel = new ProxyTunnel(attempt, next);
    channel.pipeline().addLast(tunnel.codec, tunnel);
    channel.config().setAutoRead(true);
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.CONNECT, authority, Unpooled.EMPTY_BUFFER);
    request.headers().set(HttpHeaderNames.HOST, authority);
    Wire.authorizeAtProxy(request, proxy);
    channel.writeAndFlush(request);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof HttpObject object) {
        attempt.guarded(() -> read(context, object)).run();
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(ChannelHandlerContext context, HttpObject object) {
    if (object.decoderResult().isFailure()) {
      attempt.failed(Reason.HTTP_PROXY, "malformed answer");
      return;
    }
    if (object instanceof HttpResponse response) {
      answers++;
      answer = Optional.of(response);
      HttpStatusClass kind = response.status().codeClass();
      boolean wait =
          kind == HttpStatusClass.INFORMATIONAL && answers <= AnswerReader.MAX_INFORMATIONAL;
      if (!wait && kind != HttpStatusClass.SUCCESS) {
        attempt.failed(Reason.HTTP_PROXY, "answered " + response.status().code());
        return;
      }
    }
    boolean granted =
        answer.filter(r -> r.status().codeClass() == HttpStatusClass.SUCCESS).isPresent();
    if (granted && object instanceof LastHttpContent) {
      attempt.leavePhase();
      context.pipeline().remove(codec);
      context.pipeline().remove(this);
      next.run();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    attempt.guarded(() -> attempt.failed(Reason.HTTP_PROXY, "closed the connection")).run();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    attempt
        .guarded(() -> attempt.failed(Reason.HTTP_PROXY, String.valueOf(cause.getMessage())))
        .run();
  }
}
