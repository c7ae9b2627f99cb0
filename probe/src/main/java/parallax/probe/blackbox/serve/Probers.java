package parallax.probe.blackbox.serve;

import parallax.probe.blackbox.look.Prober;
import parallax.probe.blackbox.look.Sight;
import parallax.probe.blackbox.look.Unseen;
import parallax.probe.blackbox.module.DnsModule;
import parallax.probe.blackbox.module.EchoModule;
import parallax.probe.blackbox.module.GrpcModule;
import parallax.probe.blackbox.module.HttpModule;
import parallax.probe.blackbox.module.ProbeModule;
import parallax.probe.blackbox.module.SocketModule;
import parallax.probe.blackbox.module.StreamModule;

/** Every kind of probe. */
public record Probers(
    Prober<HttpModule> http,
    Prober<StreamModule> stream,
    Prober<DnsModule> dns,
    Prober<EchoModule> echo,
    Prober<GrpcModule> grpc,
    Prober<SocketModule> socket) {

  boolean probe(ProbeModule.Kind kind, String target, Sight sight) throws Unseen {
    return switch (kind) {
      case HttpModule it -> http.probe(it, target, sight);
      case StreamModule it -> stream.probe(it, target, sight);
      case DnsModule it -> dns.probe(it, target, sight);
      case EchoModule it -> echo.probe(it, target, sight);
      case GrpcModule it -> grpc.probe(it, target, sight);
      case SocketModule it -> socket.probe(it, target, sight);
    };
  }
}
