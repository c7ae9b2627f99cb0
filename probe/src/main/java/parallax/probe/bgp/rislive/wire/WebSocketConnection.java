package parallax.probe.bgp.rislive.wire;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import parallax.probe.bgp.rislive.message.RisLiveReader;

/**
 * A WebSocket (RFC 6455). No more frames are asked for than the inbox has room for: no thread of
 * the client waits, the bytes stay in the socket.
 */
final class WebSocketConnection implements Connection {
  private static final Duration CONNECT_TIME = Duration.ofSeconds(10);
  private static final Duration WRITE_TIME = Duration.ofSeconds(10);

  private final Inbox inbox = new Inbox();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder()
          .executor(threads)
          .connectTimeout(CONNECT_TIME)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private volatile @Nullable WebSocket webSocket;

  private WebSocketConnection() {}

  static Connection open(URI address) throws IOException, InterruptedException {
    WebSocketConnection connection = new WebSocketConnection();
    boolean opened = false;
    try {
      Future<WebSocket> coming =
          connection
              .client
              .newWebSocketBuilder()
              .connectTimeout(CONNECT_TIME)
              .buildAsync(address, connection.new Frames());
      connection.webSocket = await(coming, CONNECT_TIME, "connecting");
      opened = true;
      return connection;
    } finally {
      if (!opened) {
        connection.close();
      }
    }
  }

  private static <T> T await(Future<T> future, Duration most, String what)
      throws IOException, InterruptedException {
    try {
      return future.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      future.cancel(true);
      throw new IOException(what + " took more than " + most.toSeconds() + " s", late);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof WebSocketHandshakeException refused) {
        throw new IOException("HTTP status " + refused.getResponse().statusCode(), refused);
      }
      throw new IOException(what + ": " + cause, failed);
    }
  }

  @Override
  public void send(String frame) throws IOException, InterruptedException {
    WebSocket socket = webSocket;
    if (socket == null) {
      throw new IOException("not connected");
    }
    await(socket.sendText(frame, true), WRITE_TIME);
  }

  private static void await(CompletionStage<WebSocket> sent, Duration most)
      throws IOException, InterruptedException {
    await(sent.toCompletableFuture(), most, "sending");
  }

  @Override
  public Optional<String> next(Duration most) throws IOException, InterruptedException {
    Optional<String> frame = inbox.next(most);
    WebSocket socket = webSocket;
    if (frame.isPresent() && socket != null) {
      socket.request(1);
    }
    return frame;
  }

  @Override
  public void close() {
    inbox.end("closed");
    WebSocket socket = webSocket;
    if (socket != null) {
      socket.abort();
    }
    client.shutdownNow();
    threads.shutdownNow();
  }

  /** Puts the parts of frames together. Called by one thread after the other. */
  private final class Frames implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public void onOpen(WebSocket socket) {
      socket.request(Inbox.MAX_FRAMES);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      if (parts.length() + data.length() > RisLiveReader.MAX_FRAME) {
        end(socket, "a frame of more than " + RisLiveReader.MAX_FRAME + " characters");
        return null;
      }
      if (!last) {
        parts.append(data);
        socket.request(1);
        return null;
      }
      String frame = parts.append(data).toString();
      parts.setLength(0);
      if (!inbox.offer(frame)) {
        end(socket, "more frames than were asked for");
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      end(socket, "a binary frame");
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      inbox.end("the service closed the connection with status " + status);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      inbox.end("the connection broke: " + error);
    }

    private void end(WebSocket socket, String reason) {
      inbox.end(reason);
      socket.abort();
    }
  }
}
