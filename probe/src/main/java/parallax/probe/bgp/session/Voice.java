package parallax.probe.bgp.session;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import parallax.probe.bgp.message.BgpMessage;
import parallax.probe.bgp.message.MessageWriter;

/**
 * Says what we have to say on a thread of its own, so that a neighbour that does not read cannot
 * stop us from seeing that it is gone (RFC 9687).
 */
final class Voice {
  /** So many messages may wait: several hold times of them. */
  private static final int MAX_WAITING = 16;

  private static final byte[] END = {};

  private final Socket socket;
  private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Thread thread;

  Voice(Socket socket) {
    this.socket = socket;
    this.thread =
        Thread.ofVirtual().name("bgp to " + socket.getRemoteSocketAddress()).unstarted(this::run);
  }

  void begin() {
    thread.start();
  }

  /** Whether there was room for it. */
  boolean say(BgpMessage message) {
    return waiting.offer(MessageWriter.write(message));
  }

  /** Says what waits, for at most {@code most}, and nothing more. */
  void end(Duration most) throws InterruptedException {
    if (!waiting.offer(END) || !thread.join(most)) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      OutputStream out = socket.getOutputStream();
      byte[] message = waiting.take();
      while (message.length > 0) {
        out.write(message);
        message = waiting.take();
      }
    } catch (IOException closed) {
      // The reader of the connection sees that too, and tells why.
      waiting.clear();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
