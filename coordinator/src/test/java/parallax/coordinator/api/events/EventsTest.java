package parallax.coordinator.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parallax.coordinator.api.ApiServer;
import parallax.coordinator.api.exchange.StreamRelay;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.Told;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.Standing;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

@Timeout(60)
final class EventsTest {
  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Shown shown = new Shown();
  private final Meters meters = new Meters();
  private final AtomicReference<Standing> standing = new AtomicReference<>(new Standing.Leads());
  private Store store;
  private final List<ApiServer> followers = new ArrayList<>();
  private ApiServer server;
  private int port;

  @BeforeEach
  void start() {
    store = SqliteStore.open(folder);
    show(TargetState.UP);
    MetricsPage page = new MetricsPage(shown, new CheckDurations(), meters, List.of());
    server =
        new ApiServer(
            vertx,
            new ApiServer.Sources(
                shown,
                store,
                page,
                System::nanoTime,
                InstantSource.fixed(Examples.NOON),
                standing::get,
                Optional.empty()));
    port = server.listen("127.0.0.1", 0).await();
  }

  @AfterEach
  void stop() {
    followers.forEach(ApiServer::close);
    server.close();
    store.close();
    meters.close();
    vertx.close().await();
  }

  private void show(TargetState state) {
    shown.show(List.of(view("shop", state)));
  }

  private static TargetView view(String name, TargetState state) {
    return new TargetView(
        Examples.target(name),
        Examples.verdict(name, state, Examples.NOON),
        List.of(),
        UptimeHistory.EMPTY,
        Optional.empty());
  }

  /** One event as a listener gets it. */
  private record Heard(String id, String kind, JsonObject data) {}

  /** A listener that reads when it is asked to. */
  private final class Stream implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader reader;

    Stream(String query, String header) throws IOException {
      this(port, query, header);
    }

