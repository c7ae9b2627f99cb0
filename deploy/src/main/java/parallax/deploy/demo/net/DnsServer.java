package parallax.deploy.demo.net;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/**
 * DNS over UDP and TCP on many addresses and one port (RFC 1035 section 4.2). One virtual thread
 * for each question; what is too much at a time is dropped, as under load.
 */
final class DnsServer implements Closeable {
  /** The port of DNS. */
  static final int USUAL_PORT = 53;

  private static final Logger LOG = LoggerFactory.getLogger(DnsServer.class);
  private static final int MAX_AT_ONCE = 512;
  private static final int MAX_QUESTION = 4_096;
  private static final int PLAIN_ANSWER = 512;
  private static final int MAX_ANSWER = 1_232;
  private static final int MAX_TCP = 65_535;
  private static final int MAX_PER_CONNECTION = 100;
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final int BACKLOG = 128;

  private final List<Pair> sockets;
  private final Answers answers;
  private final Semaphore room = new Semaphore(MAX_AT_ONCE);

  /** What servers say. */
  @FunctionalInterface
  interface Answers {
    /**
     * The answer of {@code server}; empty: silence. May take its time.
     *
     * @param question well formed, with one question
     */
    Optional<Message> to(InetAddress client, InetAddress server, Message question);
  }

  /** Both sockets of one address. */
  private record Pair(DatagramSocket udp, ServerSocket tcp) implements Closeable {
    static Pair bind(InetAddress address, int port) throws IOException {
      DatagramSocket udp = new DatagramSocket(port, address);
      try {
        return new Pair(udp, new ServerSocket(udp.getLocalPort(), BACKLOG, address));
      } catch (IOException e) {
        udp.close();
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      udp.close();
      tcp.close();
    }
  }

  /**
   * Listens on all of {@code addresses}.
   *
   * @throws IOException when they have no free port in common
   */
  DnsServer(List<InetAddress> addresses, Answers answers) throws IOException {
    this.answers = answers;
    this.sockets =
        Ports.bind(
            addresses,
            USUAL_PORT,
            new Ports.Binding<InetAddress, Pair>() {
              @Override
              public Pair bind(InetAddress address, int port) throws IOException {
                return Pair.bind(address, port);
              }

              @Override
              public int port(Pair pair) {
                return pair.udp().getLocalPort();
              }
            });
    for (Pair pair : sockets) {
      Thread.ofVirtual().name("demo-dns-udp").start(() -> datagrams(pair.udp()));
      Thread.ofVirtual().name("demo-dns-tcp").start(() -> connections(pair.tcp()));
    }
  }

  /** The port of all of them. */
  int port() {
    return sockets.getFirst().udp().getLocalPort();
  }

  private void datagrams(DatagramSocket socket) {
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(new byte[MAX_QUESTION], MAX_QUESTION);
      try {
        socket.receive(packet);
      } catch (IOException e) {
        LOG.debug("dns=receiving error={}", e.toString());
        continue;
      }
      if (room.tryAcquire()) {
        Thread.ofVirtual().start(() -> answer(socket, packet));
      }
    }
  }

  private void answer(DatagramSocket socket, DatagramPacket packet) {
    try {
      InetSocketAddress client = (InetSocketAddress) packet.getSocketAddress();
      byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
      Optional<Message> asked = read(question);
      Optional<Message> answer =
          asked.flatMap(one -> answers.to(client.getAddress(), socket.getLocalAddress(), one));
      if (answer.isPresent()) {
        byte[] wire = answer.get().toWire(limit(asked.get()));
        socket.send(new DatagramPacket(wire, wire.length, client));
      }
    } catch (IOException e) {
      LOG.debug("dns=answering error={}", e.toString());
    } finally {
      room.release();
    }
  }

  /** How much the asker takes over UDP (RFC 6891 section 6.2.3). */
  private static int limit(Message question) {
    return Optional.ofNullable(question.getOPT())
        .map(OPTRecord::getPayloadSize)
        .map(size -> Math.clamp(size, PLAIN_ANSWER, MAX_ANSWER))
        .orElse(PLAIN_ANSWER);
  }

  private void connections(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        if (room.tryAcquire()) {
          Thread.ofVirtual().start(() -> converse(socket));
        } else {
          socket.close();
        }
      } catch (IOException e) {
        LOG.debug("dns=accepting error={}", e.toString());
      }
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      socket.setSoTimeout((int) IDLE.toMillis());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      for (int count = 0; count < MAX_PER_CONNECTION; count++) {
        byte[] question = in.readNBytes(in.readUnsignedShort());
        Optional<Message> answer =
            read(question)
                .flatMap(one -> answers.to(socket.getInetAddress(), socket.getLocalAddress(), one));
        if (answer.isPresent()) {
          byte[] wire = answer.get().toWire(MAX_TCP);
          out.writeShort(wire.length);
          out.write(wire);
          out.flush();
        }
      }
    } catch (IOException e) {
      LOG.debug("dns=conversation error={}", e.toString());
    } finally {
      room.release();
    }
  }

  /** A question that may be answered; whatever else comes is not. */
  private static Optional<Message> read(byte[] wire) {
    try {
      Message message = new Message(wire);
      boolean usable =
          message.getQuestion() != null
              && !message.getHeader().getFlag(Flags.QR)
              && message.getHeader().getOpcode() == Opcode.QUERY;
      return usable ? Optional.of(message) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The beginning of an answer: the question and its id, nothing else yet. */
  static Message reply(Message question, int rcode) {
    Message reply = new Message(question.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    if (question.getHeader().getFlag(Flags.RD)) {
      reply.getHeader().setFlag(Flags.RD);
    }
    reply.getHeader().setRcode(rcode);
    reply.addRecord(question.getQuestion(), Section.QUESTION);
    if (question.getOPT() != null) {
      reply.addRecord(new OPTRecord(MAX_ANSWER, 0, 0), Section.ADDITIONAL);
    }
    return reply;
  }

  /** An answer that is none. */
  static Message refusal(Message question) {
    return reply(question, Rcode.REFUSED);
  }

  @Override
  public void close() {
    Ports.close(sockets);
  }
}
