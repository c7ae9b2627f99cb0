package parallax.probe.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static parallax.probe.quic.HostileHttp3.DATA;
import static parallax.probe.quic.HostileHttp3.GOAWAY;
import static parallax.probe.quic.HostileHttp3.HEADERS;
import static parallax.probe.quic.HostileHttp3.bytes;
import static parallax.probe.quic.HostileHttp3.frame;
import static parallax.probe.quic.HostileHttp3.section;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.check.HttpSpec;
import parallax.config.check.TlsPolicy;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.Programs;
import parallax.probe.fixture.Specs;
import parallax.probe.fixture.TestAuthority;
import parallax.probe.fixture.UdpServer;

/** Servers of HTTP/3 that break the rules, or off in the middle. */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for what servers say
class HostileHttp3Test {
  private static final byte[] OK = frame(HEADERS, section(":status", "200"));
  private static final byte[] BODY = frame(DATA, "it is up".getBytes(StandardCharsets.UTF_8));

  /** H3_REQUEST_CANCELLED, H3_INTERNAL_ERROR (RFC 9114 section 8.1). */
  private static final int CANCELLED = 0x10c;

  private static final int INTERNAL = 0x102;

  @TempDir private static Path folder;

  private static Optional<LoopbackProbe> probe = Optional.empty();

  @BeforeAll
  static void start() {
    assumeTrue(Programs.find("openssl").isPresent(), "needs the openssl program");
    TestAuthority authority = new TestAuthority(folder);
    authority.root("root", "/O=Parallax Test/CN=Root");
    authority.server("root", "good", "DNS:shop.test");
    probe = Optional.of(LoopbackProbe.ofOperator(Map.of("shop.test", List.of("127.0.0.1"))));
  }

  @AfterAll
  static void stop() {
    probe.ifPresent(LoopbackProbe::close);
  }

  private static CheckResult look(HostileHttp3.Script script) throws InterruptedException {
    try (HostileHttp3 server = new HostileHttp3(folder, script)) {
      return look(server.port());
    }
  }

  private static CheckResult look(int port) {
    HttpSpec spec =
        Specs.body(Specs.get("https://shop.test:" + port + "/"), Specs.contains("it is up"));
    return probe
        .orElseThrow()
        .run(
            Specs.timeout(
                Specs.tls(
                    Specs.version(spec, HttpSpec.Version.HTTP_3),
                    new TlsPolicy(
                        Duration.ZERO,
                        Duration.ZERO,
                        Optional.of(folder.resolve("root.pem")),
                        Optional.empty(),
                        Optional.empty(),
                        TlsPolicy.TlsVersion.TLS_1_2)),
                Duration.ofSeconds(3)));
  }

  private static String reason(CheckResult result) {
    return result.outcome().why().map(Finding::reason).map(Reason::name).orElse("UP");
  }

  private static String detail(CheckResult result) {
    return result.outcome().why().map(Finding::detail).orElse("");
  }

  /** Sends these bytes and the end of the stream. */
  private static HostileHttp3.Script whole(byte[]... parts) {
    return (stream, _) ->
        stream.writeAndFlush(bytes(parts)).addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
  }

  private static void assertMalformed(byte[]... parts) throws InterruptedException {
    CheckResult result = look(whole(parts));
    assertThat(reason(result)).as("%s", result).isEqualTo("HTTP_MALFORMED");
  }

  @Test
  void aPlainAnswerIsUpAndTheNameIsAskedFor() throws InterruptedException {
    try (HostileHttp3 server = new HostileHttp3(folder, whole(OK, BODY))) {
      CheckResult result = look(server.port());
      assertThat(reason(result)).as("%s", result).isEqualTo("UP");
      assertThat(result.facts().httpVersion()).contains("3");
      assertThat(server.names()).containsExactly("shop.test");
    }
  }

  @Test
  void answersBeforeTheAnswerAndTrailersArePassedBy() throws InterruptedException {
    byte[] hints = frame(HEADERS, section(":status", "103", "link", "</s>"));
    byte[] trailers = frame(HEADERS, section("x-sum", "1"));
    CheckResult result = look(whole(hints, hints, OK, BODY, trailers));
    assertThat(reason(result)).as("%s", result).isEqualTo("UP");
  }

  @Test
  void unknownFramesArePassedBy() throws InterruptedException {
    byte[] unknown = frame(0x21, new byte[100]);
    CheckResult result = look(whole(unknown, OK, unknown, BODY, unknown));
    assertThat(reason(result)).as("%s", result).isEqualTo("UP");
  }

  @Test
  void tooManyAnswersBeforeTheAnswerAreMalformed() throws InterruptedException {
    ByteBuf many = Unpooled.buffer();
    for (int count = 0; count < 40; count++) {
      many.writeBytes(frame(HEADERS, section(":status", "103")));
    }
    byte[] all = new byte[many.readableBytes()];
    many.readBytes(all);
    assertMalformed(all, OK, BODY);
  }

  @Test
  void brokenMessagesAreMalformed() throws InterruptedException {
    assertMalformed(frame(HEADERS, section("server", "x")), BODY);
    assertMalformed(frame(HEADERS, section(":status", "2xx")), BODY);
    assertMalformed(frame(HEADERS, section(":status", "101")), BODY);
    assertMalformed(frame(HEADERS, section(":status", "200", "Server", "x")), BODY);
    assertMalformed(frame(HEADERS, section(":status", "200", "x", "a\r\nb: c")), BODY);
    assertMalformed(frame(HEADERS, section(":status", "200", "connection", "close")), BODY);
    assertMalformed(frame(HEADERS, section(":status", "200", ":path", "/")), BODY);
    assertMalformed(BODY, OK);
    // A type of frame of HTTP/2; a section that refers to a table that there is not.
    assertMalformed(frame(0x2, new byte[5]), OK, BODY);
    assertMalformed(frame(HEADERS, new byte[] {9, 0, (byte) 0x80}), BODY);
  }

