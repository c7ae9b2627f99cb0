package parallax.probe.dns.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import parallax.probe.check.NanoSource;
import parallax.probe.dns.wire.Heard.Failure;
import parallax.probe.net.AddressText;

/** The course of one question to one server. Confined to one event loop. */
final class Exchange {
  /** How many packets carry the question, at most: the second goes out when none was answered. */
  static final int MAX_ATTEMPTS = 2;

  /** The second packet goes out after this, or a third of the time left if that is less. */
  static final Duration REPEAT_AFTER = Duration.ofSeconds(1);

  /**
   * From the deadline to the end. An answer that came in time while this machine was busy is read
   * in this time.
   */
  static final Duration LAST_LOOK = Duration.ofMillis(1);

  /** A deadline that is noticed later than this says more about the probe than about the server. */
  static final Duration MAX_LATENESS = Duration.ofMillis(500);

  /** Larger answers are cut by the socket and then unreadable; none was asked for. */
  private static final RecvByteBufAllocator ANSWER_BUFFER =
      new FixedRecvByteBufAllocator(4_096).maxMessagesPerRead(1);

  /** A question under way, and when it left. */
  private record Sent(DnsQuery query, long nanos) {}

  private final DnsExchange.Lines lines;
  private final EventLoop loop;
  private final DnsExchange.Asked asked;
  private final Consumer<Heard> whenDone;
  private final NanoSource clock;
  private final Runnable whenGranted;
  private final List<Channel> channels = new ArrayList<>(1);
  private Optional<ScheduledFuture<?>> timer = Optional.empty();
  private boolean entered;
  private boolean done;
  private Manner manner;
  private boolean ednsRefused;
  private boolean truncated;
  private boolean overTcp;
  private int attempts;
  private int foreignPackets;
  private long begunNanos;

  Exchange(
      DnsExchange.Lines lines, EventLoop loop, DnsExchange.Asked asked, Consumer<Heard> whenDone) {
    this.lines = lines;
    this.loop = loop;
    this.asked = asked;
    this.whenDone = whenDone;
    this.clock = asked.deadline().clock();
    this.manner = asked.manner();
    this.whenGranted = () -> loop.execute(this::granted);
  }

  void begin() {
    begunNanos = clock.nanos();
    switch (lines.gate().enter(whenGranted)) {
      case GRANTED -> {
        entered = true;
        start();
      }
      case QUEUED -> wakeAfter(asked.deadline().left(), this::overloaded);
      case REFUSED -> overloaded();
    }
  }

  private void granted() {
    if (done) {
      lines.gate().leave();
      return;
    }
    entered = true;
    start();
  }

  private void overloaded() {
    fail(Failure.OVERLOADED, "too many DNS queries under way");
  }

  private void start() {
    begunNanos = clock.nanos();
    if (manner.transport() == Manner.Transport.TCP) {
      sendOverTcp();
    } else {
      send();
    }
  }

  /** Sends the question over UDP once more, with everything new. */
  private void send() {
    attempts++;
    Duration left = asked.deadline().left();
    boolean last = attempts >= MAX_ATTEMPTS;
    Duration third = left.dividedBy(3);
    Duration patience = last ? left : third.compareTo(REPEAT_AFTER) < 0 ? third : REPEAT_AFTER;
    wakeAfter(patience, last ? this::lastLook : this::send);
    DnsQuery query = query();
    long sentNanos = clock.nanos();
    open(
        () -> lines.transport().datagramChannelFactory().newChannel(),
        channel -> {
          channel.config().setRecvByteBufAllocator(ANSWER_BUFFER);
          channel
              .pipeline()
              .addLast(
                  new UdpLine(
                      query.wire(),
                      packet -> received(channel, new Sent(query, sentNanos), packet),
                      cause -> troubled(channel, cause)));
        });
  }

  /** Asks over a TCP connection of its own, at once or because the answer did not fit. */
  private void sendOverTcp() {
    overTcp = true;
    wakeAfter(asked.deadline().left(), this::lastLook);
    DnsQuery query = query();
    long sentNanos = clock.nanos();
    open(
        () -> lines.transport().channelFactory(false).newChannel(),
        channel ->
            TcpLine.into(
                channel,
                query.wire(),
                packet -> received(channel, new Sent(query, sentNanos), packet),
                cause -> troubled(channel, cause)));
  }

  private DnsQuery query() {
    return DnsQuery.of(asked.question(), manner, lines.random());
  }

  private void open(ChannelSource source, Consumer<Channel> prepare) {
    Channel channel;
    try {
      channel = source.open();
    } catch (ChannelException e) {
      fail(Failure.OVERLOADED, "no socket for a DNS query: " + e.getMessage());
      return;
    }
    channels.add(channel);
    prepare.accept(channel);
    loop.register(channel)
        .addListener(
            registered -> {
              if (!registered.isSuccess()) {
                troubled(channel, registered.cause());
              } else if (!done) {
                channel
                    .connect(asked.server())
                    .addListener(
                        connected -> {
                          if (!connected.isSuccess()) {
                            troubled(channel, connected.cause());
                          }
                        });
              }
            });
  }

