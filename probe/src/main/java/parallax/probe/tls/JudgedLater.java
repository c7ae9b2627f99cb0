package parallax.probe.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets every certificate through the handshake: a monitor has to see the chain of a failing server,
 * too. {@link TlsClient} judges it when the handshake is done, before anything is sent, and the
 * caller of a handshake gets a session only when the certificate is good.
 */
final class JudgedLater extends X509ExtendedTrustManager {
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    throw serversOnly();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
    throw serversOnly();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {
    throw serversOnly();
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private static UnsupportedOperationException serversOnly() {
    return new UnsupportedOperationException("for clients only");
  }
}
