package parallax.probe.dns.walk;

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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import parallax.probe.check.Deadline;
import parallax.probe.dns.delegation.NameServer;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Question;
import parallax.probe.net.Cidr;
import parallax.probe.net.NetworkPolicy;

/** A name system of one server process at many addresses of loopback, saying what a test wants. */
final class World implements AutoCloseable {
  static final InetAddress ROOT = InetAddress.ofLiteral("127.54.0.1");

  private final Vertx vertx = Vertx.vertx();
  private final DnsExchange exchange = new DnsExchange(vertx);
  private final List<DatagramSocket> sockets = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final int port;

  /** A question that reached a server. */
  record Asked(String address, String name, int type) {}

  /**
   * @param answers to a question at an address: records of the authority section, or of the answer
   *     section and with authority where they begin with "!", or glue where with "+"
   */
  World(Function<Asked, List<String>> answers, String... addresses) {
    int free = 0;
    for (String address : addresses) {
      try {
        DatagramSocket socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), free));
        free = socket.getLocalPort();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket, address, answers));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    port = free;
  }

  private void serve(DatagramSocket socket, String address, Function<Asked, List<String>> answers) {
    byte[] buffer = new byte[4_096];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        asked.incrementAndGet();
        Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
        Record question = query.getQuestion();
        Asked one = new Asked(address, question.getName().toString(), question.getType());
        byte[] answer = reply(query, answers.apply(one)).toWire();
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        // Closed by the test.
      }
    }
  }

  private static Message reply(Message query, List<String> records) throws IOException {
    Message reply = new Message(query.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.addRecord(query.getQuestion(), Section.QUESTION);
    for (String record : records) {
      int section =
          switch (record.charAt(0)) {
            case '!' -> Section.ANSWER;
            case '+' -> Section.ADDITIONAL;
            default -> Section.AUTHORITY;
          };
      if (section == Section.ANSWER) {
        reply.getHeader().setFlag(Flags.AA);
      }
      String[] words = record.replaceFirst("^[!+]", "").split(" ", 3);
      Name owner = Name.fromString(words[0], Name.root);
      reply.addRecord(
          Record.fromString(owner, Type.value(words[1]), DClass.IN, 60, words[2], Name.root),
          section);
    }
    return reply;
  }

  int asked() {
    return asked.get();
  }

  Walk walk(String zone, WalkLimits limits, NetworkPolicy policy) {
    Name name = Name.fromConstantString(zone);
    RootHints hints =
        new RootHints(List.of(new NameServer(Name.fromConstantString("a.root."), ROOT)));
    WalkSettings settings = new WalkSettings(hints, port, limits, policy, ipv6 -> !ipv6);
    Deadline deadline = Deadline.startingNow(System::nanoTime, Duration.ofSeconds(8));
    Future<Walk> walk =
        new DelegationWalk(vertx, exchange, settings)
            .walk(name, new Question(name, Type.SOA), deadline);
    try {
      return walk.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("still walking after 20 s", e);
    }
  }

  static NetworkPolicy only(String... blocks) {
    return NetworkPolicy.forProbe(Arrays.stream(blocks).map(Cidr::parse).toList(), List.of());
  }

  @Override
  public void close() {
    sockets.forEach(DatagramSocket::close);
    try {
      vertx.close().await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
