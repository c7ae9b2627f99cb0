package parallax.coordinator.configuration.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Git's own server program for HTTP behind a web server on loopback. */
final class GitHttp implements AutoCloseable {
  private static final String BACKEND = "/usr/lib/git-core/git-http-backend";

  private final HttpServer server;
  private final Path root;
  private final String login;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Put between what the program says and what is sent. */
  final AtomicReference<UnaryOperator<byte[]>> damage =
      new AtomicReference<>(UnaryOperator.identity());

  /**
   * Serves the repositories below {@code root}.
   *
   * @param login {@code user:password}, or empty: anybody
   */
  GitHttp(Path root, String login) throws IOException {
    this.root = root;
    this.login = login;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  static boolean isAtHand() {
    return Path.of(BACKEND).toFile().canExecute();
  }

  String url(String user, String repository) {
    String at = user.isEmpty() ? "" : user + "@";
    return "http://" + at + "127.0.0.1:" + server.getAddress().getPort() + "/" + repository;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String wanted =
          "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
      if (!login.isEmpty()
          && !wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      send(exchange, run(exchange, body));
    }
  }

  private byte[] run(HttpExchange exchange, byte[] body) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(BACKEND);
    Map<String, String> environment = builder.environment();
    environment.put("GIT_PROJECT_ROOT", root.toString());
    environment.put("GIT_HTTP_EXPORT_ALL", "1");
    environment.put("REQUEST_METHOD", exchange.getRequestMethod());
    environment.put("PATH_INFO", exchange.getRequestURI().getPath());
    environment.put(
        "QUERY_STRING", String.valueOf(exchange.getRequestURI().getQuery()).replace("null", ""));
    header(exchange, "Content-Type", "CONTENT_TYPE", environment);
    header(exchange, "Content-Encoding", "HTTP_CONTENT_ENCODING", environment);
    header(exchange, "Git-Protocol", "GIT_PROTOCOL", environment);
    environment.put("CONTENT_LENGTH", String.valueOf(body.length));
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (InputStream in = new ByteArrayInputStream(body)) {
      in.transferTo(process.getOutputStream());
      process.getOutputStream().close();
    }
    return process.getInputStream().readAllBytes();
  }

  private static void header(
      HttpExchange exchange, String name, String variable, Map<String, String> environment) {
    List<String> values = exchange.getRequestHeaders().getOrDefault(name, List.of());
    values.stream().findFirst().ifPresent(value -> environment.put(variable, value));
  }

  private void send(HttpExchange exchange, byte[] answer) throws IOException {
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    int status = 200;
    for (String line : text.substring(0, Math.max(end, 0)).split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (line.startsWith("Status:")) {
        status = Integer.parseInt(line.substring(7).strip().split(" ", -1)[0]);
      } else if (colon > 0) {
        exchange
            .getResponseHeaders()
            .set(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    rest.write(answer, end + 4, answer.length - end - 4);
    byte[] body = damage.get().apply(rest.toByteArray());
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
