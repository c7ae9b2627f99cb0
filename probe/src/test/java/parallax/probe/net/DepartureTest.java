package parallax.probe.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.probe.check.Deadline;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Question;

/** Checks leave from where the operator says. */
final class DepartureTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress OTHER = InetAddress.ofLiteral("127.0.81.7");
  private static final InetAddress SIX = InetAddress.ofLiteral("2001:db8::7");
  private static final int PATIENCE = 20_000;

  private final Vertx vertx = Vertx.vertx();
  private final Departure departure = Departure.from(List.of(OTHER, SIX));

  @AfterEach
  void close() throws Exception {
    vertx.close().await(PATIENCE, TimeUnit.MILLISECONDS);
  }

  @Test
  void thereIsOneAddressOfEachFamily() {
    assertThat(departure.towards(HERE)).contains(new InetSocketAddress(OTHER, 0));
    assertThat(departure.towards(InetAddress.ofLiteral("::1")))
        .contains(new InetSocketAddress(SIX, 0));
    assertThat(Departure.from(List.of(OTHER)).towards(SIX)).isEmpty();
    assertThat(Departure.ANY.towards(HERE)).isEmpty();
    assertThatThrownBy(() -> Departure.from(List.of(HERE, OTHER)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("127.0.81.7");
  }

  @Test
  void connectionsLeaveFromThere() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, HERE)) {
      server.setSoTimeout(PATIENCE);
      EventLoops loops = new EventLoops(vertx, departure);
      Channel channel =
          loops
              .connection(loops.here(), new InetSocketAddress(HERE, server.getLocalPort()))
              .connect()
              .syncUninterruptibly()
              .channel();
      try (Socket client = server.accept()) {
        assertThat(client.getInetAddress()).isEqualTo(OTHER);
      }
      channel.close().syncUninterruptibly();
    }
  }

  @Test
  void questionsLeaveFromThere() throws Exception {
    try (DatagramSocket server = new DatagramSocket(0, HERE)) {
      server.setSoTimeout(PATIENCE);
      var _ =
          new DnsExchange(vertx, departure)
              .ask(
                  new InetSocketAddress(HERE, server.getLocalPort()),
                  new Question(Name.fromString("example.com."), Type.A),
                  Deadline.startingNow(System::nanoTime, Duration.ofSeconds(1)));
      DatagramPacket question = new DatagramPacket(new byte[512], 512);
      server.receive(question);
      assertThat(question.getAddress()).isEqualTo(OTHER);
    }
  }
}
