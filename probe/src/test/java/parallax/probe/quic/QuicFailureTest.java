package parallax.probe.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.http3.Http3Exception;
import io.netty.handler.codec.quic.QuicStreamResetException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;

class QuicFailureTest {
  private static final String WHERE = "in the body";

  @ParameterizedTest
  @CsvSource({
    "40, TLS_HANDSHAKE, alert handshake failure",
    "70, TLS_PROTOCOL_TOO_OLD, alert protocol version",
    "116, TLS_HANDSHAKE, alert certificate required",
    "120, TLS_HANDSHAKE, the server does not agree to HTTP/3 (ALPN)",
    "3, TLS_HANDSHAKE, alert 3"
  })
  void alertsAreToldByTheirNames(int alert, Reason reason, String words) {
    assertThat(QuicFailure.ofAlert(alert)).isEqualTo(new Finding(reason, words));
  }

  @Test
  void aHandshakeFailsAsTheEngineOrTheConnectionSays() {
    assertThat(
            QuicFailure.ofHandshake(
                new SSLHandshakeException("error:1:SSL routines:OPENSSL_internal:BAD_DECRYPT"),
                Optional.empty()))
        .isEqualTo(new Finding(Reason.TLS_HANDSHAKE, "bad decrypt"));
    assertThat(QuicFailure.ofHandshake(new ClosedChannelException(), Optional.empty()).reason())
        .isEqualTo(Reason.TLS_HANDSHAKE);
  }

  @Test
  void anAnswerEndsForItsOwnReasons() {
    assertThat(QuicFailure.ofAnswer(new QuicStreamResetException("reset", 0x10b), true, WHERE))
        .isEqualTo(
            new Finding(
                Reason.HTTP_RESET, "HTTP/3 stream reset, H3_REQUEST_REJECTED, in the body"));
    assertThat(QuicFailure.ofAnswer(new QuicStreamResetException("reset", 7), true, WHERE).detail())
        .contains("error 0x7");
    assertThat(QuicFailure.ofAnswer(new SocketTimeoutException(), true, WHERE).reason())
        .isEqualTo(Reason.HTTP_BODY_TIMEOUT);
    assertThat(QuicFailure.ofAnswer(new SocketTimeoutException(), false, WHERE).reason())
        .isEqualTo(Reason.HTTP_TIMEOUT);
    assertThat(QuicFailure.ofAnswer(new PortUnreachableException(), true, WHERE).detail())
        .isEqualTo("in the body: port unreachable");
    assertThat(
            QuicFailure.ofAnswer(
                new Http3Exception(Http3ErrorCode.H3_FRAME_ERROR, "odd"), false, WHERE))
        .isEqualTo(new Finding(Reason.HTTP_MALFORMED, "H3_FRAME_ERROR: odd"));
  }

  @Test
  void aBugIsNotTheServersFault() {
    assertThat(QuicFailure.isForeseen(new IllegalStateException("bug"))).isFalse();
    assertThat(QuicFailure.isForeseen(new ClosedChannelException())).isTrue();
  }
}
