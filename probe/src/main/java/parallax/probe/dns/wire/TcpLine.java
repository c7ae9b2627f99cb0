package parallax.probe.dns.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.io.EOFException;

/**
 * Sends one message over a TCP connection and hands on what comes back (RFC 1035 section 4.2.2).
 */
final class TcpLine extends SimpleChannelInboundHandler<ByteBuf> implements Exchange.Line {
  private static final int LENGTH_BYTES = 2;
  private static final int MAX_MESSAGE_BYTES = 65_535;

  private final Channel channel;
  private final byte[] query;
  private final Exchange.Ear ear;

  private TcpLine(Channel channel, byte[] query, Exchange.Ear ear) {
    this.channel = channel;
    this.query = query;
    this.ear = ear;
  }

  static TcpLine into(Channel channel, byte[] query, Exchange.Ear ear) {
    TcpLine line = new TcpLine(channel, query, ear);
    channel
        .pipeline()
        .addLast(
            new LengthFieldBasedFrameDecoder(
                LENGTH_BYTES + MAX_MESSAGE_BYTES, 0, LENGTH_BYTES, 0, LENGTH_BYTES),
            line);
    return line;
  }

  @Override
  public void distrust() {
    // Carries one question anyway.
  }

  @Override
  public void leave() {
    ChannelFuture _ = channel.close();
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
                ear.troubled(sent.cause());
              }
            });
    context.fireChannelActive();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
    ear.received(ByteBufUtil.getBytes(message));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ear.troubled(new EOFException("connection closed before the answer"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ear.troubled(cause);
  }
}
