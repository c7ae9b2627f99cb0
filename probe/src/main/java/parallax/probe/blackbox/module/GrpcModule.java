package parallax.probe.blackbox.module;

import java.util.List;

/** The health of a gRPC service, by the protocol grpc.health.v1. */
public record GrpcModule(
    String service,
    List<HttpClientSettings.Header> metadata,
    boolean tls,
    TlsSettings settings,
    IpChoice ip)
    implements ProbeModule.Kind {
  public GrpcModule {
    metadata = List.copyOf(metadata);
  }

  @Override
  public String prober() {
    return "grpc";
  }
}
