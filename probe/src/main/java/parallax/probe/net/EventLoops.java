package parallax.probe.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.internal.ThreadExecutorMap;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * The event loops of Vert.x, for checks that drive their connections themselves: a handler of our
 * own at every step is what tells connect, handshake, first byte and transfer apart, and what
 * bounds them. The only place that knows Vert.x's inside.
 */
public final class EventLoops {
  private static final int LEAST_READ = 512;
  private static final int FIRST_READ = 4096;
  private static final int LARGEST_READ = 16 * 1024;
  private static final int READS_IN_A_ROW = 4;
  private static final int LARGEST_DATAGRAM = 65_535;

  private final VertxInternal vertx;
  private final ChannelFactory<? extends Channel> channels;
  private final Departure departure;

  public EventLoops(Vertx vertx) {
    this(vertx, Departure.ANY);
  }

  /** With connections that leave from there. */
  public EventLoops(Vertx vertx, Departure departure) {
    this.vertx = (VertxInternal) vertx;
    this.departure = departure;
    this.channels = this.vertx.transport().channelFactory(false);
  }

  /** The same loops, with connections that leave from there. */
  public EventLoops leaving(Departure from) {
    return new EventLoops(vertx, from);
  }

  /** A connection to a socket of this machine about to be made; as {@link #connection}. */
  Bootstrap localConnection(EventLoop loop, Path socket) {
    return new Bootstrap()
        .group(loop)
        .channelFactory(vertx.transport().channelFactory(true))
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.RECVBUF_ALLOCATOR, fairReads())
        .handler(new Nothing())
        .remoteAddress(
            vertx
                .transport()
                .convert(io.vertx.core.net.SocketAddress.domainSocketAddress(socket.toString())));
  }

  /**
   * The loop of the caller, who need not wake another then; elsewhere one of the loops, in turn.
   */
  EventLoop here() {
    EventLoopGroup all = vertx.nettyEventLoopGroup();
    return ThreadExecutorMap.currentExecutor() instanceof EventLoop loop
            && all.equals(loop.parent())
        ? loop
        : all.next();
  }

  /** Runs something that blocks or computes for long away from the loops. */
  public <T> Future<T> elsewhere(Callable<T> work) {
    return vertx.executeBlocking(work, false).map(Objects::requireNonNull);
  }

  /**
   * A connection to {@code server} about to be made on {@code loop}. It reads nothing until
   * somebody has put handlers into its pipeline and switched automatic reading on.
   */
  Bootstrap connection(EventLoop loop, InetSocketAddress server) {
    Bootstrap connection =
        new Bootstrap()
            .group(loop)
            .channelFactory(channels)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.RECVBUF_ALLOCATOR, fairReads())
            .handler(new Nothing())
            .remoteAddress(server);
    departure.towards(server.getAddress()).ifPresent(connection::localAddress);
    return connection;
  }

  /** A UDP socket towards {@code server} about to be made; as {@link #connection}. */
  Bootstrap datagrams(EventLoop loop, InetSocketAddress server) {
    Bootstrap connection =
        new Bootstrap()
            .group(loop)
            .channelFactory(vertx.transport().datagramChannelFactory())
            .option(ChannelOption.AUTO_READ, false)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST_DATAGRAM))
            .handler(new Nothing())
            .remoteAddress(server);
    departure.towards(server.getAddress()).ifPresent(connection::localAddress);
    return connection;
  }

  /** Where sockets leave from. */
  public Departure departure() {
    return departure;
  }

  /** A server that sends as fast as it can must not keep the others on its loop waiting. */
  private static RecvByteBufAllocator fairReads() {
    return new AdaptiveRecvByteBufAllocator(LEAST_READ, FIRST_READ, LARGEST_READ)
        .maxMessagesPerRead(READS_IN_A_ROW);
  }

  /** A pipeline needs some first handler; this one leaves at once. */
  private static final class Nothing extends ChannelInboundHandlerAdapter {
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      context.pipeline().remove(this);
    }
  }
}
