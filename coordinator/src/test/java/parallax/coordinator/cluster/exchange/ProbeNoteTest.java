package parallax.coordinator.cluster.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parallax.config.wire.ProbeFrame;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.view.ProbeConnection;

/** Streams as members of one version and of the next tell them one another. */
final class ProbeNoteTest {
  private static ProbeNote note(ProbeConnection.State state) {
    return new ProbeNote(Examples.connection("tokyo-1", state), "id-1");
  }

  @ParameterizedTest
  @EnumSource(ProbeConnection.State.class)
  void comesBackAsItWas(ProbeConnection.State state) {
    assertThat(ProbeNote.unpack(note(state).pack())).isEqualTo(note(state));
  }

  @Test
  void whatIsNotKnownStaysUnknown() {
    ProbeConnection known = Examples.connection("tokyo-1", ProbeConnection.State.OPEN);
    ProbeConnection bare =
        new ProbeConnection(
            known.vantage(),
            1,
            Optional.empty(),
            Optional.empty(),
            "c1",
            known.since(),
            "",
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            new TreeMap<>(),
            known.heard(),
            ProbeConnection.State.OPEN);
    ProbeNote note = new ProbeNote(bare, "id-1");
    assertThat(ProbeNote.unpack(note.pack())).isEqualTo(note);
  }

  @Test
  void whatIsNotSupportedIsToldUpToABound() {
    ProbeConnection known = Examples.connection("tokyo-1", ProbeConnection.State.OPEN);
    ProbeConnection old =
        new ProbeConnection(
            known.vantage(),
            1,
            known.address(),
            known.credential(),
            "c1",
            known.since(),
            "x".repeat(300),
            known.accepted(),
            IntStream.range(0, 200)
                .mapToObj(index -> new ProbeFrame.NotSupported("t" + index, "y".repeat(300)))
                .toList(),
            known.clock(),
            known.spool(),
            known.drops(),
            known.heard(),
            ProbeConnection.State.OPEN);
    byte[] bytes = new ProbeNote(old, "id-1").pack();
    assertThat(bytes.length).isLessThan(8 * 1024);
    assertThat(ProbeNote.unpack(bytes).connection().notSupported())
        .hasSize(ProbeConnection.MAX_NOT_SUPPORTED);
  }

  @Test
  void fieldsThatALaterFormAddsArePassedOver() {
    byte[] own = note(ProbeConnection.State.OPEN).pack();
    byte[] later = Arrays.copyOf(own, own.length + 3);
    assertThatThrownBy(() -> ProbeNote.unpack(later))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too many");
    later[0] = (byte) (later[0] + 2); // A form later, as numbers are packed.
    assertThat(ProbeNote.unpack(later)).isEqualTo(note(ProbeConnection.State.OPEN));
  }

  /** As it was once written: members of that version are still read. */
  @Test
  void theFirstFormIsReadForEver() {
    assertThat(HexFormat.of().formatHex(note(ProbeConnection.State.OPEN).pack()))
        .isEqualTo(
            "020869642d31280a07746f6b796f2d311205746f6b796f18f4f70380eef0909567046332084f5045"
                + "4ec0fea0949567b098a89495671c506172616c6c61782f312e322e3302123139322e302e322e3702"
                + "10336631633961323002c684de0a020873686f701e736d74703a206e6f74206b6e6f776e02c313a0"
                + "0102189035020e524f5554494e45124449534b5f46554c4c12");
  }

  @Test
  void damagedBytesAreRefused() {
    byte[] good = note(ProbeConnection.State.OPEN).pack();
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 2_000; round++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int change = random.nextInt(4); change > 0 && bad.length > 0; change--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(ProbeNote.unpack(bad)).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e).isNotNull();
      }
    }
  }
}
