package parallax.probe.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import parallax.probe.fixture.RawServer;

/** What hostile servers send, and how. */
final class HostileBytes {
  static final String OK = "HTTP/1.1 200 OK\r\n";
  static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
  static final Duration DRIP = Duration.ofMillis(50);

  private HostileBytes() {}

  static void sendAndStay(RawServer.Peer peer, byte[] bytes) throws IOException {
    peer.send(bytes);
    peer.awaitEnd();
  }

  static void endless(RawServer.Peer peer, String first, String then) throws IOException {
    endless(peer, bytes(first), repeat(bytes(then), 1000));
  }

  static void endless(RawServer.Peer peer, byte[] first, byte[] then) throws IOException {
    peer.send(first);
    byte[] block = then.length < 1000 ? repeat(then, 100) : then;
    while (true) {
      peer.send(block);
    }
  }

  static void drip(RawServer.Peer peer, String first, String then)
      throws IOException, InterruptedException {
    peer.send(first);
    while (true) {
      peer.send(then);
      peer.pause(DRIP);
    }
  }

  static byte[] frame(int type, int flags, int stream, byte[] payload) {
    byte[] head = {
      (byte) (payload.length >> 16),
      (byte) (payload.length >> 8),
      (byte) payload.length,
      (byte) type,
      (byte) flags,
      0,
      0,
      (byte) (stream >> 8),
      (byte) stream
    };
    return join(head, payload);
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  static byte[] deflate(byte[] plain, boolean bare) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(9, bare);
    try (OutputStream deflate = new DeflaterOutputStream(out, deflater)) {
      deflate.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }

  static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new java.util.Random(42).nextBytes(bytes);
    return bytes;
  }

  static byte[] repeat(byte[] bytes, int times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int time = 0; time < times; time++) {
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  static byte[] join(byte[] first, String then) {
    return join(first, bytes(then));
  }

  static byte[] join(byte[] first, byte[] then) {
    byte[] joined = Arrays.copyOf(first, first.length + then.length);
    System.arraycopy(then, 0, joined, first.length, then.length);
    return joined;
  }

  static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String printable(String text) {
    String start = text.length() > 24 ? text.substring(0, 24) : text;
    return "'" + start.replaceAll("[^ -~]", ".") + "'";
  }
}
