package parallax.deploy.endtoend.names;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A name server that has the right answer to every question about its zone, but sends it oddly:
 * over UDP; over TCP as it should be, or not at all.
 */
final class OddServer implements AutoCloseable {
  /** What the servers are called of zones that have another name. */
  private static final Map<String, String> SERVERS = Map.of("forged", "forger", "cut", "cutter");

  private final DatagramSocket socket;
  private final Optional<ServerSocket> tcp;
  private final List<Thread> threads = new ArrayList<>();
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();

  /**
   * One packet of an answer.
   *
   * @param from which the packet is sent; empty: the server's own socket
   * @param after the question
   */
  record Packet(ByteBuffer bytes, Optional<DatagramSocket> from, Duration after) {
    static Packet of(byte[] bytes) {
      return new Packet(ByteBuffer.wrap(bytes), Optional.empty(), Duration.ZERO);
    }

    Packet from(DatagramSocket other) {
      return new Packet(bytes, Optional.of(other), after);
    }

    Packet after(Duration delay) {
      return new Packet(bytes, from, delay);
    }
  }

  /**
   * Without TCP.
   *
   * @param delay between question and answer
   * @param oddity what becomes of a right answer before it is sent; empty bytes are not sent
   */
  OddServer(InetSocketAddress address, Duration delay, UnaryOperator<byte[]> oddity)
      throws IOException {
    this(address, false, answer -> List.of(Packet.of(oddity.apply(answer)).after(delay)));
  }

  /**
   * Whatever is odd about it.
   *
   * @param tcp whether it serves TCP
   * @param oddity the packets that a right answer is sent as; those without bytes are not sent
   */
  OddServer(InetSocketAddress address, boolean tcp, Function<byte[], List<Packet>> oddity)
      throws IOException {
    this.socket = new DatagramSocket(address);
    this.tcp =
        tcp
            ? Optional.of(new ServerSocket(address.getPort(), 64, address.getAddress()))
            : Optional.empty();
    threads.add(Thread.ofVirtual().start(() -> serve(oddity)));
    this.tcp.ifPresent(server -> threads.add(Thread.ofVirtual().start(() -> accept(server))));
  }

  private void serve(Function<byte[], List<Packet>> oddity) {
    byte[] buffer = new byte[4_096];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        byte[] answer = answer(new Message(Arrays.copyOf(buffer, packet.getLength()))).toWire();
        InetSocketAddress client = (InetSocketAddress) packet.getSocketAddress();
        for (Packet one : oddity.apply(answer)) {
          if (one.bytes().hasRemaining()) {
            ScheduledFuture<?> _ =
                later.schedule(
                    () -> send(one, client), one.after().toMillis(), TimeUnit.MILLISECONDS);
          }
        }
      } catch (IOException e) {
        // Closed by the test: nothing more to answer.
      }
    }
  }

  private void send(Packet packet, InetSocketAddress client) {
    try {
      packet
          .from()
          .orElse(socket)
          .send(new DatagramPacket(packet.bytes().array(), packet.bytes().limit(), client));
    } catch (IOException e) {
      // The client, or the test, has gone.
    }
  }

  private static void accept(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        DataInputStream in = new DataInputStream(client.getInputStream());
        byte[] answer = answer(new Message(in.readNBytes(in.readUnsignedShort()))).toWire();
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        out.writeShort(answer.length);
        out.write(answer);
      } catch (IOException e) {
        // The client, or the test, has gone.
      }
    }
  }

  private static Message answer(Message query) throws IOException {
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.AA);
    Record question = query.getQuestion();
    answer.addRecord(question, Section.QUESTION);
    for (String record : records(question)) {
      answer.addRecord(
          Record.fromString(
              question.getName(), question.getType(), DClass.IN, 60, record, Name.root),
          Section.ANSWER);
    }
    return answer;
  }

  private static List<String> records(Record question) {
    String zone = question.getName().toString();
    String label = zone.substring(0, zone.indexOf('.'));
    return switch (question.getType()) {
      case Type.SOA -> List.of("ns1.dns.test. admin.dns.test. 1 3600 600 86400 60");
      case Type.NS -> List.of(SERVERS.getOrDefault(label, label) + ".dns.test.");
      case Type.A -> List.of("192.0.2.1");
      default -> List.of();
    };
  }

  @Override
  public void close() throws IOException {
    socket.close();
    later.shutdownNow();
    if (tcp.isPresent()) {
      tcp.get().close();
    }
    // A socket that a thread waits on keeps its address until the thread has seen that it is
    // closed.
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
