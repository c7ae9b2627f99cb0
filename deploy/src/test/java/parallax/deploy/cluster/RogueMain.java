package parallax.deploy.cluster;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A stranger that reaches the members' port: tries one way in, and says how it ended. */
final class RogueMain {
  private static final int WAIT_SECONDS = 15;

  private RogueMain() {}

  /** client|member, the cluster's name, the own address, a member's place, a file to make there. */
  public static void main(String[] arguments) throws InterruptedException {
    String name = arguments[1];
    try {
      if (arguments[0].equals("client")) {
        client(name, arguments[3]);
      } else {
        member(name, arguments[2], arguments[3], arguments[4]);
      }
    } catch (RuntimeException e) {
      say("refused " + e.getClass().getSimpleName());
    }
    System.exit(0);
  }

  private static void say(String line) {
    System.out.println(System.nanoTime() + " " + line);
    System.out.flush();
  }

  private static void client(String name, String place) {
    ClientConfig config = new ClientConfig();
    config.setClusterName(name);
    config.getNetworkConfig().addAddress(place);
    config
        .getConnectionStrategyConfig()
        .getConnectionRetryConfig()
        .setClusterConnectTimeoutMillis(8_000);
    HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
    say("admitted " + client.getMap("parallax.books").size());
  }

  private static void member(String name, String own, String place, String file)
      throws InterruptedException {
    Config config = new Config();
    config.setClusterName(name);
    config.setProperty("hazelcast.logging.type", "none");
    config.setProperty("hazelcast.partition.count", "64");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.getJetConfig().setEnabled(false);
    config.getNetworkConfig().setPort(5_701).setPortAutoIncrement(false);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(own);
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true).addMember(place);
    HazelcastInstance stranger = Hazelcast.newHazelcastInstance(config);
    int others = stranger.getCluster().getMembers().size() - 1;
    if (others == 0) {
      say("refused alone");
      return;
    }
    say("admitted " + others);
    ask(stranger, "lambda", (Callable<String> & Serializable) () -> write(file));
    ask(stranger, "payload", new Payload(file));
  }

  private static void ask(HazelcastInstance stranger, String what, Callable<String> task)
      throws InterruptedException {
    stranger.getCluster().getMembers().stream()
        .filter(member -> !member.localMember())
        .forEach(
            member -> {
              try {
                String answer =
                    stranger
                        .getExecutorService("rogue")
                        .submitToMember(task, member)
                        .get(WAIT_SECONDS, TimeUnit.SECONDS);
                say(what + " ran " + answer);
              } catch (ExecutionException | TimeoutException | RuntimeException e) {
                say(what + " refused " + e.getClass().getSimpleName());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private static String write(String file) throws IOException {
    return Files.writeString(Path.of(file), "was here").toString();
  }

  /** Does its work when it is read. */
  private static final class Payload implements Callable<String>, Serializable {
    private static final long serialVersionUID = 1;
    private final String file;

    Payload(String file) {
      this.file = file;
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      write(file);
    }

    @Override
    public String call() {
      return "called";
    }
  }
}
