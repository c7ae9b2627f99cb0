package parallax.probe.tls;

import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A client's certificate chain and key, as the bytes of their PEM files. Two are equal when the
 * bytes are; never prints them.
 */
final class ClientIdentity {
  private final byte[] chain;
  private final byte[] key;
  private final String digest;

  ClientIdentity(byte[] chain, byte[] key) {
    this.chain = chain.clone();
    this.key = key.clone();
    this.digest = digest(chain, key);
  }

  /**
   * Gives the identity to a context under construction.
   *
   * @throws IllegalArgumentException when the files are not what they should be
   */
  void give(SslContextBuilder builder) {
    builder.keyManager(new ByteArrayInputStream(chain), new ByteArrayInputStream(key));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClientIdentity identity && digest.equals(identity.digest);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  @Override
  public String toString() {
    return "client certificate " + digest.substring(0, 8);
  }

  private static String digest(byte[] chain, byte[] key) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(sha256.digest(chain));
      return HexFormat.of().formatHex(sha256.digest(key));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
