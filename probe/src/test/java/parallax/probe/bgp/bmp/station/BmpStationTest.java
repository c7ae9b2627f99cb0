package parallax.probe.bgp.bmp.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.session.listen.Told;
import parallax.probe.net.Cidr;

/** Routers that connect on loopback and report what real ones reported. */
@Timeout(60)
final class BmpStationTest {
  private static final List<Cidr> LOOPBACK = List.of(Cidr.parse("127.0.0.0/8"));

  private final CountDownLatch ready = new CountDownLatch(1);
  private volatile boolean slow;

  private final Told told =
      new Told() {
        @Override
        public void heard(List<RouteEvent> events, Instant received) {
          if (slow) {
            try {
              ready.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          super.heard(events, received);
        }
      };

  private BmpStation station = start(LOOPBACK, 2, Duration.ofHours(1));

  private BmpStation start(List<Cidr> allowed, int routers, Duration idle) {
    InetSocketAddress at = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    BmpStation started =
        new BmpStation(new StationSettings(at, allowed, routers, 16, idle), InstantSource.system());
    started.start(told);
    Told.await(() -> started.address().isPresent());
    return started;
  }

  @AfterEach
  void close() {
    station.close();
  }

  @Test
  void aRouterIsHeardAndWhenItGoesItIsLostAndNothingIsWithdrawn() throws Exception {
    byte[] stream = stream("lab.gobgp310-all.bmp");
    // Up to its seventh message: two sessions and the first route, in three views.
    int part = length(stream, 6);
    try (Socket router = connect()) {
      router.getOutputStream().write(stream, 0, part);
      assertThat(told.next(4))
          .containsExactly(
              "connected parallax-lab",
              "PeerUp 10.99.1.2",
              "PeerUp 10.99.1.1",
              "Announced 10.99.1.1");
      assertThat(station.figures().connections()).isEqualTo(1);
    }
    assertThat(told.next(3))
        .containsExactly(
            "PeerDown 10.99.1.2",
            "PeerDown 10.99.1.1",
            "lost parallax-lab: the connection was closed");
    Told.await(() -> station.figures().connections() == 0);
    assertThat(station.figures().messages()).isEqualTo(6);
    assertThat(station.figures().bytes()).isEqualTo(part);
    assertThat(station.figures().malformed()).isZero();
    assertThat(station.figures().lag()).isPresent();
  }

  @Test
  void whoIsNotAllowedOrOneTooManyFindsItClosed() throws Exception {
    station.close();
    station = start(List.of(Cidr.parse("192.0.2.0/24")), 2, Duration.ofHours(1));
    try (Socket stranger = connect()) {
      assertThat(stranger.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(station.refused()).isEqualTo(1);
    station.close();
    station = start(LOOPBACK, 1, Duration.ofHours(1));
    try (Socket first = connect();
        Socket second = connect()) {
      assertThat(second.getInputStream().read()).isEqualTo(-1);
      first.getOutputStream().write(stream("lab.gobgp310-both-empty.bmp"));
      assertThat(told.next(1)).containsExactly("connected GoBGP");
    }
  }

  @Test
  void aStreamThatCannotBeReadOnIsCutOffWithItsPlace() throws Exception {
    try (Socket router = connect()) {
      byte[] stream = stream("lab.gobgp310-both-empty.bmp");
      router.getOutputStream().write(stream);
      router.getOutputStream().write(new byte[] {4, 0, 0, 0, 0, 9});
      assertThat(router.getInputStream().read()).isEqualTo(-1);
      assertThat(told.next(4))
          .endsWith("lost GoBGP: version 4 instead of 3 at byte " + stream.length);
    }
  }

  @Test
  void aRouterThatSaysNothingForTooLongIsCutOff() throws Exception {
    station.close();
    station = start(LOOPBACK, 2, Duration.ofMillis(200));
    try (Socket router = connect()) {
      router.getOutputStream().write(stream("lab.gobgp310-both-empty.bmp"));
      assertThat(told.next(4)).last().asString().startsWith("lost GoBGP: no message for");
    }
  }

  @Test
  void aRouterThatConnectsAnewTakesItsPlace() throws Exception {
    byte[] stream = stream("lab.gobgp310-both-empty.bmp");
    try (Socket former = connect()) {
      former.getOutputStream().write(stream);
      assertThat(told.next(2)).first().isEqualTo("connected GoBGP");
      try (Socket latter = connect()) {
        latter.getOutputStream().write(stream);
        assertThat(told.next(4))
            .containsSubsequence("lost GoBGP: the router connected anew", "connected GoBGP");
      }
    }
  }

  @Test
  void twoRoutersOfOneNameAreToldApart() throws Exception {
    byte[] stream = stream("lab.gobgp310-both-empty.bmp");
    try (Socket one = connect();
        Socket other = new Socket()) {
      one.getOutputStream().write(stream);
      assertThat(told.next(2)).first().isEqualTo("connected GoBGP");
      other.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0));
      other.connect(station.address().orElseThrow());
      other.getOutputStream().write(stream);
      assertThat(told.next(1)).containsExactly("connected GoBGP (127.0.0.2)");
    }
  }

  @Test
  void aSlowListenerHoldsTheRouterBack() throws Exception {
    slow = true;
    byte[] stream = stream("lab.gobgp310-all.bmp");
    byte[] route = new byte[length(stream, 4) - length(stream, 3)];
    System.arraycopy(stream, length(stream, 3), route, 0, route.length);
    try (Socket router = connect()) {
      router.setSendBufferSize(16 * 1024);
      OutputStream out = router.getOutputStream();
      out.write(stream, 0, length(stream, 3));
      CountDownLatch sent = new CountDownLatch(1);
      int routes = 200_000;
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  for (int count = 0; count < routes; count++) {
                    out.write(route);
                  }
                  sent.countDown();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      assertThat(sent.await(500, TimeUnit.MILLISECONDS)).as("all was taken").isFalse();
      assertThat(station.figures().messages()).isLessThan(routes);
      ready.countDown();
      assertThat(sent.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void afterClosingNothingIsTold() throws Exception {
    try (Socket router = connect()) {
      router.getOutputStream().write(stream("lab.gobgp310-both-empty.bmp"));
      assertThat(told.next(2)).first().isEqualTo("connected GoBGP");
      station.close();
      List<String> before = told.left();
      assertThat(router.getInputStream().read()).isEqualTo(-1);
      assertThat(told.left()).isEqualTo(before);
    }
  }

  private Socket connect() throws IOException {
    InetSocketAddress at = station.address().orElseThrow();
    return new Socket(at.getAddress(), at.getPort());
  }

  private static byte[] stream(String name) throws IOException {
    try (InputStream in =
        BmpStationTest.class.getResourceAsStream("/parallax/probe/bgp/bmp/" + name)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  /** Of so many messages. */
  private static int length(byte[] stream, int messages) {
    int at = 0;
    for (int message = 0; message < messages; message++) {
      at += ByteBuffer.wrap(stream).getInt(at + 1);
    }
    return at;
  }
}