    Stream(int where, String query, String header) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), where);
      String request = "GET " + EventsRoute.PATH + query + " HTTP/1.1\r\nHost: x\r\n" + header;
      socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
      reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(reader.readLine()).isEqualTo("HTTP/1.1 200 OK");
    }

    Heard next() throws IOException {
      String id = field("id: ");
      String kind = field("event: ");
      return new Heard(id, kind, new JsonObject(field("data: ")));
    }

    private String field(String name) throws IOException {
      String line = Objects.requireNonNull(reader.readLine());
      while (!line.startsWith(name)) {
        line = Objects.requireNonNull(reader.readLine());
      }
      return line.substring(name.length());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void aVerdictThatChangesIsToldToAllWhoListen() throws IOException {
    try (Stream one = new Stream("", "");
        Stream brief = new Stream("?brief=true", "")) {
      Heard hello = one.next();
      assertThat(hello.kind()).isEqualTo("hello");
      assertThat(hello.data().getString("version")).isEqualTo("1.2.3");
      assertThat(brief.next().kind()).isEqualTo("hello");
      Heard changed = changed(one);
      assertThat(changed.data().getString("target")).isEqualTo("shop");
      assertThat(changed.data().getJsonObject("verdict").getString("state")).isEqualTo("DOWN");
      assertThat(changed.data().getJsonObject("verdict").getJsonObject("cause").getString("layer"))
          .isEqualTo("TCP");
      Heard change = brief.next();
      while (!change.id().equals(changed.id())) {
        change = brief.next();
      }
      assertThat(change.kind()).isEqualTo("change");
      assertThat(change.data().getInteger("verdicts")).isEqualTo(1);
    }
  }

  /** The first snapshot that is compared may be either; so it is changed until that is told. */
  private Heard changed(Stream stream) throws IOException {
    show(TargetState.DOWN);
    stream.socket.setSoTimeout(1_000);
    for (int attempt = 0; attempt < 20; attempt++) {
      try {
        Heard heard = stream.next();
        if (heard.data().getJsonObject("verdict").getString("state").equals("DOWN")) {
          stream.socket.setSoTimeout(20_000);
          return heard;
        }
      } catch (SocketTimeoutException e) {
        show(attempt % 2 == 0 ? TargetState.UP : TargetState.DOWN);
      }
    }
    throw new AssertionError("no change was told");
  }

  @Test
  void whoComesBackMissesNothingOrIsToldSo() throws IOException {
    String seen;
    try (Stream first = new Stream("", "")) {
      seen = first.next().id();
      changed(first);
    }
    try (Stream again = new Stream("", "Last-Event-ID: " + seen + "\r\n")) {
      assertThat(again.next()).extracting(Heard::kind, Heard::id).containsExactly("hello", seen);
      assertThat(again.next().kind()).isEqualTo("verdict");
    }
    try (Stream brief = new Stream("?brief=true", "Last-Event-ID: " + seen + "\r\n")) {
      assertThat(brief.next().kind()).isEqualTo("hello");
      assertThat(brief.next().kind()).isEqualTo("reset");
    }
    try (Stream other = new Stream("", "Last-Event-ID: 12ab-3\r\n")) {
      assertThat(other.next().kind()).isEqualTo("hello");
      assertThat(other.next().kind()).isEqualTo("reset");
    }
  }

  @Test
  void anIncidentIsToldFromItsOpeningToItsEnd() throws IOException {
    try (Stream stream = new Stream("", "")) {
      stream.next();
      changed(stream);
      TargetView down = view("shop", TargetState.DOWN);
      shown.show(List.of(down), List.of(Told.blocked()));
      Heard opened = stream.next();
      while (!opened.kind().equals("incident")) {
        opened = stream.next();
      }
      assertThat(opened.data().getString("id")).isEqualTo("blocked");
      assertThat(opened.data().getString("state")).isEqualTo("open");
      store.record(
          store.takeOver(),
          List.of(
              new Effect.IncidentChanged(
                  Judged.resolved(Told.blocked(), Examples.NOON.plusSeconds(300)))),
          Examples.NOON);
      shown.show(List.of(down));
      Heard over = stream.next();
      assertThat(over.kind()).isEqualTo("incident");
      assertThat(over.data().getString("state")).isEqualTo("resolved");
      assertThat(over.data().getString("resolved")).isEqualTo("2026-03-01T12:05:00Z");
    }
  }

  @Test
  void whoDoesNotReadIsDisconnectedAndHoldsUpNobody() throws IOException {
    try (Socket slow = new Socket();
        Stream quick = new Stream("", "")) {
      slow.setReceiveBufferSize(4096);
      slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      String request = "GET " + EventsRoute.PATH + " HTTP/1.1\r\nHost: x\r\n\r\n";
      slow.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      quick.next();
      changed(quick);
      for (int round = 0; round < 12; round++) {
        TargetState state = round % 2 == 0 ? TargetState.UP : TargetState.DOWN;
        shown.show(
            IntStream.range(0, 4000).mapToObj(i -> view("t%04d".formatted(i), state)).toList());
        Heard last = quick.next();
        while (!"t3999".equals(last.data().getString("target"))) {
          last = quick.next();
        }
      }
      InputStream rest = slow.getInputStream();
      // Shorter than from one sign of life to the next.
      slow.setSoTimeout(10_000);
      assertThat(bytesUntilEnd(rest)).isPositive();
    }
  }

  private static long bytesUntilEnd(InputStream rest) {
    long all = 0;
    byte[] part = new byte[65_536];
    try {
      for (int read = rest.read(part); read >= 0; read = rest.read(part)) {
        all += read;
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("it is still connected", e);
    } catch (IOException e) {
      // Reset is as good an end as any.
      return Math.max(1, all);
    }
    return all;
  }

  @Test
  void moreThanAFewHundredAreTurnedAway() throws IOException {
    List<Stream> all = new ArrayList<>();
    try {
      for (int listener = 0; listener < Hub.MAX_LISTENERS; listener++) {
        all.add(new Stream("?brief=true", ""));
      }
      assertThat(new WebClient(port).get(EventsRoute.PATH).statusCode()).isEqualTo(503);
      all.getFirst().next();
    } finally {
      for (Stream stream : all) {
        stream.close();
      }
    }
  }

  /** The port of one that follows the coordinator of this test. */
  private int follower(Standing follows) {
    MetricsPage page = new MetricsPage(shown, new CheckDurations(), meters, List.of());
    ApiServer other =
        new ApiServer(
            vertx,
            new ApiServer.Sources(
                shown,
                store,
                page,
                System::nanoTime,
                InstantSource.fixed(Examples.NOON),
                () -> follows,
                Optional.empty()));
    followers.add(other);
    return other.listen("127.0.0.1", 0).await();
  }

  private Standing.Follows here() {
    return new Standing.Follows(URI.create("http://127.0.0.1:" + port));
  }

  @Test
  void pagesOfOneThatFollowsHearWhatTheLeaderTells() throws Exception {
    int there = follower(here());
    String seen;
    try (Stream own = new Stream("", "");
        Stream page = new Stream(there, "?brief=true", "")) {
      assertThat(page.next().kind()).isEqualTo("hello");
      own.next();
      seen = changed(own).id();
      Heard change = page.next();
      while (!change.id().equals(seen)) {
        change = page.next();
      }
      assertThat(change.kind()).isEqualTo("change");
    }
    try (Stream again = new Stream(there, "?brief=true", "Last-Event-ID: " + seen + "\r\n")) {
      assertThat(again.next()).extracting(Heard::kind, Heard::id).containsExactly("hello", seen);
      standing.set(new Standing.Waits("it has lost it"));
      assertThat(again.reader.lines().toList()).noneMatch(line -> line.startsWith("event: "));
    }
    assertThat(new WebClient(there).get(EventsRoute.PATH + "?brief=true").statusCode())
        .isEqualTo(503);
  }

  @Test
  void whatIsHandedOnIsBoundedAndEndsWithItsReaders() throws Exception {
    int there = follower(here());
    List<Stream> all = new ArrayList<>();
    for (int listener = 0; listener < StreamRelay.MAX_STREAMS; listener++) {
      all.add(new Stream(there, "?brief=true", ""));
    }
    WebClient web = new WebClient(there);
    assertThat(web.get(EventsRoute.PATH + "?brief=true").statusCode()).isEqualTo(503);
    for (Stream stream : all) {
      stream.close();
    }
    Waiting.until(
        "there is room again",
        () -> {
          try (Stream next = new Stream(there, "?brief=true", "")) {
            return next.next().kind().equals("hello");
          } catch (IOException | AssertionError e) {
            return false;
          }
        });
  }

  @Test
  void aStreamIsHandedOnOnceAtMost() throws Exception {
    int one = follower(here());
    int other = follower(new Standing.Follows(URI.create("http://127.0.0.1:" + one)));
    assertThat(new WebClient(other).get(EventsRoute.PATH + "?brief=true").statusCode())
        .isEqualTo(503);
  }

  @Test
  void whoDoesNotLeadSendsToWhoDoes() {
    standing.set(new Standing.Follows(URI.create("http://192.0.2.1:8080")));
    var response = new WebClient(port).get(EventsRoute.PATH);
    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(response.headers().firstValue("Location"))
        .contains("http://192.0.2.1:8080/api/v1/events");
    standing.set(new Standing.Waits("it has just started"));
    assertThat(new WebClient(port).get(EventsRoute.PATH).statusCode()).isEqualTo(503);
  }

  @Test
  void whoLosesTheLeadEndsItsStreams() throws IOException {
    try (Stream stream = new Stream("", "")) {
      stream.next();
      changed(stream);
      standing.set(new Standing.Waits("it has lost it"));
      String line = stream.reader.readLine();
      while (line != null) {
        line = stream.reader.readLine();
      }
      assertThat(line).isNull();
    }
  }
}
