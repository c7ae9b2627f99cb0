package parallax.probe.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Optional;
import parallax.config.observation.Finding;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.probe.http.body.BodyWindow;
import parallax.probe.net.Attempt;
import parallax.probe.net.ConnectFailure;
import parallax.probe.quic.Http3Line;
import parallax.probe.tls.TlsFailure;

/** Reads one answer, of any version of HTTP, within its bounds. */
final class AnswerReader extends ChannelInboundHandlerAdapter implements Http3Line.Ear {
  /** Status line and header together, in bytes. */
  static final int MAX_HEAD_BYTES = 64 * 1024;

  static final int MAX_HEADER_LINES = 256;

  /** Answers before the answer (RFC 9110 section 15.2). */
  static final int MAX_INFORMATIONAL = 16;

  /** All that comes over the wire: a full body, its framing, and patience beyond that. */
  private static final long WIRE_TO_BODY = 3;

  private final Attempt attempt;
  private final Answer.Link link;
  private final Answer.Listener listener;
  private Optional<Answer.Head> head = Optional.empty();
  private BodyWindow window = new BodyWindow(false, 0);
  private HttpHeaders trailers = EmptyHttpHeaders.INSTANCE;
  private int informational;
  private boolean inInformational;
  private boolean firstByteSeen;
  private long wireBytes;
  private boolean finished;

  AnswerReader(Attempt attempt, Answer.Link link, Answer.Listener listener) {
    this.attempt = attempt;
    this.link = link;
    this.listener = listener;
  }

  /**
   * Bytes have come, not yet decoded. False when that was more than any answer is worth: framing,
   * control frames, tiny chunks; a body ends there.
   */
  @Override
  public boolean takes(int bytes) {
    wireBytes += bytes;
    if (wireBytes > WIRE_TO_BODY * Math.max(listener.maxBodyBytes(), BodyWindow.MAX_BYTES)
        && !finished) {
      attempt.guarded(this::enough).run();
    }
    return !finished;
  }

  /** There are more lines of header than any answer is worth. */
  void tooManyLines() {
    fail(
        new Finding(
            Reason.HTTP_HEADERS_TOO_LARGE, "more than " + MAX_HEADER_LINES + " header lines"));
  }

  private void enough() {
    if (head.isPresent()) {
      finish(true);
    } else {
      fail(new Finding(Reason.HTTP_MALFORMED, wireBytes + " bytes and no answer"));
    }
  }

  /** The first byte of the answer has come. */
  void firstByte() {
    if (!firstByteSeen && !finished) {
      firstByteSeen = true;
      attempt.enter(Phase.TRANSFER, Reason.HTTP_TIMEOUT);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof HttpObject object) {
        heard(object);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void heard(HttpObject part) {
    if (!finished) {
      attempt.guarded(() -> read(part)).run();
    }
  }

  @Override
  public void ended(Finding finding) {
    attempt.guarded(() -> fail(finding)).run();
  }

  @Override
  public void broken(Throwable bug) {
    if (!finished) {
      finished = true;
      attempt.broken(bug);
    }
  }

  private void read(HttpObject object) {
    firstByte();
    DecoderResult decoded = object.decoderResult();
    if (decoded.isFailure()) {
      fail(malformed(decoded.cause()));
      return;
    }
    if (object instanceof HttpResponse response) {
      readHead(response);
    }
    if (!finished && object instanceof HttpContent content) {
      readContent(content);
    }
  }

  private void readHead(HttpResponse response) {
    int status = response.status().code();
    if (head.isPresent()) {
      fail(new Finding(Reason.HTTP_MALFORMED, "a second answer"));
      return;
    }
    if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL && status != 101) {
      informational++;
      inInformational = true;
      if (informational > MAX_INFORMATIONAL) {
        fail(new Finding(Reason.HTTP_MALFORMED, "more than " + MAX_INFORMATIONAL + " of 1xx"));
      }
      return;
    }
    if (response.headers().size() > MAX_HEADER_LINES) {
      fail(new Finding(Reason.HTTP_HEADERS_TOO_LARGE, response.headers().size() + " header lines"));
      return;
    }
    inInformational = false;
    String version =
        switch (link.protocol()) {
          case HTTP_1 ->
              response.protocolVersion().majorVersion()
                  + "."
                  + response.protocolVersion().minorVersion();
          case HTTP_2 -> "2";
          case HTTP_3 -> "3";
        };
    Answer.Head read =
        new Answer.Head(status, response.status().reasonPhrase(), version, response.headers());
    head = Optional.of(read);
    attempt.enter(Phase.TRANSFER, Reason.HTTP_BODY_TIMEOUT);
    if (listener.wantsBody(read)) {
      window = new BodyWindow(listener.keepsBody(read), listener.maxBodyBytes());
    } else {
      finish(false);
    }
  }

  private void readContent(HttpContent content) {
    if (inInformational) {
      inInformational = !(content instanceof LastHttpContent);
      return;
    }
    if (head.isEmpty()) {
      fail(new Finding(Reason.HTTP_MALFORMED, "a body without a header"));
      return;
    }
    boolean more = window.add(content.content());
    if (content instanceof LastHttpContent last) {
      trailers = last.trailingHeaders();
      window.end();
      finish(true);
    } else if (!more) {
      finish(true);
    }
  }

  private void finish(boolean withBody) {
    finished = true;
    attempt.leavePhase();
    attempt.letGo();
    listener.answered(
        new Answer(
            head.orElseThrow(),
            withBody ? Optional.of(window.body()) : Optional.empty(),
            link,
            trailers));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof Http2ResetFrame reset) {
      fail(new Finding(Reason.HTTP_RESET, "HTTP/2 stream reset, error " + reset.errorCode()));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    String where = head.isEmpty() ? "before the end of the header" : "in the body";
    fail(new Finding(Reason.HTTP_CLOSED, where));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (ConnectFailure.isReset(cause)) {
      fail(new Finding(Reason.HTTP_RESET, firstByteSeen ? "in the answer" : "before the answer"));
    } else if (TlsFailure.isTls(cause)) {
      // In TLS 1.3 a server refuses a client's certificate when the handshake is long over.
      Finding alert = TlsFailure.of(cause);
      fail(firstByteSeen ? new Finding(Reason.HTTP_CLOSED, alert.detail()) : alert);
    } else if (cause instanceof DecoderException || cause instanceof Http2Exception) {
      fail(malformed(cause));
    } else if (cause instanceof IOException) {
      fail(new Finding(Reason.HTTP_CLOSED, String.valueOf(cause.getMessage())));
    } else {
      broken(cause);
    }
  }

  private void fail(Finding finding) {
    if (!finished) {
      finished = true;
      attempt.failed(finding);
    }
  }

  private static Finding malformed(Throwable cause) {
    if (cause instanceof PrematureChannelClosureException) {
      return new Finding(Reason.HTTP_CLOSED, "before the end of the header");
    }
    Throwable inner = cause.getCause() instanceof Http2Exception http2 ? http2 : cause;
    boolean tooLarge =
        inner instanceof TooLongHttpHeaderException
            || inner instanceof TooLongHttpLineException
            || inner instanceof Http2Exception.HeaderListSizeException;
    return tooLarge
        ? new Finding(Reason.HTTP_HEADERS_TOO_LARGE, "more than " + MAX_HEAD_BYTES + " bytes")
        : new Finding(Reason.HTTP_MALFORMED, String.valueOf(inner.getMessage()));
  }
}
