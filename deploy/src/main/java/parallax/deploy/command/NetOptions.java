package parallax.deploy.command;

import java.util.ArrayList;
import java.util.List;
import parallax.probe.net.Cidr;
import parallax.probe.net.NetworkPolicy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where checks may connect, as the operator of this machine allows. */
public final class NetOptions {
  @Option(
      names = "--allow-net",
      split = ",",
      paramLabel = "CIDR",
      description = "Networks that checks may connect to although they are not public.")
  private List<String> allow = new ArrayList<>();

  @Option(
      names = "--deny-net",
      split = ",",
      paramLabel = "CIDR",
      description = "Networks that checks must not connect to.")
  private List<String> deny = new ArrayList<>();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** The policy of commands whose operator and machine are one. */
  public NetworkPolicy policy() {
    return NetworkPolicy.forOperator(cidrs(allow), cidrs(deny));
  }

  /** The policy of a probe whose targets come from a coordinator. */
  public NetworkPolicy probePolicy() {
    return NetworkPolicy.forProbe(cidrs(allow), cidrs(deny));
  }

  /** The policy of a prober whose targets Prometheus names: everything but what is denied. */
  public NetworkPolicy standalonePolicy() {
    // Everything is allowed already; what is wrong in it is told all the same.
    List<Cidr> _ = cidrs(allow);
    return NetworkPolicy.forStandalone(cidrs(deny));
  }

  private List<Cidr> cidrs(List<String> written) {
    try {
      return written.stream().map(Cidr::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
