package parallax.probe.dns.zone;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import parallax.probe.check.Deadline;
import parallax.probe.dns.delegation.NameServer;
import parallax.probe.dns.walk.DelegationWalk;
import parallax.probe.dns.walk.RootHints;
import parallax.probe.dns.walk.WalkLimits;
import parallax.probe.dns.walk.WalkSettings;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.net.Cidr;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.registration.keep.PublicLists;

/**
 * A name system on loopback: the root at 127.56.1.1 and 127.56.1.2, {@code test.} at 127.56.2.1 to
 * 127.56.2.3, {@code example.test.} at 127.56.3.1 and 127.56.3.2. It remembers what was asked.
 */
final class Loopback implements AutoCloseable {
  private static final String NET = "127.56.";
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final WalkLimits LIMITS =
      new WalkLimits(12, 60, Duration.ofSeconds(6), Duration.ofMillis(600), 4);

  final Vertx vertx = Vertx.vertx();
  final DnsExchange exchange = new DnsExchange(vertx);
  private final List<DatagramSocket> sockets = new ArrayList<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final int port;

  /**
   * A question that reached a server.
   *
   * @param server the end of its address, {@code 1.2}
   */
  record Asked(String server, String name, String type) {}

  /**
   * @param silent the ends of the addresses that never answer
   */
  Loopback(String... silent) {
    int free = 0;
    for (String end : List.of("1.1", "1.2", "2.1", "2.2", "2.3", "3.1", "3.2")) {
      try {
        DatagramSocket socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(NET + end), free));
        free = socket.getLocalPort();
        sockets.add(socket);
        boolean quiet = List.of(silent).contains(end);
        Thread.ofVirtual().start(() -> serve(socket, end, quiet));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    port = free;
  }

  private void serve(DatagramSocket socket, String end, boolean quiet) {
    byte[] buffer = new byte[4_096];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
        Record question = query.getQuestion();
        asked.add(new Asked(end, question.getName().toString(), Type.string(question.getType())));
        if (!quiet) {
          byte[] answer = answer(query, question, end).toWire();
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // Closed by the test.
      }
    }
  }

  private static Message answer(Message query, Record question, String end) throws IOException {
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(question, Section.QUESTION);
    String name = question.getName().toString();
    boolean own = question.getType() == Type.DS;
    if (end.startsWith("1.") && name.endsWith("test.") && !own) {
      refer(answer, "test.", "2.1", "2.2", "2.3");
    } else if (end.startsWith("2.") && name.endsWith("example.test.") && !own) {
      refer(answer, "example.test.", "3.1", "3.2");
    } else {
      answer.getHeader().setFlag(Flags.AA);
      Optional<String> data = data(question.getType());
      if (data.isPresent()) {
        add(answer, Section.ANSWER, name, question.getType(), data.get());
      }
    }
    return answer;
  }

  private static Optional<String> data(int type) {
    return switch (type) {
      case Type.SOA -> Optional.of("a.test. b.test. 1 3600 600 86400 60");
      case Type.DS -> Optional.of("1 13 2 " + "AB".repeat(32));
      case Type.DNSKEY -> Optional.of("257 3 13 " + "A".repeat(86) + "==");
      default -> Optional.empty();
    };
  }

  private static void refer(Message answer, String zone, String... ends) throws IOException {
    for (String end : ends) {
      String host = "ns" + end.replace('.', '-') + "." + zone;
      add(answer, Section.AUTHORITY, zone, Type.NS, host);
      add(answer, Section.ADDITIONAL, host, Type.A, NET + end);
    }
  }

  private static void add(Message answer, int section, String name, int type, String data)
      throws IOException {
    Name owner = Name.fromString(name, Name.root);
    answer.addRecord(Record.fromString(owner, type, DClass.IN, 60, data, Name.root), section);
  }

  /** What was asked so far, by servers of zones whose addresses begin so: {@code 1.} the root's. */
  List<Asked> asked(String servers) {
    return asked.stream().filter(one -> one.server().startsWith(servers)).toList();
  }

  void forget() {
    asked.clear();
  }

  ZoneWalks walks() {
    return new ZoneWalks(vertx, walk(), PublicLists.in(Optional.empty()).suffixes());
  }

  DelegationWalk walk() {
    List<NameServer> roots =
        Stream.of("1.1", "1.2")
            .map(
                end ->
                    new NameServer(
                        Name.fromConstantString("a.root."), InetAddress.ofLiteral(NET + end)))
            .toList();
    NetworkPolicy policy = NetworkPolicy.forProbe(List.of(Cidr.parse(NET + "0.0/16")), List.of());
    return new DelegationWalk(
        vertx,
        exchange,
        new WalkSettings(new RootHints(roots), port, LIMITS, policy, ipv6 -> !ipv6));
  }

  int port() {
    return port;
  }

  static Deadline within(Duration time) {
    return Deadline.startingNow(System::nanoTime, time);
  }

  static Deadline usual() {
    return within(PATIENCE);
  }

  /** What comes of {@code work}, which is done on an event loop. */
  <T> T on(Function<Loopback, Future<T>> work) {
    return await(Future.future(p -> vertx.runOnContext(_ -> work.apply(this).onComplete(p))));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("still nothing after 20 s", e);
    }
  }

  @Override
  public void close() {
    sockets.forEach(DatagramSocket::close);
    await(vertx.close());
  }
}
