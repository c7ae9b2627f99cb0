package parallax.probe.bgp.session.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Begins and ends on loopback. */
@Timeout(60)
final class AcceptorTest {
  private static final int ROOM = 4;
  private static final Acceptor.Host NOBODY =
      new Acceptor.Host() {
        @Override
        public boolean admits(InetAddress from) {
          return false;
        }

        @Override
        public void converse(Socket socket, BooleanSupplier closing) {
          throw new AssertionError("nobody is let in");
        }

        @Override
        public void deaf(String why) {
          throw new AssertionError(why);
        }
      };

  @RepeatedTest(200)
  void nobodyCanConnectOnceItIsClosed() throws IOException {
    InetSocketAddress at;
    try (Acceptor acceptor =
        Acceptor.start(
            "test", new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), ROOM, NOBODY)) {
      Told.await(() -> acceptor.address().isPresent());
      at = acceptor.address().orElseThrow();
    }
    try (Socket late = new Socket()) {
      assertThatThrownBy(() -> late.connect(at)).isInstanceOf(ConnectException.class);
      assertThat(late.isConnected()).isFalse();
    }
  }
}
