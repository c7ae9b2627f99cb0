package parallax.probe.dns.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import parallax.probe.net.Departure;

/**
 * The sockets over which one event loop asks name servers. Opening one costs more than asking, so
 * questions to the same server share one for a short while. Confined to the event loop.
 *
 * <p>What this leaves of the defence against forged answers (RFC 5452 section 9): every socket is
 * connected, so the system drops whatever is not from the address and port that was asked, to a
 * source port that the system drew at random; every question has a random id, used once a socket,
 * and its answer must repeat the question. Who knows neither has to guess both, as with a socket
 * for each question: n questions that are out at once are n pairs of id and port to be hit, whether
 * the ports differ or not. Who has found out the port is left with the id; the port therefore
 * serves at most {@link #MAX_QUESTIONS} questions, takes new ones for {@link #MAX_AGE}, and none
 * after the first packet that belongs to none of its questions. A wrong guess that arrives thus
 * makes the port useless for all but the questions already out. A question that has to be repeated
 * goes from another port. Nothing that was answered is kept: a forgery that gets through spoils one
 * look from one place.
 */
final class UdpLines {
  static final int MAX_QUESTIONS = 32;
  static final Duration MAX_AGE = Duration.ofSeconds(1);

  /** Servers whose sockets are kept at a time; those kept longest make room. */
  static final int MAX_KEPT = 128;

  /**
   * Larger answers are cut by the socket and then unreadable; none was asked for. All that have
   * come are read at once: of one that came in time none may be told that it did not.
   */
  private static final RecvByteBufAllocator ANSWER_BUFFER =
      new FixedRecvByteBufAllocator(4_096).maxMessagesPerRead(2 * MAX_QUESTIONS);

  private final Transport transport;
  private final EventLoop loop;
  private final Departure departure;

  /** The oldest first. */
  private final Map<InetSocketAddress, UdpLine> kept = new LinkedHashMap<>();

  UdpLines(Transport transport, EventLoop loop, Departure departure) {
    this.transport = transport;
    this.loop = loop;
    this.departure = departure;
  }

  /**
   * Puts {@code query} to {@code server}.
   *
   * @throws ChannelException when there is no socket left
   */
  UdpLine.Turn put(InetSocketAddress server, DnsQuery query, Exchange.Ear ear) {
    Optional<UdpLine> known = Optional.ofNullable(kept.get(server));
    if (known.isPresent() && known.get().takes(query)) {
      return known.get().put(query, ear);
    }
    known.ifPresent(line -> end(server, line));
    return open(server, query, ear);
  }

  private UdpLine.Turn open(InetSocketAddress server, DnsQuery query, Exchange.Ear ear) {
    if (kept.size() >= MAX_KEPT) {
      Iterator<Map.Entry<InetSocketAddress, UdpLine>> oldest = kept.entrySet().iterator();
      Map.Entry<InetSocketAddress, UdpLine> gone = oldest.next();
      oldest.remove();
      gone.getValue().retire();
    }
    Channel channel = transport.datagramChannelFactory().newChannel();
    channel.config().setRecvByteBufAllocator(ANSWER_BUFFER);
    UdpLine line = new UdpLine(channel, MAX_QUESTIONS);
    channel.pipeline().addLast(line);
    kept.put(server, line);
    ScheduledFuture<?> old =
        loop.schedule(() -> end(server, line), MAX_AGE.toNanos(), TimeUnit.NANOSECONDS);
    channel.closeFuture().addListener(_ -> gone(server, line, old));
    UdpLine.Turn turn = line.put(query, ear);
    connect(channel, server, line);
    return turn;
  }

  private void connect(Channel channel, InetSocketAddress server, UdpLine line) {
    loop.register(channel)
        .addListener(
            registered -> {
              if (!registered.isSuccess()) {
                line.fail(registered.cause());
              } else if (channel.isOpen()) {
                connecting(channel, server, departure)
                    .addListener(
                        connected -> {
                          if (!connected.isSuccess()) {
                            line.fail(connected.cause());
                          }
                        });
              }
            });
  }

  /** Connects from where the probe's questions are to leave. */
  static ChannelFuture connecting(Channel channel, InetSocketAddress server, Departure departure) {
    return departure
        .towards(server.getAddress())
        .map(own -> channel.connect(server, own))
        .orElseGet(() -> channel.connect(server));
  }

  private void gone(InetSocketAddress server, UdpLine line, ScheduledFuture<?> old) {
    old.cancel(false);
    kept.remove(server, line);
  }

  private void end(InetSocketAddress server, UdpLine line) {
    kept.remove(server, line);
    line.retire();
  }
}
