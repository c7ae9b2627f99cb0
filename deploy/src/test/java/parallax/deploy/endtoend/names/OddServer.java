package parallax.deploy.endtoend.names;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server, UDP only, that answers every question with its zone's SOA, but oddly. */
final class OddServer implements AutoCloseable {
  private final DatagramSocket socket;
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();

  /**
   * @param delay between question and answer
   * @param oddity what becomes of a right answer before it is sent; empty bytes are not sent
   */
  OddServer(InetSocketAddress address, Duration delay, UnaryOperator<byte[]> oddity)
      throws IOException {
    socket = new DatagramSocket(address);
    Thread.ofVirtual().start(() -> serve(delay, oddity));
  }

  private void serve(Duration delay, UnaryOperator<byte[]> oddity) {
    byte[] buffer = new byte[4_096];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        byte[] answer =
            oddity.apply(answer(new Message(Arrays.copyOf(buffer, packet.getLength()))).toWire());
        DatagramPacket back = new DatagramPacket(answer, answer.length, packet.getSocketAddress());
        if (answer.length > 0) {
          ScheduledFuture<?> _ =
              later.schedule(() -> send(back), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
      } catch (IOException e) {
        // Closed by the test: nothing more to answer.
      }
    }
  }

  private void send(DatagramPacket packet) {
    try {
      socket.send(packet);
    } catch (IOException e) {
      // The client, or the test, has gone.
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
      case Type.NS -> List.of(label + ".dns.test.");
      default -> List.of();
    };
  }

  @Override
  public void close() {
    socket.close();
    later.shutdownNow();
  }
}
