package parallax.probe.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import parallax.config.check.HttpCredentials;
import parallax.config.check.HttpSpec;
import parallax.config.secret.Secret;

/** Requests as bytes: what goes over a connection that stands, in either version of HTTP. */
final class Wire {
  private static final int MAX_CHUNK_BYTES = 64 * 1024;

  private Wire() {}

  static HttpClientCodec http1Codec() {
    return new HttpClientCodec(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(AnswerReader.MAX_HEAD_BYTES)
            .setMaxHeaderSize(AnswerReader.MAX_HEAD_BYTES)
            .setMaxChunkSize(MAX_CHUNK_BYTES)
            // Browsers and curl take a bare line feed; there is nobody behind us to be confused.
            .setStrictLineParsing(false),
        false,
        false);
  }

  /** Sends over HTTP/1.1. */
  @SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel
  static void sendHttp1(Channel channel, FullHttpRequest request, AnswerReader reader) {
    request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    channel.pipeline().addLast(new Meter(reader, true), http1Codec(), reader);
    channel.config().setAutoRead(true);
    channel.writeAndFlush(request);
  }

  /** Sends over HTTP/2, as its only stream (RFC 9113 section 3). */
  static void sendHttp2(Channel channel, FullHttpRequest request, AnswerReader reader) {
    Http2Settings settings =
        Http2Settings.defaultSettings()
            .pushEnabled(false)
            .maxConcurrentStreams(0)
            .maxHeaderListSize(AnswerReader.MAX_HEAD_BYTES);
    channel
        .pipeline()
        .addLast(
            // An HTTP/2 server speaks before it answers.
            new Meter(reader, false),
            Http2FrameCodecBuilder.forClient().initialSettings(settings).build(),
            new Http2MultiplexHandler(new Unwanted()),
            new Connection(reader));
    channel.config().setAutoRead(true);
    Future<Http2StreamChannel> opening =
        new Http2StreamChannelBootstrap(channel).handler(new Stream(reader)).open();
    opening.addListener(
        done -> {
          if (opening.isSuccess()) {
            write(opening.getNow(), request);
          } else {
            request.release();
            channel.pipeline().fireExceptionCaught(opening.cause());
          }
        });
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel
  private static void write(Channel stream, FullHttpRequest request) {
    stream.writeAndFlush(request);
  }

  /**
   * The request as a message.
   *
   * @param absolute whether a proxy has to be told the whole URL (RFC 9112 section 3.2.2)
   * @throws IllegalArgumentException naming the header that cannot be sent, never its value
   */
  static FullHttpRequest message(Outgoing request, boolean absolute, String userAgent) {
    ByteBuf body =
        request
            .body()
            .map(text -> Unpooled.copiedBuffer(text.reveal(), StandardCharsets.UTF_8))
            .orElse(Unpooled.EMPTY_BUFFER);
    HttpUrl url = request.url();
    FullHttpRequest message =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(request.method()),
            absolute ? url.toString() : url.target(),
            body);
    HttpHeaders headers = message.headers();
    for (HttpSpec.Header header : request.headers()) {
      add(headers, header.name(), header.value());
    }
    setIfAbsent(headers, HttpHeaderNames.HOST, url.authority());
    setIfAbsent(headers, HttpHeaderNames.USER_AGENT, userAgent);
    setIfAbsent(headers, HttpHeaderNames.ACCEPT, "*/*");
    if (!headers.contains(HttpHeaderNames.AUTHORIZATION)) {
      request.authorization().ifPresent(value -> add(headers, "authorization", value));
    }
    boolean sendsBody = request.body().isPresent() || request.method().equals("POST");
    if (sendsBody || request.method().equals("PUT")) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    }
    return message;
  }

  static void authorizeAtProxy(HttpRequest request, HttpSpec.ProxyAddress proxy) {
    proxy
        .credentials()
        .ifPresent(
            credentials -> add(request.headers(), "proxy-authorization", basic(credentials)));
  }

  /** The value of an Authorization header (RFC 7617 section 2). */
  static Secret basic(HttpCredentials.Basic credentials) {
    String pair = credentials.user() + ":" + credentials.password().reveal();
    return Secret.of(
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  private static void setIfAbsent(HttpHeaders headers, CharSequence name, String value) {
    if (!headers.contains(name)) {
      headers.set(name, value);
    }
  }

  private static void add(HttpHeaders headers, String name, Secret value) {
    try {
      headers.add(name, value.reveal());
    } catch (IllegalArgumentException unsendable) {
      throw new IllegalArgumentException("header " + name + " cannot be sent");
    }
  }

  /** Sees every byte of an answer first: notes the first one, and when it becomes too much. */
  private static final class Meter extends ChannelInboundHandlerAdapter {
    private final AnswerReader reader;
    private final boolean http1;
    private final HeadLines lines = new HeadLines();

    Meter(AnswerReader reader, boolean http1) {
      this.reader = reader;
      this.http1 = http1;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (http1) {
        reader.firstByte();
      }
      if (message instanceof ByteBuf bytes && !accepts(bytes)) {
        bytes.release();
      } else {
        context.fireChannelRead(message);
      }
    }

    private boolean accepts(ByteBuf bytes) {
      if (http1 && !lines.accept(bytes)) {
        reader.tooManyLines();
        return false;
      }
      return reader.takes(bytes.readableBytes());
    }
  }

  /** The end of an HTTP/2 connection's own pipeline: what befalls it befalls its only stream. */
  private static final class Connection extends ChannelInboundHandlerAdapter {
    private final AnswerReader reader;

    Connection(AnswerReader reader) {
      this.reader = reader;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      ReferenceCountUtil.release(frame);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      reader.exceptionCaught(context, cause);
    }
  }

  private static final class Stream extends ChannelInitializer<Channel> {
    private final AnswerReader reader;

    Stream(AnswerReader reader) {
      this.reader = reader;
    }

    @Override
    protected void initChannel(Channel stream) {
      stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(false), reader);
    }
  }

  /** A stream the server opens: we said that we want none. */
  private static final class Unwanted extends ChannelInitializer<Channel> {
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    protected void initChannel(Channel stream) {
      stream.close();
    }
  }
}
