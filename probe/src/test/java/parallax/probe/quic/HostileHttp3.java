package parallax.probe.quic;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.InsecureQuicTokenHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A server of QUIC that says whatever a script wants, frame by frame (RFC 9114, RFC 9204). */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for what it says
final class HostileHttp3 implements AutoCloseable {
  static final int DATA = 0x0;
  static final int HEADERS = 0x1;
  static final int SETTINGS = 0x4;
  static final int GOAWAY = 0x7;

  private static final long WINDOW = 4 * 1024 * 1024;

  /** What is done when a request has begun to come. */
  @FunctionalInterface
  interface Script {
    void answer(QuicStreamChannel stream, QuicStreamChannel control);
  }

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<String> names = new CopyOnWriteArrayList<>();
  private final Channel socket;

  HostileHttp3(Path folder, Script script) throws InterruptedException {
    this(folder, frame(SETTINGS, new byte[0]), script);
  }

  /**
   * @param greeting what its control stream begins with, behind its type
   */
  HostileHttp3(Path folder, byte[] greeting, Script script) throws InterruptedException {
    QuicSslContext own =
        QuicSslContextBuilder.forServer(
                folder.resolve("good.key").toFile(), null, folder.resolve("good.pem").toFile())
            .applicationProtocols(QuicClient.H3)
            .build();
    QuicSslContext context = QuicSslContextBuilder.buildForServerWithSni(_ -> own);
    ChannelHandler codec =
        new QuicServerCodecBuilder()
            .sslContext(context)
            .maxIdleTimeout(5, TimeUnit.SECONDS)
            .initialMaxData(WINDOW)
            .initialMaxStreamDataBidirectionalRemote(WINDOW)
            .initialMaxStreamDataUnidirectional(WINDOW)
            .initialMaxStreamsBidirectional(4)
            .initialMaxStreamsUnidirectional(8)
            .tokenHandler(InsecureQuicTokenHandler.INSTANCE)
            .handler(new Connection(greeting, script))
            .build();
    socket =
        new Bootstrap()
            .group(loops)
            .channel(NioDatagramChannel.class)
            .handler(codec)
            .bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))
            .sync()
            .channel();
  }

  int port() {
    return ((InetSocketAddress) socket.localAddress()).getPort();
  }

  /** The names that clients asked for by SNI. */
  List<String> names() {
    return names;
  }

  /** One connection: its control stream, and who answers its requests. */
  private final class Connection extends ChannelInboundHandlerAdapter {
    private final byte[] greeting;
    private final Script script;

    Connection(byte[] greeting, Script script) {
      this.greeting = greeting;
      this.script = script;
    }

    @Override
    public boolean isSharable() {
      return true;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SniCompletionEvent sni) {
        names.add(sni.hostname());
      }
      context.fireUserEventTriggered(event);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      QuicChannel channel = (QuicChannel) context.channel();
      channel
          .createStream(QuicStreamType.UNIDIRECTIONAL, new Deaf())
          .addListener(
              opened -> {
                QuicStreamChannel control = (QuicStreamChannel) opened.getNow();
                control.writeAndFlush(bytes(new byte[] {0}, greeting));
                channel.attr(CONTROL).set(control);
              });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      QuicStreamChannel stream = (QuicStreamChannel) message;
      if (stream.type() == QuicStreamType.BIDIRECTIONAL) {
        stream.pipeline().addLast(new Request(script));
      } else {
        stream.pipeline().addLast(new Deaf());
      }
      context.fireChannelRead(message);
    }
  }

  private static final io.netty.util.AttributeKey<QuicStreamChannel> CONTROL =
      io.netty.util.AttributeKey.valueOf("parallax.hostile.control");

  private static final class Request extends ChannelInboundHandlerAdapter {
    private final Script script;
    private boolean answered;

    Request(Script script) {
      this.script = script;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
      if (!answered) {
        answered = true;
        QuicStreamChannel stream = (QuicStreamChannel) context.channel();
        script.answer(stream, stream.parent().attr(CONTROL).get());
      }
    }
  }

  private static final class Deaf extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      channel
          .pipeline()
          .addLast(
              new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                  ReferenceCountUtil.release(message);
                }
              });
    }
  }

  static ByteBuf bytes(byte[]... parts) {
    return Unpooled.wrappedBuffer(parts);
  }

  /** A frame, its type and length as variable-length integers of one and four bytes. */
  static byte[] frame(int type, byte[] payload) {
    return frame(type, payload.length, payload);
  }

  /** A frame that claims another length. */
  static byte[] frame(int type, int length, byte[] payload) {
    ByteBuf out = Unpooled.buffer();
    out.writeByte(type).writeInt(0x80000000 | length).writeBytes(payload);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  /** A header section of literal fields with literal names (RFC 9204 section 4.5.6). */
  static byte[] section(String... namesAndValues) {
    ByteBuf out = Unpooled.buffer();
    out.writeShort(0);
    for (int at = 0; at < namesAndValues.length; at += 2) {
      literal(out, namesAndValues[at], 0x20, 3);
      literal(out, namesAndValues[at + 1], 0, 7);
    }
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  private static void literal(ByteBuf out, String text, int first, int bits) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int most = (1 << bits) - 1;
    if (bytes.length < most) {
      out.writeByte(first | bytes.length);
    } else {
      out.writeByte(first | most);
      int rest = bytes.length - most;
      while (rest >= 128) {
        out.writeByte(0x80 | (rest & 0x7F));
        rest >>= 7;
      }
      out.writeByte(rest);
    }
    out.writeBytes(bytes);
  }

  @Override
  public void close() {
    socket.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
