package parallax.coordinator.access;

import java.security.MessageDigest;
import java.util.Base64;

/**
 * What every form carries, so that no other page can send one in somebody's name: a mark of the
 * session, or of what stands in its place for whoever is not signed in. It is masked anew each
 * time, for what stands on every page in the same form could be guessed from the length of what is
 * compressed.
 */
public final class FormToken {
  /** Random bytes that one is masked with. */
  public static final int MASK_BYTES = 32;

  private static final String PURPOSE = "form";
  private static final int MAX_LENGTH = 200;

  private FormToken() {}

  /**
   * One for a form.
   *
   * @param mask {@link #MASK_BYTES} random bytes
   */
  public static String of(Seal seal, String id, byte[] mask) {
    byte[] mark = seal.bytes(PURPOSE, id);
    byte[] masked = new byte[2 * MASK_BYTES];
    for (int index = 0; index < MASK_BYTES; index++) {
      masked[index] = mask[index];
      masked[MASK_BYTES + index] = (byte) (mask[index] ^ mark[index]);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(masked);
  }

  /** Whether it is one of this session. */
  public static boolean isOf(Seal seal, String id, String token) {
    if (token.length() > MAX_LENGTH) {
      return false;
    }
    byte[] masked;
    try {
      masked = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (masked.length != 2 * MASK_BYTES) {
      return false;
    }
    byte[] mark = new byte[MASK_BYTES];
    for (int index = 0; index < MASK_BYTES; index++) {
      mark[index] = (byte) (masked[index] ^ masked[MASK_BYTES + index]);
    }
    return MessageDigest.isEqual(mark, seal.bytes(PURPOSE, id));
  }
}
