package parallax.probe.dns.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.io.EOFException;
import java.util.function.Consumer;

/**
 * Sends one message over a TCP connection and hands on what comes back (RFC 1035 section 4.2.2).
 */
final class TcpLine extends SimpleChannelInboundHandler<ByteBuf> {
  private static final int LENGTH_BYTES = 2;
  private static final int MAX_MESSAGE_BYTES = 65_535;

  private final byte[] query;
  private final Consumer<byte[]> received;
  private final Consumer<Throwable> troubled;

  private TcpLine(byte[] query, Consumer<byte[]> received, Consumer<Throwable> troubled) {
    this.query = query;
    this.received = received;
    this.troubled = troubled;
  }

  static void into(
      Channel channel, byte[] query, Consumer<byte[]> received, Consumer<Throwable> troubled) {
    channel
        .pipeline()
        .addLast(
            new LengthFieldBasedFrameDecoder(
                LENGTH_BYTES + MAX_MESSAGE_BYTES, 0, LENGTH_BYTES, 0, LENGTH_BYTES),
            new TcpLine(query, received, troubled));
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    ByteBuf message = Unpooled.buffer(LENGTH_BYTES + query.length);
    message.writeShort(query.length).writeBytes(query);
    context
        .writeAndFlush(message)
        .addListener(
            sent -> {
              if (!sent.isSuccess()) {
                troubled.accept(sent.cause());
              }
            });
    context.fireChannelActive();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
    received.accept(ByteBufUtil.getBytes(message));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    troubled.accept(new EOFException("connection closed before the answer"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    troubled.accept(cause);
  }
}
