package parallax.probe.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.check.packet.Answer;
import parallax.config.check.packet.Payload;
import parallax.config.check.service.Protocol;
import parallax.config.secret.Secret;
import parallax.probe.service.socket.Handshake;
import parallax.probe.service.socket.SocketTalk;
import parallax.probe.service.talk.Unfit;

/** What the talk over a WebSocket makes of answers. */
class SocketTalkTest {
  /** The example of RFC 6455 section 1.3. */
  private static final byte[] NONCE = "the sample nonce".getBytes(StandardCharsets.US_ASCII);

  private static final String ACCEPTED =
      lines(
          "HTTP/1.1 101 Switching Protocols",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }

  private static Protocol.WebSocket wanted(Optional<String> subprotocol, boolean expects) {
    return new Protocol.WebSocket(
        "/live",
        List.of(new Protocol.Header("X-Key", Secret.of("k"))),
        subprotocol,
        Optional.of(new Payload(Secret.of("Hello"), false)),
        expects ? Optional.of(new Answer.Matching(Pattern.compile("^Hello$"))) : Optional.empty());
  }

  private static SocketTalk talk(Protocol.WebSocket wanted) {
    return new SocketTalk(
        wanted,
        new SocketTalk.Place("ws.test:8080", "Parallax/1.0"),
        NONCE,
        () -> HexFormat.of().parseHex("37fa213d"));
  }

  private static Play play(Protocol.WebSocket wanted, String head, String frames) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    answer.writeBytes(HexFormat.of().parseHex(frames.replace(" ", "")));
    byte[] bytes = answer.toByteArray();
    List<byte[]> drops =
        IntStream.range(0, bytes.length)
            .mapToObj(at -> Arrays.copyOfRange(bytes, at, at + 1))
            .toList();
    try {
      return Play.of(talk(wanted).start(), drops.iterator());
    } catch (Unfit unfit) {
      throw new AssertionError(unfit);
    }
  }

  @Test
  void saysWhatTheRfcSays() {
    Play play = play(wanted(Optional.empty(), true), ACCEPTED, "81 05 48656c6c6f");
    assertThat(play.reason()).isEqualTo("UP");
    assertThat(play.seen()).contains("Hello");
    assertThat(play.said())
        .startsWith(
            lines(
                    "GET /live HTTP/1.1",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Sec-WebSocket-Version: 13",
                    "Host: ws.test:8080",
                    "User-Agent: Parallax/1.0",
                    "X-Key: k")
                + "\r\n");
    String frames = play.said().substring(play.said().indexOf("\r\n\r\n") + 4);
    // A masked text of section 5.7, and a masked close of status 1000.
    assertThat(HexFormat.of().formatHex(frames.getBytes(StandardCharsets.ISO_8859_1)))
        .isEqualTo("818537fa213d7f9f4d5158" + "888237fa213d3412");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "in parts, 01 03 48656c 80 02 6c6f, UP",
    "after a ping, 89 02 6869 81 05 48656c6c6f, UP",
    "between parts, 01 03 48656c 8a 00 80 02 6c6f, UP",
    "another, 81 03 427965, BODY_NO_MATCH",
    "masked, 81 85 00000000 48656c6c6f, SERVICE_GARBAGE",
    "of an extension, c1 05 48656c6c6f, SERVICE_GARBAGE",
    "of no kind, 83 00, SERVICE_GARBAGE",
    "the end of none, 80 02 6c6f, SERVICE_GARBAGE",
    "one within another, 01 03 48656c 81 02 6c6f, SERVICE_GARBAGE",
    "a ping in parts, 09 00, SERVICE_GARBAGE",
    "a ping that is long, 89 7e 0100, SERVICE_GARBAGE",
    "one of 16 EiB, 81 7f ffffffffffffffff, SERVICE_TOO_LONG",
    "one of 1 MiB, 81 7f 0000000000100000, SERVICE_TOO_LONG",
    "a close, 88 02 03e8, SERVICE_CLOSED",
    "a close without words, 88 00, SERVICE_CLOSED",
    "going away, 88 02 03e9, SERVICE_NOT_READY",
    "try again, 88 02 03f5, SERVICE_NOT_READY",
    "refused, 88 02 03f0, SERVICE_REFUSES",
    "nothing, '', SERVICE_CLOSED"
  })
  void judgesMessages(String name, String frames, String reason) {
    Play play = play(wanted(Optional.empty(), true), ACCEPTED, frames);
    assertThat(play.reason()).as("%s: %s", name, play).isEqualTo(reason);
  }

  @Test
  void answersPings() {
    Play play = play(wanted(Optional.empty(), true), ACCEPTED, "89 02 6869 81 05 48656c6c6f");
    String frames = play.said().substring(play.said().indexOf("\r\n\r\n") + 4);
    assertThat(HexFormat.of().formatHex(frames.getBytes(StandardCharsets.ISO_8859_1)))
        .contains("8a8237fa213d5f93");
  }

  @Test
  void pingsWithoutEndAreNotAnsweredForEver() {
    Play play = play(wanted(Optional.empty(), true), ACCEPTED, "89 00".repeat(1_100));
    assertThat(play.reason()).isIn("SERVICE_GARBAGE", "SERVICE_TOO_LONG");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "HTTP/1.1 200 OK, HTTP_STATUS",
    "HTTP/1.1 503 Unavailable, HTTP_STATUS",
    "HTTP/2 101 Odd, SERVICE_GARBAGE",
    "SSH-2.0-OpenSSH, SERVICE_GARBAGE",
    "HTTP/1.1 101 Switching Protocols, SERVICE_GARBAGE"
  })
  void judgesHandshakes(String line, String reason) {
    assertThat(play(wanted(Optional.empty(), true), line + "\r\n", "").reason()).isEqualTo(reason);
  }

  @Test
  void aHandshakeForAnotherKeyIsNone() {
    String other = ACCEPTED.replace("s3p", "s3q");
    assertThat(play(wanted(Optional.empty(), false), other, "").reason())
        .isEqualTo("SERVICE_GARBAGE");
  }

  @Test
  void aSubprotocolMustBeAgreedTo() {
    Optional<String> soup = Optional.of("soup");
    String agreed = ACCEPTED + "Sec-WebSocket-Protocol: soup\r\n";
    assertThat(play(wanted(soup, false), agreed, "").reason()).isEqualTo("UP");
    assertThat(play(wanted(soup, false), agreed, "").said())
        .contains("Sec-WebSocket-Protocol: soup\r\n");
    assertThat(play(wanted(soup, false), ACCEPTED, "").reason()).isEqualTo("SERVICE_LACKS");
    assertThat(play(wanted(Optional.empty(), false), agreed, "").reason())
        .isEqualTo("SERVICE_GARBAGE");
    String extended = ACCEPTED + "Sec-WebSocket-Extensions: permessage-deflate\r\n";
    assertThat(play(wanted(Optional.empty(), false), extended, "").reason())
        .isEqualTo("SERVICE_GARBAGE");
  }

  @Test
  void aSecretWithALineBreakIsNotSent() {
    Protocol.Header broken = new Protocol.Header("X-Key", Secret.of("a\r\nX-Other: b"));
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    Handshake.request(
                        new Handshake.Wanted("/", "ws.test", "k", "P/1", List.of(broken)))))
        .isInstanceOfSatisfying(
            Unfit.class,
            unfit -> {
              assertThat(unfit.finding().reason().name()).isEqualTo("PROBE_NOT_CONFIGURED");
              assertThat(unfit.finding().detail()).doesNotContain("X-Other");
            });
  }
}
