package parallax.probe.blackbox.look;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import parallax.config.observation.Reason;
import parallax.probe.tls.TlsClient;

/**
 * A connection as a thread sees it that may wait: bytes come, lines come, the peer closes. What has
 * come and is not taken is bounded: then nothing more is read from the socket.
 */
public final class Line extends ChannelInboundHandlerAdapter {
  /** A longer line ends the talk, as the exporter has it. */
  static final int MAX_LINE = 64 * 1024;

  /** More than that is not held. */
  private static final int MAX_HELD = 2 * MAX_LINE;

  private final Sight sight;
  private final Channel channel;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private byte[] held = new byte[0];
  private long arrivals;
  private boolean closed;
  private Optional<String> failure = Optional.empty();

  private Line(Sight sight, Channel channel) {
    this.sight = sight;
    this.channel = channel;
  }

  /** Takes over a connection that nobody reads; called on its event loop. */
  public static Line over(Sight sight, Channel channel) {
    Line line = new Line(sight, channel);
    channel.pipeline().addLast(line);
    channel.config().setAutoRead(true);
    return line;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof ByteBuf bytes) {
        byte[] more = new byte[bytes.readableBytes()];
        bytes.readBytes(more);
        hold(more);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void hold(byte[] more) {
    lock.lock();
    try {
      byte[] both = Arrays.copyOf(held, held.length + more.length);
      System.arraycopy(more, 0, both, held.length, more.length);
      held = both;
      arrivals++;
      channel.config().setAutoRead(held.length < MAX_HELD);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(Optional.empty());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end(Optional.of(String.valueOf(cause.getMessage())));
  }

  private void end(Optional<String> why) {
    lock.lock();
    try {
      closed = true;
      failure = failure.or(() -> why);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next line, without its end ({@code \n} or {@code \r\n}); the last one may lack it.
   *
   * @return empty when the peer has closed
   * @throws Unseen when the connection fails, the line is too long, or it is too late
   */
  public Optional<byte[]> line() throws Unseen {
    lock.lock();
    try {
      while (true) {
        int end = indexOfNewLine();
        if (end >= 0 && end < MAX_LINE) {
          byte[] line = take(end + 1);
          int length = end > 0 && line[end - 1] == '\r' ? end - 1 : end;
          return Optional.of(Arrays.copyOf(line, length));
        }
        if (held.length >= MAX_LINE) {
          throw Sight.unseen(Reason.HTTP_MALFORMED, "token too long");
        }
        if (closed) {
          refuseFailure();
          int length = held.length > 0 && held[held.length - 1] == '\r' ? 1 : 0;
          byte[] rest = take(held.length);
          return rest.length == 0
              ? Optional.empty()
              : Optional.of(Arrays.copyOf(rest, rest.length - length));
        }
        waitForMore();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Exactly so many bytes.
   *
   * @throws Unseen when the peer closes before, the connection fails, or it is too late
   */
  public byte[] bytes(int count) throws Unseen {
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(count, MAX_HELD));
    lock.lock();
    try {
      while (out.size() < count) {
        out.writeBytes(take(Math.min(held.length, count - out.size())));
        if (out.size() < count) {
          refuseFailure();
          if (closed) {
            throw Sight.unseen(Reason.HTTP_CLOSED, "closed by the peer");
          }
          waitForMore();
        }
      }
      return out.toByteArray();
    } finally {
      lock.unlock();
    }
  }

  private int indexOfNewLine() {
    for (int at = 0; at < held.length; at++) {
      if (held[at] == '\n') {
        return at;
      }
    }
    return -1;
  }

  private byte[] take(int count) {
    byte[] taken = Arrays.copyOf(held, count);
    held = Arrays.copyOfRange(held, count, held.length);
    channel.config().setAutoRead(held.length < MAX_HELD);
    return taken;
  }

  /** Refuses an end that is not the peer's: of a connection that fails, or that is given up. */
  private void refuseFailure() throws Unseen {
    if (failure.isPresent()) {
      throw Sight.unseen(Reason.CONNECTION_RESET, failure.get());
    }
    // At its deadline the connection is closed by us, which must not look like the peer's doing.
    if (sight.deadline().hasPassed()) {
      throw late();
    }
  }

  private static Unseen late() {
    return Sight.unseen(Reason.HTTP_TIMEOUT, "i/o timeout");
  }

  private void waitForMore() throws Unseen {
    long before = arrivals;
    long left = sight.deadline().left().toNanos();
    try {
      while (arrivals == before && !closed) {
        if (left <= 0) {
          throw late();
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Sight.unseen(Reason.PROBE_OVERLOADED, "interrupted");
    }
  }

  /**
   * Sends bytes.
   *
   * @throws Unseen when they cannot be sent
   */
  public void send(byte[] bytes) throws Unseen {
    Boolean _ =
        sight.<Boolean>await(
            done ->
                channel
                    .writeAndFlush(Unpooled.wrappedBuffer(bytes))
                    .addListener(
                        sent -> {
                          if (sent.isSuccess()) {
                            done.complete(true);
                          } else {
                            done.completeExceptionally(
                                Sight.unseen(
                                    Reason.CONNECTION_RESET,
                                    String.valueOf(sent.cause().getMessage())));
                          }
                        }));
  }

  /** A line through TLS, and what the handshake showed. */
  public record Secured(Line line, TlsClient.Seen seen) {}

  /**
   * Goes over to TLS on this connection.
   *
   * @throws Unseen when the handshake fails or the certificate is not good
   */
  public Secured secure(TlsClient.Terms terms) throws Unseen {
    return sight.await(
        done -> {
          channel.config().setAutoRead(false);
          channel.pipeline().remove(this);
          sight
              .tools()
              .tls()
              .handshake(
                  sight.attempt(),
                  channel,
                  terms,
                  session -> done.complete(new Secured(over(sight, channel), session.seen())));
        });
  }
}
