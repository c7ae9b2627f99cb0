package parallax.probe.grpc;

import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import parallax.config.check.HttpSpec;
import parallax.config.check.TlsPolicy;
import parallax.config.check.service.Protocol;
import parallax.config.secret.Secret;
import parallax.probe.http.Answer;
import parallax.probe.http.HttpUrl;
import parallax.probe.http.Outgoing;
import parallax.probe.net.NetworkPolicy;

/**
 * What a server says of the health of a service: grpc.health.v1, Health/Check, over HTTP/2.
 *
 * @param http the status of the HTTP answer
 * @param isGrpc whether the answer says that it is one of gRPC
 * @param code the status of the call; empty when there is none
 * @param message about the status, as it came; may be empty
 * @param serving the number of the health's status; empty when there is none
 */
public record Health(
    int http, boolean isGrpc, Optional<Integer> code, String message, Optional<Integer> serving) {
  /** The status of a call that went well. */
  public static final int OK = 0;

  /** A server that cannot be reached, as gRPC's clients say it. */
  public static final int UNAVAILABLE = 14;

  /** The health of a service that works. */
  public static final int SERVING = 1;

  /** The health's statuses, by their numbers. */
  public static final List<String> STATUSES =
      List.of("UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN");

  private static final String PATH = "/grpc.health.v1.Health/Check";
  private static final String TYPE = "application/grpc";
  private static final int UNKNOWN = 2;
  private static final int FRAME_HEAD = 5;
  private static final int FINE = 200;

  /** Where to ask. */
  public static HttpUrl url(boolean secure, String host, int port) {
    return new HttpUrl(secure, host, port, PATH);
  }

  /**
   * The question.
   *
   * @param service at most {@link Protocol.Grpc#MAX_SERVICE} characters of ASCII; may be empty
   */
  public static Outgoing question(
      HttpUrl url, String service, List<HttpSpec.Header> metadata, TlsPolicy tls) {
    List<HttpSpec.Header> headers = new ArrayList<>();
    headers.add(new HttpSpec.Header("content-type", Secret.of(TYPE)));
    headers.add(new HttpSpec.Header("te", Secret.of("trailers")));
    headers.addAll(metadata);
    return new Outgoing(
        url,
        "POST",
        headers,
        Optional.of(Secret.of(message(service))),
        Optional.empty(),
        tls,
        NetworkPolicy.Hop.CONFIGURED);
  }

  /** A frame with HealthCheckRequest{service = 1}. Every byte is ASCII: the name is at most 120. */
  private static String message(String service) {
    String message = service.isEmpty() ? "" : "\n" + (char) service.length() + service;
    return "\0\0\0\0" + (char) message.length() + message;
  }

  /** What an answer says. */
  public static Health of(Answer answer) {
    HttpHeaders head = answer.head().headers();
    String type = head.get("content-type", "").toLowerCase(Locale.ROOT);
    // An answer without a message has its status in the head.
    HttpHeaders told = answer.trailers().contains("grpc-status") ? answer.trailers() : head;
    Optional<Integer> code = answer.head().status() == FINE ? code(told) : Optional.empty();
    return new Health(
        answer.head().status(),
        type.startsWith(TYPE),
        code,
        told.get("grpc-message", ""),
        code.filter(number -> number == OK).flatMap(_ -> serving(bytes(answer))));
  }

  /** The status of the call as gRPC's clients tell it, of answers that are not gRPC, too. */
  public int effectiveCode() {
    return code.orElse(http == FINE ? UNKNOWN : fromHttp(http));
  }

  /** The health in words. */
  public Optional<String> word() {
    return serving.filter(number -> number < STATUSES.size()).map(STATUSES::get);
  }

  private static Optional<Integer> code(HttpHeaders headers) {
    return Optional.ofNullable(headers.get("grpc-status"))
        .filter(text -> text.matches("[0-9]{1,3}"))
        .map(Integer::valueOf);
  }

  /** The mapping of gRPC's specification for answers that are not gRPC. */
  private static int fromHttp(int status) {
    return switch (status) {
      case 400 -> 13;
      case 401 -> 16;
      case 403 -> 7;
      case 404 -> 12;
      case 429, 502, 503, 504 -> UNAVAILABLE;
      default -> UNKNOWN;
    };
  }

  private static byte[] bytes(Answer answer) {
    try {
      return answer.body().isEmpty() ? new byte[0] : answer.body().get().open().readAllBytes();
    } catch (IOException impossible) {
      throw new UncheckedIOException("a body in memory", impossible);
    }
  }

  /** Field 1 of HealthCheckResponse; 0 where it is left out. */
  private static Optional<Integer> serving(byte[] frame) {
    if (frame.length < FRAME_HEAD || frame[0] != 0) {
      return Optional.empty();
    }
    int length = ByteBuffer.wrap(frame, 1, Integer.BYTES).getInt();
    if (length < 0 || length > frame.length - FRAME_HEAD) {
      return Optional.empty();
    }
    boolean field = length >= 2 && frame[FRAME_HEAD] == 0x08 && frame[FRAME_HEAD + 1] >= 0;
    return Optional.of(field ? (int) frame[FRAME_HEAD + 1] : 0);
  }

  /** Takes the answer with its body and trailers. */
  public record Ear(Consumer<Answer> whenAnswered) implements Answer.Listener {
    @Override
    public boolean wantsBody(Answer.Head head) {
      return true;
    }

    @Override
    public boolean keepsBody(Answer.Head head) {
      return true;
    }

    @Override
    public void answered(Answer answer) {
      whenAnswered.accept(answer);
    }
  }

  /** The message about the status, its percent-encoding taken off as far as it is one. */
  public String words() {
    byte[] out = new byte[message.length()];
    int length = 0;
    for (int at = 0; at < message.length(); at++) {
      char c = message.charAt(at);
      int high = at + 2 < message.length() ? Character.digit(message.charAt(at + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(message.charAt(at + 2), 16);
      boolean encoded = c == '%' && low >= 0;
      out[length] = (byte) (encoded ? high * 16 + low : c);
      length++;
      at += encoded ? 2 : 0;
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }
}
