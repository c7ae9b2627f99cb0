package parallax.probe.dns.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/** A name server on loopback that notes which port each question came from. */
final class Echo implements AutoCloseable {
  private final DatagramSocket socket;
  private final List<Integer> ports = new CopyOnWriteArrayList<>();
  private final List<Message> held = new CopyOnWriteArrayList<>();

  /**
   * @param answers to the n-th question, from 1
   */
  Echo(BiFunction<Integer, Message, List<Message>> answers) throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    Thread.ofVirtual().start(() -> serve(answers));
  }

  /** Answers everything. */
  static Echo faithful() throws IOException {
    return new Echo((_, query) -> List.of(reply(query, 0)));
  }

  static Echo silent() throws IOException {
    return new Echo((_, _) -> List.of());
  }

  /** The answer to {@code query}, its id off by {@code more}. */
  static Message reply(Message query, int more) {
    Message reply = query.clone();
    reply.getHeader().setID(query.getHeader().getID() + more & 0xffff);
    reply.getHeader().setFlag(Flags.QR);
    return reply;
  }

  private void serve(BiFunction<Integer, Message, List<Message>> answers) {
    byte[] buffer = new byte[4_096];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
        held.add(query);
        ports.add(packet.getPort());
        for (Message answer : answers.apply(ports.size(), query)) {
          send(answer, packet.getPort());
        }
      } catch (IOException e) {
        // Closed by the test.
      }
    }
  }

  void send(Message answer, int port) {
    byte[] wire = answer.toWire();
    try {
      socket.send(new DatagramPacket(wire, wire.length, InetAddress.ofLiteral("127.0.0.1"), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), socket.getLocalPort());
  }

  /** Where each question came from. */
  List<Integer> ports() {
    return ports;
  }

  List<Message> queries() {
    return held;
  }

  @Override
  public void close() {
    socket.close();
  }
}
