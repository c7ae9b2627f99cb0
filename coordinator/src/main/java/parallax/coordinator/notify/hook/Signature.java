package parallax.coordinator.notify.hook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import parallax.config.secret.Secret;

/**
 * By which a receiver can tell that a document is ours and new: HMAC-SHA256 (RFC 2104) over the
 * time and the body. Pure.
 */
public final class Signature {
  /** The header: {@code t=UNIX,v1=HEX}. */
  public static final String HEADER = "X-Parallax-Signature";

  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  /**
   * The value of the header.
   *
   * @param secret not empty
   * @param at when it is sent; a receiver refuses what is old
   * @param body as it is sent, in UTF-8
   */
  public static String of(Secret secret, Instant at, String body) {
    long time = at.getEpochSecond();
    return "t=" + time + ",v1=" + HexFormat.of().formatHex(mac(secret, time + "." + body));
  }

  private static byte[] mac(Secret secret, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      byte[] key = secret.reveal().getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
