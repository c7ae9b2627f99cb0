package parallax.coordinator.cluster.exchange;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.check.CheckKind;
import parallax.config.observation.ProbeName;
import parallax.config.target.Label;
import parallax.config.target.TargetName;
import parallax.coordinator.cluster.grid.GridNames;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;
import parallax.coordinator.cluster.pack.Wire;
import parallax.coordinator.ingest.AskAgain;

/** Asks probes to look again through whichever member holds their stream: at most once. */
public final class LookAgainTopic implements AskAgain {
  private static final Logger LOG = LoggerFactory.getLogger(LookAgainTopic.class);
  private static final Wire<LookAgain> WIRE =
      new Wire<>(
          LookAgain.class, "parallax.LookAgain", LookAgainTopic::pack, LookAgainTopic::unpack);
  private static final Duration MAX_AFTER = Duration.ofHours(1);

  private final ITopic<LookAgain> topic;

  /**
   * A topic.
   *
   * @param heard is told of all, on a thread of Hazelcast; must not block
   */
  public LookAgainTopic(HazelcastInstance hazelcast, Consumer<LookAgain> heard) {
    this.topic = hazelcast.getTopic(GridNames.LOOK_AGAIN);
    topic.addMessageListener(message -> heard.accept(message.getMessageObject()));
  }

  /** How it is told. */
  public static List<Wire<?>> wires() {
    return List.of(WIRE);
  }

  @Override
  public void checkNow(TargetName target, CheckKind check, ProbeName probe, Duration after) {
    try {
      topic
          .publishAsync(new LookAgain(target, check, probe, after))
          .exceptionally(
              failure -> {
                LOG.debug("event=look_again_not_told", failure);
                return null;
              });
    } catch (RuntimeException e) { // Hazelcast throws some refusals instead of handing them back
      LOG.debug("event=look_again_not_told", e);
    }
  }

  private static byte[] pack(LookAgain ask) {
    return new Packer()
        .text(ask.target().value())
        .text(ask.check().label())
        .text(ask.probe().value())
        .number(ask.after().toMillis())
        .done();
  }

  private static LookAgain unpack(byte[] bytes) {
    Unpacker in = new Unpacker(bytes);
    LookAgain ask =
        new LookAgain(
            new TargetName(in.text(TargetName.MAX_LENGTH)),
            CheckKind.valueOf(in.text(Label.MAX_LENGTH).toUpperCase(Locale.ROOT)),
            new ProbeName(in.text(Label.MAX_LENGTH)),
            Duration.ofMillis(in.count((int) MAX_AFTER.toMillis())));
    in.end();
    return ask;
  }
}
