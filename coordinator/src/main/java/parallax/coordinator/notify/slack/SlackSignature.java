package parallax.coordinator.notify.slack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import parallax.config.secret.Secret;

/**
 * Whether a request to the interactivity URL is Slack's, and of now: version {@code v0} of its
 * signatures, HMAC-SHA256 (RFC 2104) over version, time and body. Pure.
 */
public final class SlackSignature {
  /** A request of another time than this, before or after, is somebody's recording. */
  public static final Duration WINDOW = Duration.ofMinutes(5);

  /** A longer body is not looked at, in bytes. */
  public static final int MAX_BODY = 1024 * 1024;

  private static final String VERSION = "v0";
  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
  private static final Pattern SIGNATURE = Pattern.compile("v0=[0-9a-f]{64}");

  private SlackSignature() {}

  /** What a request is. */
  public enum Finding {
    GENUINE,
    /** Without what a request of Slack has, or with something else there. */
    MALFORMED,
    /** Too old, or from the future. */
    STALE,
    /** Signed with another secret, or changed on its way. */
    FORGED
  }

  /**
   * Judges a request.
   *
   * @param time the header {@code X-Slack-Request-Timestamp}, seconds since the epoch
   * @param signature the header {@code X-Slack-Signature}
   * @param body as it came, before anything is decoded
   */
  public static Finding judge(
      Secret signing, String time, String signature, byte[] body, Instant now) {
    if (signing.reveal().isEmpty()
        || body.length > MAX_BODY
        || !SECONDS.matcher(time).matches()
        || !SIGNATURE.matcher(signature).matches()) {
      return Finding.MALFORMED;
    }
    Duration apart = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now).abs();
    if (apart.compareTo(WINDOW) > 0) {
      return Finding.STALE;
    }
    byte[] wanted = signature.getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(sign(signing, time, body), wanted)
        ? Finding.GENUINE
        : Finding.FORGED;
  }

  private static byte[] sign(Secret signing, String time, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(signing.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update((VERSION + ":" + time + ":").getBytes(StandardCharsets.US_ASCII));
      String hex = HexFormat.of().formatHex(mac.doFinal(body));
      return (VERSION + "=" + hex).getBytes(StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
