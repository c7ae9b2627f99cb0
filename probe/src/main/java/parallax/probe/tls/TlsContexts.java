package parallax.probe.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.ReferenceCountUtil;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import parallax.config.check.TlsPolicy.TlsVersion;
import parallax.probe.net.Cidr;

/**
 * TLS contexts, which are costly to make and can be shared by all targets that offer the same
 * protocols and show the same client certificate. BoringSSL where it is there, the JDK's TLS else.
 */
final class TlsContexts {
  /** Contexts kept, least recently used go first. */
  static final int CAPACITY = 64;

  /** JSSE refuses older ones by its own policy; BoringSSL offers all, so that they are seen. */
  private static final List<TlsVersion> JDK_VERSIONS =
      List.of(TlsVersion.TLS_1_3, TlsVersion.TLS_1_2);

  /**
   * What browsers offer, and the older ones that servers of the last fifteen years speak: a server
   * that users can reach must not look down for want of a cipher. Those the engine lacks are left
   * out.
   */
  private static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
          "TLS_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_RSA_WITH_AES_128_CBC_SHA",
          "TLS_RSA_WITH_AES_256_CBC_SHA");

  private record Key(
      List<String> protocols, Optional<ClientIdentity> identity, TlsVersions offered) {}

  private final SslProvider provider;
  private final Map<Key, SslContext> contexts = new LinkedHashMap<>(16, 0.75f, true);

  TlsContexts(SslProvider provider) {
    this.provider = provider;
  }

  /** BoringSSL (or OpenSSL) when its native library is on this machine. */
  static SslProvider bestProvider() {
    return OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
  }

  /**
   * A client's engine for one handshake; nothing of an earlier session is resumed.
   *
   * @param name sent as SNI unless it is an address literal (RFC 6066 section 3)
   * @param protocols offered by ALPN (RFC 7301), in order of preference; none when empty
   * @throws SSLException when no context can be made
   */
  synchronized SSLEngine engine(
      ByteBufAllocator allocator,
      String name,
      List<String> protocols,
      Optional<ClientIdentity> identity,
      TlsVersions offered)
      throws SSLException {
    Key key = new Key(protocols, identity, offered);
    SslContext context = contexts.get(key);
    if (context == null) {
      context = context(key);
      contexts.put(key, context);
      dropEldest();
    }
    boolean literal = Cidr.literal(name).isPresent();
    if (literal) {
      return context.newEngine(allocator);
    }
    if (provider != SslProvider.JDK) {
      return context.newEngine(allocator, name, 0);
    }
    // Without a peer's name the JDK has no key to find a session to resume by.
    SSLEngine engine = context.newEngine(allocator);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setServerNames(serverNames(name));
    engine.setSSLParameters(parameters);
    return engine;
  }

  private void dropEldest() {
    if (contexts.size() > CAPACITY) {
      var eldest = contexts.entrySet().iterator();
      // Engines in use hold the context themselves.
      ReferenceCountUtil.release(eldest.next().getValue());
      eldest.remove();
    }
  }

  private static List<javax.net.ssl.SNIServerName> serverNames(String name) {
    try {
      return List.of(new SNIHostName(name));
    } catch (IllegalArgumentException notAHostName) {
      return List.of();
    }
  }

  private SslContext context(Key key) throws SSLException {
    boolean jdk = provider == SslProvider.JDK;
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(provider)
            .trustManager(new JudgedLater())
            .endpointIdentificationAlgorithm("")
            .protocols(
                key.offered().newestFirst().stream()
                    .filter(version -> !jdk || JDK_VERSIONS.contains(version))
                    .map(TlsVersion::standardName)
                    .toList());
    if (!jdk) {
      builder.ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE);
      builder.enableOcsp(OpenSsl.isOcspSupported());
      builder.option(OpenSslContextOption.USE_TASKS, false);
    }
    if (!key.protocols().isEmpty()) {
      builder.applicationProtocolConfig(
          new ApplicationProtocolConfig(
              ApplicationProtocolConfig.Protocol.ALPN,
              ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
              ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
              key.protocols()));
    }
    key.identity().ifPresent(identity -> identity.give(builder));
    SslContext context = builder.build();
    if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
      sessions.setSessionCacheEnabled(false);
    }
    return context;
  }
}
