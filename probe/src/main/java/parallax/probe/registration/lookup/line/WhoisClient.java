package parallax.probe.registration.lookup.line;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import parallax.config.check.ServerAddress;
import parallax.probe.check.Deadline;
import parallax.probe.net.NetworkPolicy.Hop;
import parallax.probe.registration.Limits;

/** One question, one answer, one connection (RFC 3912). */
public final class WhoisClient {
  /** IANA's assignment. */
  public static final int PORT = 43;

  private final Vertx vertx;
  private final NetClient client;
  private final Reach reach;
  private final Optional<ServerAddress> instead;

  /**
   * @param instead asked in place of every server
   */
  public WhoisClient(Vertx vertx, Reach reach, Optional<ServerAddress> instead) {
    this.vertx = vertx;
    this.client = vertx.createNetClient(new NetClientOptions());
    this.reach = reach;
    this.instead = instead;
  }

  /**
   * The answer, cut at {@link Limits#MAX_ANSWER_BYTES}. Fails when the server does not end it by
   * closing in order: what was cut off might have changed its meaning.
   *
   * @param question in ASCII, without end of line
   */
  public Future<WhoisReply> ask(ServerAddress of, String question, Hop hop, Deadline deadline) {
    ServerAddress server = instead.orElse(of);
    return reach.first(
        server.host(),
        hop,
        deadline,
        address -> {
          Duration left = deadline.left();
          SocketAddress to =
              SocketAddress.inetSocketAddress(new InetSocketAddress(address, server.port()));
          return client
              .connect(to)
              .timeout(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS)
              .compose(socket -> answer(socket, server, question, deadline))
              .map(text -> new WhoisReply(address, text));
        });
  }

  private Future<Buffer> answer(
      NetSocket socket, ServerAddress server, String question, Deadline deadline) {
    Promise<Buffer> promise = Promise.promise();
    Buffer answer = Buffer.buffer();
    long timer =
        vertx.setTimer(
            Math.max(1, deadline.left().toMillis()),
            _ -> promise.tryFail(new Unreached(server + " did not end its answer in time")));
    socket.exceptionHandler(_ -> promise.tryFail(new Unreached(server + " cut the connection")));
    socket.endHandler(_ -> promise.tryComplete(answer));
    socket.handler(
        bytes -> {
          int room = Limits.MAX_ANSWER_BYTES - answer.length();
          answer.appendBuffer(bytes, 0, Math.min(room, bytes.length()));
          if (answer.length() >= Limits.MAX_ANSWER_BYTES) {
            promise.tryComplete(answer);
          }
        });
    socket
        .write(Buffer.buffer((question + "\r\n").getBytes(StandardCharsets.US_ASCII)))
        .onFailure(promise::tryFail);
    return promise
        .future()
        .onComplete(_ -> vertx.cancelTimer(timer))
        .onComplete(_ -> socket.close());
  }
}
