package parallax.probe.dns.wire;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A socket connected to one server over which some questions go; {@link UdpLines} tells how long.
 * Takes none any more once anything is odd: a packet that belongs to no question of it, an error, a
 * question that has to be repeated. Closes itself after its last question then. Confined to one
 * event loop.
 */
final class UdpLine extends SimpleChannelInboundHandler<DatagramPacket> {
  private final Channel channel;

  /** All there ever were: an answer that comes late is no forgery. */
  private final List<Turn> turns = new ArrayList<>();

  private int most;
  private int open;
  private Optional<ChannelHandlerContext> ready = Optional.empty();

  /** One question on the line. */
  final class Turn implements Exchange.Line {
    private final DnsQuery query;
    private final Exchange.Ear ear;
    private boolean left;

    private Turn(DnsQuery query, Exchange.Ear ear) {
      this.query = query;
      this.ear = ear;
    }

    @Override
    public void distrust() {
      retire();
    }

    @Override
    public void leave() {
      if (!left) {
        left = true;
        open--;
        closeIfDone();
      }
    }

    private void tell(Consumer<Exchange.Ear> what) {
      if (!left) {
        what.accept(ear);
      }
    }
  }

  /**
   * @param channel to be connected by the caller
   * @param most questions in all
   */
  UdpLine(Channel channel, int most) {
    this.channel = channel;
    this.most = most;
  }

  /** Whether {@code query} may go over this line: there is room, and its id is new here. */
  boolean takes(DnsQuery query) {
    return turns.size() < most && turns.stream().noneMatch(turn -> turn.query.hasIdOf(query));
  }

  /** Sends {@code query} as soon as there is a connection. Not to be called unless it is taken. */
  Turn put(DnsQuery query, Exchange.Ear ear) {
    Turn turn = new Turn(query, ear);
    turns.add(turn);
    open++;
    ready.ifPresent(context -> write(context, turn));
    return turn;
  }

  /** Takes no questions any more. */
  void retire() {
    most = 0;
    closeIfDone();
  }

  /** Tells those who wait that there is no way to the server. */
  void fail(Throwable cause) {
    most = 0;
    for (Turn turn : List.copyOf(turns)) {
      turn.tell(ear -> ear.troubled(cause));
    }
    closeIfDone();
  }

  private void closeIfDone() {
    if (open == 0 && turns.size() >= most) {
      ChannelFuture _ = channel.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    ready = Optional.of(context);
    for (Turn turn : List.copyOf(turns)) {
      write(context, turn);
    }
    context.fireChannelActive();
  }

  private void write(ChannelHandlerContext context, Turn turn) {
    byte[] wire = turn.query.wire();
    // Whatever goes wrong comes to exceptionCaught.
    ChannelFuture _ =
        context.writeAndFlush(
            context.alloc().directBuffer(wire.length).writeBytes(wire), context.voidPromise());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    byte[] bytes = ByteBufUtil.getBytes(packet.content());
    for (Turn turn : turns) {
      if (turn.query.hasId(bytes)) {
        turn.tell(ear -> ear.received(bytes));
        return;
      }
    }
    retire();
    for (Turn turn : List.copyOf(turns)) {
      turn.tell(ear -> ear.received(bytes));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(cause);
  }
}
