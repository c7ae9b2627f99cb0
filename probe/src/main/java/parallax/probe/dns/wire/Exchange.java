package parallax.probe.dns.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
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

  /**
   * When a deadline is noticed later than this, or of the time until then the event loop stood
   * still or the question waited for its turn for longer than this, silence says more about the
   * probe than about the server.
   */
  static final Duration MAX_OWN_DELAY = Duration.ofMillis(500);

  private final DnsExchange.Shared shared;
  private final DnsExchange.OfLoop ofLoop;
  private final EventLoop loop;
  private final DnsExchange.Asked asked;
  private final Consumer<Heard> whenDone;
  private final NanoSource clock;
  private final Runnable whenGranted;
  private final List<Sent> under = new ArrayList<>(1);
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
  private long stalledBefore;
  private Duration waited = Duration.ZERO;

  Exchange(
      DnsExchange.Shared shared,
      EventLoop loop,
      DnsExchange.Asked asked,
      Consumer<Heard> whenDone) {
    this.shared = shared;
    this.ofLoop = shared.of(loop);
    this.loop = loop;
    this.asked = asked;
    this.whenDone = whenDone;
    this.clock = asked.deadline().clock();
    this.manner = asked.manner();
    this.whenGranted = () -> loop.execute(this::granted);
  }

  void begin() {
    begunNanos = clock.nanos();
    stalledBefore = ofLoop.stalls().watch();
    switch (shared.gate().enter(whenGranted)) {
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
      shared.gate().leave();
      return;
    }
    entered = true;
    start();
  }

  private void overloaded() {
    fail(Failure.OVERLOADED, "too many DNS queries under way");
  }

  private void start() {
    waited = elapsed();
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
    under.forEach(Sent::distrust);
    put(sent -> ofLoop.udp().put(asked.server(), sent.query, sent));
  }

  /** Asks over a TCP connection of its own, at once or because the answer did not fit. */
  private void sendOverTcp() {
    overTcp = true;
    wakeAfter(asked.deadline().left(), this::lastLook);
    put(this::connect);
  }

  private void put(Way way) {
    DnsQuery query = DnsQuery.of(asked.question(), manner, shared.random());
    Sent sent = new Sent(query, clock.nanos());
    under.add(sent);
    try {
      sent.went(way.put(sent));
    } catch (ChannelException e) {
      fail(Failure.OVERLOADED, "no socket for a DNS query: " + e.getMessage());
    }
  }

  private Line connect(Sent sent) {
    Channel channel = shared.transport().channelFactory(false).newChannel();
    TcpLine tcp = TcpLine.into(channel, sent.query.wire(), sent);
    loop.register(channel)
        .addListener(
            registered -> {
              if (!registered.isSuccess()) {
                sent.troubled(registered.cause());
              } else if (!done) {
                UdpLines.connecting(channel, asked.server(), shared.departure())
                    .addListener(
                        connected -> {
                          if (!connected.isSuccess()) {
                            sent.troubled(connected.cause());
                          }
                        });
              }
            });
    return tcp;
  }

  private void received(Sent sent, byte[] packet) {
    if (!sent.query.hasId(packet)) {
      foreignPackets++;
      if (foreignPackets >= DnsExchange.MAX_FOREIGN_PACKETS) {
        fail(Failure.FORGED, foreignPackets + " answers with a wrong id");
      }
      return;
    }
    if (!sent.query.isAnsweredBy(packet)) {
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
      giveUp();
      again();
    } else if (cut && !overTcp && manner.transport() == Manner.Transport.UDP_THEN_TCP) {
      giveUp();
      sendOverTcp();
    } else {
      Duration rtt = Duration.ofNanos(clock.nanos() - sent.nanos);
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
      giveUp();
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

  private void troubled(Throwable cause) {
    String message = Optional.ofNullable(cause.getMessage()).orElse("closed port");
    fail(failureOf(cause), overTcp ? way() + ": " + message : message);
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
    Duration stalled = Duration.ofNanos(ofLoop.stalls().nanos() - stalledBefore);
    if (late.compareTo(MAX_OWN_DELAY) > 0) {
      fail(Failure.OVERLOADED, "deadline noticed " + late.toMillis() + " ms late");
    } else if (stalled.compareTo(MAX_OWN_DELAY) > 0) {
      fail(Failure.OVERLOADED, "the probe stood still for " + stalled.toMillis() + " ms");
    } else if (waited.compareTo(MAX_OWN_DELAY) > 0) {
      fail(Failure.OVERLOADED, "asked only after " + waited.toMillis() + " ms of waiting");
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
    ofLoop.stalls().unwatch();
    timer.ifPresent(pending -> pending.cancel(false));
    giveUp();
    if (entered) {
      shared.gate().leave();
    } else {
      shared.gate().giveUp(whenGranted);
    }
    whenDone.accept(result);
  }

  private void giveUp() {
    List<Sent> over = List.copyOf(under);
    under.clear();
    over.forEach(Sent::end);
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

  /** A query under way. */
  private final class Sent implements Ear {
    private final DnsQuery query;
    private final long nanos;
    private Optional<Line> line = Optional.empty();
    private boolean over;

    Sent(DnsQuery query, long nanos) {
      this.query = query;
      this.nanos = nanos;
    }

    void went(Line over) {
      line = Optional.of(over);
      if (this.over) {
        over.leave();
      }
    }

    void distrust() {
      line.ifPresent(Line::distrust);
    }

    /** What is still heard does not count. */
    void end() {
      over = true;
      line.ifPresent(Line::leave);
    }

    @Override
    public void received(byte[] packet) {
      if (!over) {
        Exchange.this.received(this, packet);
      }
    }

    @Override
    public void troubled(Throwable cause) {
      if (!over) {
        Exchange.this.troubled(cause);
      }
    }
  }

  /** Who put a query on a line is told here, on the event loop, what comes of it. */
  interface Ear {
    /** A packet came; whether it is the answer is for the asker to find out. */
    void received(byte[] packet);

    void troubled(Throwable cause);
  }

  /** What a query went over. */
  interface Line {
    /** No more is to be asked over it: the answer stayed away. */
    void distrust();

    /** The answer is not waited for any longer. */
    void leave();
  }

  /** Sends a query; fails with {@link ChannelException} when there is no socket left. */
  private interface Way {
    Line put(Sent sent);
  }
}
