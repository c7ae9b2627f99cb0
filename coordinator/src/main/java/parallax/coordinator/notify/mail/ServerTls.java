package parallax.coordinator.notify.mail;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS over an open connection to one named server, whose certificate must be for that name,
 * whatever name or address the connection was opened with.
 */
final class ServerTls extends SSLSocketFactory {
  private static final int MAX_AUTHORITIES = 1000;

  private final SSLSocketFactory factory;
  private final String host;

  private ServerTls(SSLSocketFactory factory, String host) {
    this.factory = factory;
    this.host = host;
  }

  /** With the certificates that may vouch for the server; without them, those of the JDK. */
  static ServerTls to(String host, Optional<Path> authorities)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getDefault();
    if (authorities.isPresent()) {
      context = SSLContext.getInstance("TLS");
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store(authorities.get()));
      context.init(null, trust.getTrustManagers(), null);
    }
    return new ServerTls(context.getSocketFactory(), host);
  }

  private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      int number = 0;
      for (Certificate authority :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        if (++number > MAX_AUTHORITIES) {
          throw new IOException("too many certificates");
        }
        store.setCertificateEntry("authority-" + number, authority);
      }
      if (number == 0) {
        throw new IOException("no certificate");
      }
    }
    return store;
  }

  /** Shakes hands before it returns. */
  @Override
  public SSLSocket createSocket(Socket open, String ignored, int port, boolean autoClose)
      throws IOException {
    SSLSocket socket = (SSLSocket) factory.createSocket(open, host, port, autoClose);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return factory.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factory.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String to, int port) {
    throw onlyOverOpen();
  }

  @Override
  public Socket createSocket(String to, int port, InetAddress from, int local) {
    throw onlyOverOpen();
  }

  @Override
  public Socket createSocket(InetAddress to, int port) {
    throw onlyOverOpen();
  }

  @Override
  public Socket createSocket(InetAddress to, int port, InetAddress from, int local) {
    throw onlyOverOpen();
  }

  private static UnsupportedOperationException onlyOverOpen() {
    return new UnsupportedOperationException("only over a connection that is open");
  }
}
