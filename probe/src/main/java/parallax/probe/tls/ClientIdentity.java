package parallax.probe.tls;

import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
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

  /**
   * The same for QUIC.
   *
   * @throws IllegalArgumentException when the files are not what they should be
   */
  void give(QuicSslContextBuilder builder) {
    try {
      builder.keyManager(
          Pem.key(new ByteArrayInputStream(key)), null, Pem.chain(new ByteArrayInputStream(chain)));
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IllegalArgumentException("a client's certificate or key", unusable);
    }
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

  /** Netty reads PEM for TLS over TCP, and hands it to nobody but contexts; never instantiated. */
  private abstract static class Pem extends SslContext {
    static PrivateKey key(InputStream pem) throws GeneralSecurityException, IOException {
      return toPrivateKey(pem, null);
    }

    static X509Certificate[] chain(InputStream pem) throws GeneralSecurityException {
      return toX509Certificates(pem);
    }
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