  private void received(Channel channel, Sent sent, byte[] packet) {
    if (isStale(channel)) {
      return;
    }
    if (!sent.query().hasId(packet)) {
      foreignPackets++;
      if (foreignPackets >= DnsExchange.MAX_FOREIGN_PACKETS) {
        fail(Failure.FORGED, foreignPackets + " answers with a wrong id");
      }
      return;
    }
    if (!sent.query().isAnsweredBy(packet)) {
      unreadable("answer does not repeat the question");
      return;
    }
    Message message;
    try {
      message = new Message(packet);
    } catch (IOException | RuntimeException e) {
      // The codec meets hostile bytes here; whatever it throws means that they are no message.
      unreadable(String.valueOf(e.getMessage()));
      return;
    }
    answered(message, packet.length, sent);
  }

  private void answered(Message message, int bytes, Sent sent) {
    boolean cut = message.getHeader().getFlag(Flags.TC);
    truncated |= cut && !overTcp;
    if (manner.edns() && isIgnoranceOfEdns(message.getRcode())) {
      manner = manner.withoutEdns();
      ednsRefused = true;
      attempts--;
      closeChannels();
      again();
    } else if (cut && !overTcp && manner.transport() == Manner.Transport.UDP_THEN_TCP) {
      closeChannels();
      sendOverTcp();
    } else {
      Duration rtt = Duration.ofNanos(clock.nanos() - sent.nanos());
      finish(new Heard.Reply(message, path(), bytes, rtt, elapsed()));
    }
  }

  private Heard.Path path() {
    return new Heard.Path(overTcp, truncated, ednsRefused);
  }

  private static boolean isIgnoranceOfEdns(int rcode) {
    return rcode == Rcode.FORMERR || rcode == Rcode.NOTIMP || rcode == Rcode.BADVERS;
  }

  private void unreadable(String detail) {
    if (!overTcp && attempts < MAX_ATTEMPTS) {
      closeChannels();
      send();
    } else {
      fail(Failure.GARBAGE, detail);
    }
  }

  private void again() {
    if (overTcp) {
      sendOverTcp();
    } else {
      send();
    }
  }

  private void troubled(Channel channel, Throwable cause) {
    if (isStale(channel)) {
      return;
    }
    String message = Optional.ofNullable(cause.getMessage()).orElse("closed port");
    fail(failureOf(cause), overTcp ? way() + ": " + message : message);
  }

  /** Whether {@code channel} was given up: what it still says does not count. */
  private boolean isStale(Channel channel) {
    return done || !channels.contains(channel);
  }

  private Failure failureOf(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (message.contains("Network is unreachable")) {
      return Failure.NETWORK_UNREACHABLE;
    }
    if (cause instanceof NoRouteToHostException || message.contains("No route to host")) {
      return Failure.HOST_UNREACHABLE;
    }
    if (cause instanceof PortUnreachableException || message.contains("Connection refused")) {
      return Failure.CLOSED_PORT;
    }
    return overTcp ? Failure.RESET : Failure.INTERNAL;
  }

  private void lastLook() {
    wakeAfter(LAST_LOOK, this::timedOut);
  }

  private void timedOut() {
    Duration late = asked.deadline().late();
    if (late.compareTo(MAX_LATENESS) > 0) {
      fail(Failure.OVERLOADED, "deadline noticed " + late.toMillis() + " ms late");
    } else if (foreignPackets > 0) {
      fail(Failure.FORGED, "only answers with a wrong id: " + foreignPackets);
    } else {
      String way = overTcp ? " " + way() : "";
      fail(Failure.TIMEOUT, "no answer within " + elapsed().toMillis() + " ms" + way);
    }
  }

  private String way() {
    return truncated ? "over TCP, after a truncated answer over UDP" : "over TCP";
  }

  private void fail(Failure failure, String detail) {
    finish(new Heard.Silence(failure, path(), at() + ": " + detail, elapsed()));
  }

  private String at() {
    return AddressText.of(asked.server().getAddress()) + " port " + asked.server().getPort();
  }

  private void finish(Heard result) {
    if (done) {
      return;
    }
    done = true;
    timer.ifPresent(pending -> pending.cancel(false));
    closeChannels();
    if (entered) {
      lines.gate().leave();
    } else {
      lines.gate().giveUp(whenGranted);
    }
    whenDone.accept(result);
  }

  private void closeChannels() {
    List<Channel> closing = List.copyOf(channels);
    channels.clear();
    for (Channel channel : closing) {
      ChannelFuture _ = channel.close();
    }
  }

  private void wakeAfter(Duration time, Runnable action) {
    timer.ifPresent(pending -> pending.cancel(false));
    timer =
        Optional.of(
            loop.schedule(
                () -> {
                  if (!done) {
                    action.run();
                  }
                },
                time.toNanos(),
                TimeUnit.NANOSECONDS));
  }

  private Duration elapsed() {
    return Duration.ofNanos(clock.nanos() - begunNanos);
  }

  /** Opens a socket; fails with {@link ChannelException} when there is none left. */
  private interface ChannelSource {
    Channel open();
  }
}