  @Test
  void anAnswerShorterThanItSaysIsNotTaken() throws InterruptedException {
    byte[] head = frame(HEADERS, section(":status", "200", "content-length", "100"));
    assertMalformed(head, BODY);
    byte[] exact = frame(HEADERS, section(":status", "200", "content-length", "8"));
    CheckResult result = look(whole(exact, BODY));
    assertThat(reason(result)).as("%s", result).isEqualTo("UP");
  }

  @Test
  void headersBeyondTheirBoundAreRefused() throws InterruptedException {
    CheckResult claimed = look(whole(frame(HEADERS, 1 << 29, new byte[10])));
    assertThat(reason(claimed)).as("%s", claimed).isEqualTo("HTTP_HEADERS_TOO_LARGE");
    String[] many = new String[2 + 2 * 300];
    many[0] = ":status";
    many[1] = "200";
    for (int at = 2; at < many.length; at += 2) {
      many[at] = "x-" + at;
      many[at + 1] = "v";
    }
    CheckResult lines = look(whole(frame(HEADERS, section(many)), BODY));
    assertThat(reason(lines)).as("%s", lines).isEqualTo("HTTP_HEADERS_TOO_LARGE");
  }

  @Test
  void aStreamWithoutAnAnswerIsClosed() throws InterruptedException {
    CheckResult result = look((stream, _) -> stream.shutdownOutput());
    assertThat(reason(result)).as("%s", result).isEqualTo("HTTP_CLOSED");
    assertThat(detail(result)).isEqualTo("before the end of the header");
  }

  @Test
  void aStreamThatIsResetIsNotTaken() throws InterruptedException {
    CheckResult result =
        look(
            (stream, _) ->
                stream
                    .writeAndFlush(bytes(OK, frame(DATA, 100, new byte[10])))
                    .addListener(_ -> stream.shutdownOutput(CANCELLED)));
    assertThat(reason(result)).as("%s", result).isEqualTo("HTTP_RESET");
    assertThat(detail(result)).contains("H3_REQUEST_CANCELLED");
  }

  @Test
  void aConnectionThatIsClosedInTheAnswerSaysWhy() throws InterruptedException {
    CheckResult result =
        look(
            (stream, _) ->
                stream
                    .writeAndFlush(bytes(OK, frame(DATA, 100, new byte[10])))
                    .addListener(
                        _ -> stream.parent().close(true, INTERNAL, Unpooled.EMPTY_BUFFER)));
    assertThat(reason(result)).as("%s", result).isEqualTo("HTTP_CLOSED");
    assertThat(detail(result)).endsWith("H3_INTERNAL_ERROR");
  }

  @Test
  void aServerThatGoesAwayDoesNotTakeTheRequest() throws InterruptedException {
    CheckResult result =
        look((_, control) -> control.writeAndFlush(bytes(frame(GOAWAY, new byte[] {0}))));
    assertThat(reason(result)).as("%s", result).isEqualTo("HTTP_RESET");
    assertThat(detail(result)).startsWith("GOAWAY");
  }

  @Test
  void aSecondSettingsFrameBreaksTheRules() throws InterruptedException {
    CheckResult result =
        look(
            (_, control) ->
                control.writeAndFlush(bytes(frame(HostileHttp3.SETTINGS, new byte[0]))));
    assertThat(reason(result)).as("%s", result).isEqualTo("HTTP_MALFORMED");
  }

  @Test
  void aGreetingThatBreaksTheRulesEndsTheConnectionAndNothingElse() throws InterruptedException {
    try (HostileHttp3 server = new HostileHttp3(folder, frame(0x2, new byte[3]), (_, _) -> {})) {
      for (int look = 0; look < 20; look++) {
        CheckResult result = look(server.port());
        assertThat(reason(result)).as("%s", result).isEqualTo("HTTP_MALFORMED");
      }
    }
    assertThat(reason(look(whole(OK, BODY)))).isEqualTo("UP");
  }

  @Test
  void silenceAfterTheRequestIsNotWaitedForLonger() throws InterruptedException {
    CheckResult nothing = look((_, _) -> {});
    assertThat(reason(nothing)).as("%s", nothing).isEqualTo("HTTP_TIMEOUT");
    CheckResult half = look((stream, _) -> stream.writeAndFlush(bytes(OK)));
    assertThat(reason(half)).as("%s", half).isEqualTo("HTTP_BODY_TIMEOUT");
  }

  @Test
  void whatIsNoAnswerEndsAtItsBound() throws InterruptedException {
    byte[] noise = frame(0x21, new byte[1000]);
    CheckResult result = look((stream, _) -> pour(stream, noise));
    assertThat(reason(result)).as("%s", result).isEqualTo("HTTP_MALFORMED");
    assertThat(detail(result)).endsWith("bytes and no answer");
  }

  private static void pour(QuicStreamChannel stream, byte[] noise) {
    stream
        .writeAndFlush(bytes(noise))
        .addListener(
            written -> {
              if (written.isSuccess()) {
                stream.eventLoop().execute(() -> pour(stream, noise));
              }
            });
  }

  @Test
  void aServerThatDoesNotSpeakQuicIsNotTakenForOne() {
    byte[] words = "no idea what you mean".getBytes(StandardCharsets.UTF_8);
    try (UdpServer server = new UdpServer(_ -> Optional.of(words))) {
      CheckResult result = look(server.port());
      assertThat(reason(result)).as("%s", result).isEqualTo("TLS_TIMEOUT");
    }
  }
}
