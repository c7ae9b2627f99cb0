package parallax.probe.dns.wire;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.util.function.Consumer;

/** Sends one packet over a connected datagram socket and hands on what comes back. */
final class UdpLine extends SimpleChannelInboundHandler<DatagramPacket> {
  private final byte[] query;
  private final Consumer<byte[]> received;
  private final Consumer<Throwable> troubled;

  UdpLine(byte[] query, Consumer<byte[]> received, Consumer<Throwable> troubled) {
    this.query = query;
    this.received = received;
    this.troubled = troubled;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context
        .writeAndFlush(Unpooled.wrappedBuffer(query))
        .addListener(
            sent -> {
              if (!sent.isSuccess()) {
                troubled.accept(sent.cause());
              }
            });
    context.fireChannelActive();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    received.accept(ByteBufUtil.getBytes(packet.content()));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    troubled.accept(cause);
  }
}
