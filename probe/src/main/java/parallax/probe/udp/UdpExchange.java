package parallax.probe.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.PortUnreachableException;
import java.util.Locale;
import java.util.function.Supplier;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.net.AddressText;
import parallax.probe.net.Attempt;
import parallax.probe.net.Connector;

/** One datagram to a server, and what comes back from there, for one attempt. */
public final class UdpExchange {
  /** Answers that are looked at; a server that sends more than this is flooding. */
  public static final int MAX_ANSWERS = 16;

  private UdpExchange() {}

  /** Takes what comes; on the attempt's event loop. */
  @FunctionalInterface
  public interface Ear {
    void heard(byte[] answer);
  }

  /**
   * Sends a datagram. That the port is closed ends the attempt as DOWN (RFC 1122 section 4.1.3.3);
   * what else the system says, as {@link Connector#finding} puts it.
   *
   * @param made called just before it leaves
   */
  public static void start(
      Attempt attempt,
      Connector connector,
      Connector.Connected connected,
      Supplier<byte[]> made,
      Ear ear) {
    Channel channel = connected.channel();
    channel.pipeline().addLast(new Handler(attempt, connector, connected, ear));
    channel.config().setAutoRead(true);
    channel
        .writeAndFlush(Unpooled.wrappedBuffer(made.get()))
        .addListener(
            sent ->
                attempt.onLoop(
                    () -> {
                      if (!sent.isSuccess()) {
                        failed(attempt, connector, connected, sent.cause());
                      }
                    }));
  }

  private static void failed(
      Attempt attempt, Connector connector, Connector.Connected connected, Throwable failure) {
    String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    boolean closed =
        failure instanceof PortUnreachableException || words.contains("connection refused");
    attempt.failed(
        closed
            ? new Finding(Reason.UDP_PORT_UNREACHABLE, AddressText.of(connected.address()))
            : connector.finding(failure, connected.address()));
  }

  private static final class Handler extends SimpleChannelInboundHandler<Object> {
    private final Attempt attempt;
    private final Connector connector;
    private final Connector.Connected connected;
    private final Ear ear;
    private int answers;

    Handler(Attempt attempt, Connector connector, Connector.Connected connected, Ear ear) {
      this.attempt = attempt;
      this.connector = connector;
      this.connected = connected;
      this.ear = ear;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
      ByteBuf content =
          switch (message) {
            case DatagramPacket packet -> packet.content();
            case ByteBuf bytes -> bytes;
            default -> Unpooled.EMPTY_BUFFER;
          };
      byte[] answer = ByteBufUtil.getBytes(content);
      answers++;
      if (answers <= MAX_ANSWERS) {
        attempt.onLoop(() -> ear.heard(answer));
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
      attempt.onLoop(() -> failed(attempt, connector, connected, failure));
    }
  }
}
