package parallax.coordinator.core.incident;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/** Identity of an incident: the same decision made twice gives the same identity. */
public record IncidentId(String value) implements Comparable<IncidentId> {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LENGTH = 12;

  /**
   * The same for the same first target, or culprit, and onset: 60 bits of SHA-256 in base 32 (RFC
   * 4648).
   */
  public static IncidentId of(String first, Instant onset) {
    byte[] digest = sha256(first + " " + onset);
    StringBuilder id = new StringBuilder(LENGTH);
    long bits = 0;
    for (int index = 0; index < Long.BYTES; index++) {
      bits = bits << Byte.SIZE | (digest[index] & 0xff);
    }
    for (int digit = 0; digit < LENGTH; digit++) {
      id.append(ALPHABET.charAt((int) (bits >>> 59)));
      bits <<= 5;
    }
    return new IncidentId(id.toString());
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public int compareTo(IncidentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
