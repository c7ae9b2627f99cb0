package parallax.coordinator.uplink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.wire.ProbeFrame;
import parallax.config.wire.ProbeFrames;
import parallax.config.wire.Versions;

/** A probe that writes its WebSocket frames (RFC 6455) itself and reads only when it is told to. */
final class RawProbe implements AutoCloseable {
  private static final int SMALL = 16 * 1024;
  private final SocketChannel socket;

  RawProbe(int port, String name) throws IOException {
    socket = SocketChannel.open();
    socket.setOption(StandardSocketOptions.SO_RCVBUF, SMALL);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String request =
        """
        GET /uplink/v1 HTTP/1.1
        Host: localhost
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
        Authorization: Bearer %s

        """
            .formatted(KnownTokens.of(name).orElseThrow())
            .replace("\n", "\r\n");
    socket.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    socket.read(ByteBuffer.allocate(SMALL));
    Vantage vantage = new Vantage(new ProbeName(name), new Region("tokyo"), Optional.empty());
    ProbeFrame hello =
        new ProbeFrame.Hello(
            Versions.OWN, vantage, "raw", TestProbe.BOOT, Instant.EPOCH, Optional.empty());
    socket.write(ByteBuffer.wrap(frame(ProbeFrames.encode(hello))));
  }

  /** A binary message, masked with zeros. */
  static byte[] frame(byte[] message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x82);
    if (message.length < 126) {
      out.write(0x80 | message.length);
    } else if (message.length < 1 << Short.SIZE) {
      out.write(0x80 | 126);
      out.write(ByteBuffer.allocate(Short.BYTES).putShort((short) message.length).array());
    } else {
      out.write(0x80 | 127);
      out.write(ByteBuffer.allocate(Long.BYTES).putLong(message.length).array());
    }
    out.write(new byte[4]);
    out.write(message);
    return out.toByteArray();
  }

  /** Hands over what the socket takes at once; returns how many bytes that was. */
  int push(ByteBuffer bytes) throws IOException {
    socket.configureBlocking(false);
    return socket.write(bytes);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
