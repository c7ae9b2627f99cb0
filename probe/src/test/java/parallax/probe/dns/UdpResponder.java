package parallax.probe.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server on loopback that says whatever a test wants it to. */
final class UdpResponder implements AutoCloseable {
  private static final int TRIES = 50;

  private final DatagramSocket socket;
  // Bound and never listening: TCP to the same port is refused, whatever else listens here.
  private final Socket refusing;
  private final Thread thread;
  private final AtomicInteger asked = new AtomicInteger();
  private final List<byte[]> queries = new CopyOnWriteArrayList<>();

  /**
   * @param answers by the number of the query, from 1, and its bytes: the packets to send back
   */
  UdpResponder(BiFunction<Integer, byte[], List<byte[]>> answers) {
    refusing = new Socket();
    socket = bound(refusing);
    thread = Thread.ofVirtual().start(() -> serve(answers));
  }

  private static DatagramSocket bound(Socket refusing) {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    for (int left = TRIES; ; left--) {
      DatagramSocket udp = null;
      try {
        udp = new DatagramSocket(new InetSocketAddress(loopback, 0));
        refusing.bind(new InetSocketAddress(loopback, udp.getLocalPort()));
        return udp;
      } catch (IOException e) {
        if (udp != null) {
          udp.close();
        }
        if (left == 0) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** Answers each query with what {@code answer} makes of it. */
  static UdpResponder answering(java.util.function.UnaryOperator<Message> answer) {
    return new UdpResponder((_, query) -> List.of(answer.apply(parsed(query)).toWire()));
  }

  /** Never answers. */
  static UdpResponder silent() {
    return new UdpResponder((_, _) -> List.of());
  }

  private void serve(BiFunction<Integer, byte[], List<byte[]>> answers) {
    byte[] buffer = new byte[4_096];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        byte[] query = Arrays.copyOf(buffer, packet.getLength());
        queries.add(query);
        for (byte[] answer : answers.apply(asked.incrementAndGet(), query)) {
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // Closed by the test, or a client that has gone: nothing to answer.
      }
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), socket.getLocalPort());
  }

  int port() {
    return socket.getLocalPort();
  }

  int asked() {
    return asked.get();
  }

  List<byte[]> queries() {
    return queries;
  }

  @Override
  public void close() {
    socket.close();
    thread.interrupt();
    try {
      refusing.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Message parsed(byte[] packet) {
    try {
      return new Message(packet);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A reply to {@code query} with this rcode and these records, each "NAME TTL TYPE DATA". */
  static Message reply(Message query, int rcode, String... records) {
    Message reply = new Message(query.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.getHeader().setRcode(rcode);
    reply.addRecord(query.getQuestion(), Section.QUESTION);
    for (String record : records) {
      reply.addRecord(record(record), Section.ANSWER);
    }
    return reply;
  }

  static Message ok(Message query, String... records) {
    return reply(query, Rcode.NOERROR, records);
  }

  static Record record(String text) {
    String[] words = text.split(" ", 4);
    try {
      return Record.fromString(
          Name.fromString(words[0], Name.root),
          Type.value(words[2]),
          DClass.IN,
          Long.parseLong(words[1]),
          words[3],
          Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
