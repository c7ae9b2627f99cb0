package parallax.probe.service;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.service.talk.Heard;
import parallax.probe.service.talk.Move;
import parallax.probe.service.talk.NotYet;
import parallax.probe.service.talk.Step;
import parallax.probe.service.talk.Unfit;

/**
 * A dialogue without a network: what the service says comes from a script, TLS always succeeds.
 *
 * @param said by us, all of it
 * @param seen of a service that works
 */
record Play(Optional<Finding> failure, Optional<String> seen, String said, int upgrades) {
  private static final int MAX_MOVES = 1_000;

  /** Plays with the chunks as they come; an end of them closes the connection. */
  static Play of(Move first, Iterator<byte[]> chunks) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    byte[] held = new byte[0];
    Move move = first;
    int upgrades = 0;
    for (int count = 0; count < MAX_MOVES; count++) {
      switch (move) {
        case Move.Fine(String seen, byte[] _) -> {
          return new Play(Optional.empty(), Optional.of(seen), text(said), upgrades);
        }
        case Move.Leave(Move.Fine done, byte[] farewell, Step _) -> {
          said.writeBytes(farewell);
          return new Play(Optional.empty(), Optional.of(done.seen()), text(said), upgrades);
        }
        case Move.Secure(var then) -> {
          upgrades++;
          move = then.get();
        }
        case Move.Say(byte[] bytes, Step then) -> {
          said.writeBytes(bytes);
          Optional<Move> next = Optional.empty();
          while (next.isEmpty()) {
            Heard heard = new Heard(held);
            try {
              next = Optional.of(then.hear(heard));
              held = heard.rest();
            } catch (NotYet waiting) {
              if (!chunks.hasNext()) {
                return failed(new Finding(Reason.SERVICE_CLOSED, ""), said, upgrades);
              }
              byte[] more = chunks.next();
              int before = held.length;
              held = Arrays.copyOf(held, before + more.length);
              System.arraycopy(more, 0, held, before, more.length);
            } catch (Unfit unfit) {
              return failed(unfit.finding(), said, upgrades);
            }
          }
          move = next.get();
        }
      }
    }
    return failed(new Finding(Reason.SERVICE_TOO_LONG, ""), said, upgrades);
  }

  private static Play failed(Finding finding, ByteArrayOutputStream said, int upgrades) {
    return new Play(Optional.of(finding), Optional.empty(), text(said), upgrades);
  }

  private static String text(ByteArrayOutputStream said) {
    return said.toString(StandardCharsets.ISO_8859_1);
  }

  /** UP, or the name of the reason. */
  String reason() {
    return failure.map(finding -> finding.reason().name()).orElse("UP");
  }
}
