package parallax.coordinator.notify.mail;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A connection that reads no more than so much, and whose writes do not wait for ever. */
final class BoundedSocket extends Socket {
  /** All that a server may say in one connection, certificates included. */
  static final int MAX_ANSWER_BYTES = 1 << 18;

  private final ScheduledExecutorService watch;
  private final Duration writeTimeout;

  /**
   * Not connected yet.
   *
   * @param watch closes it when a write takes too long
   */
  BoundedSocket(ScheduledExecutorService watch, Duration readTimeout, Duration writeTimeout)
      throws IOException {
    this.watch = watch;
    this.writeTimeout = writeTimeout;
    setSoTimeout((int) readTimeout.toMillis());
    setTcpNoDelay(true);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Counted(super.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Watched(super.getOutputStream());
  }

  /** Ends whatever waits on it. */
  void cut() {
    try {
      close();
    } catch (IOException e) {
      // Closed is what it should be.
    }
  }

  private static final class Counted extends FilterInputStream {
    private int left = MAX_ANSWER_BYTES;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      count(octet < 0 ? 0 : 1);
      return octet;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    private void count(int read) throws IOException {
      left -= read;
      if (left < 0) {
        throw new IOException("the server says too much");
      }
    }
  }

  private final class Watched extends FilterOutputStream {
    Watched(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      Future<?> end =
          watch.schedule(BoundedSocket.this::cut, writeTimeout.toMillis(), TimeUnit.MILLISECONDS);
      try {
        out.write(octets, offset, length);
      } catch (IOException e) {
        throw end.cancel(false) ? e : new SocketTimeoutException("write");
      }
      if (!end.cancel(false)) {
        throw new SocketTimeoutException("write");
      }
    }
  }
}
