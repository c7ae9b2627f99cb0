package parallax.probe.bgp.mrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import parallax.probe.bgp.message.BgpMessage;
import parallax.probe.bgp.message.BgpMessage.Open;
import parallax.probe.bgp.message.Decoded;
import parallax.probe.bgp.message.Decoded.Understood;
import parallax.probe.bgp.message.MessageContext;
import parallax.probe.bgp.message.read.MessageReader;

/** Whole sessions as they went over the wire, each read in the light of both first messages. */
final class SessionTest {
  /** For the first message, before anything is agreed on. */
  private static final MessageContext NOTHING_AGREED =
      new MessageContext(false, false, false, false);

  private static final String FROM_CLIENT = ".from_client.";
  private static final String FROM_SERVER = ".from_server.";

  @Test
  void everyMessageIsUnderstoodAndCounted() throws IOException {
    Map<Path, Map<String, Long>> files = Samples.sessions();
    assumeTrue(!files.isEmpty(), "no samples beside the tree");
    for (Map.Entry<Path, Map<String, Long>> entry : files.entrySet()) {
      Path file = entry.getKey();
      String name = file.getFileName().toString();
      String other =
          name.contains(FROM_CLIENT)
              ? name.replace(FROM_CLIENT, FROM_SERVER)
              : name.replace(FROM_SERVER, FROM_CLIENT);
      Path answer = file.resolveSibling(other);
      MessageContext context =
          Files.exists(answer)
              ? MessageContext.negotiated(open(file), open(answer))
              : MessageContext.negotiated(open(file), open(file));
      assertThat(counts(Files.readAllBytes(file), context)).as(name).isEqualTo(entry.getValue());
    }
  }

  private static Open open(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int length = MessageReader.length(bytes, 0, NOTHING_AGREED);
    Decoded decoded = MessageReader.read(bytes, 0, length, NOTHING_AGREED);
    return (Open) ((Understood) decoded).message();
  }

  private static Map<String, Long> counts(byte[] bytes, MessageContext context) {
    Map<String, Long> counts = new TreeMap<>();
    List<Decoded> faulty = new ArrayList<>();
    int at = 0;
    while (at + BgpMessage.HEADER_BYTES <= bytes.length) {
      int length = MessageReader.length(bytes, at, context);
      assertThat(length).as("a header at byte " + at).isPositive();
      Decoded decoded = MessageReader.read(bytes, at, at + length, context);
      if (!(decoded instanceof Understood(_, var faults)) || !faults.isEmpty()) {
        faulty.add(decoded);
      }
      counts.merge("type" + bytes[at + BgpMessage.HEADER_BYTES - 1], 1L, Long::sum);
      at += length;
    }
    assertThat(faulty).isEmpty();
    assertThat(at).isEqualTo(bytes.length);
    return counts;
  }
}
