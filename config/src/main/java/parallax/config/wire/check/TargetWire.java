package parallax.config.wire.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.check.CheckSpec;
import parallax.config.target.Label;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.Times;
import parallax.config.wire.field.WireFault;
import parallax.uplink.v1.Assigned;

/** A target with its checks. */
public final class TargetWire {
  private TargetWire() {}

  /**
   * A target as far as this version can look at it.
   *
   * @param target without the checks that are not supported; empty when nothing of it can be read
   * @param notSupported what was left out and why, in words, each at most {@link #MAX_WHAT}
   *     characters; never quotes a secret
   */
  public record ReadTarget(String name, Optional<Target> target, List<String> notSupported) {
    /** The longest text about what is not supported, in UTF-16 code units. */
    public static final int MAX_WHAT = 300;

    public ReadTarget {
      notSupported =
          notSupported.stream()
              .map(what -> what.length() <= MAX_WHAT ? what : what.substring(0, MAX_WHAT))
              .toList();
    }
  }

  public static Assigned.Target write(Target target) {
    Assigned.Target.Builder out =
        Assigned.Target.newBuilder()
            .setName(target.name().value())
            .setIntervalNs(Times.nanos(target.interval()));
    target.url().ifPresent(url -> out.setUrl(url.toString()));
    labels(target.labels()).forEach(out::addLabels);
    target.from().forEach(region -> out.addFrom(region.value()));
    target.checks().forEach(check -> out.addChecks(CheckWire.write(check)));
    return out.build();
  }

  static List<Assigned.Label> labels(SortedMap<String, String> labels) {
    return labels.entrySet().stream()
        .map(
            entry ->
                Assigned.Label.newBuilder()
                    .setKey(entry.getKey())
                    .setValue(entry.getValue())
                    .build())
        .toList();
  }

  static SortedMap<String, String> labels(String field, List<Assigned.Label> in) {
    SortedMap<String, String> labels = new TreeMap<>();
    for (Assigned.Label label : Bounds.items(field, in, Parts.MAX_ITEMS)) {
      labels.put(Parts.text(field, label.getKey()), Parts.text(field, label.getValue()));
    }
    return labels;
  }

  /** Never throws: what this version cannot make sense of is left out and named. */
  public static ReadTarget read(Assigned.Target in) {
    String name = in.getName().length() <= TargetName.MAX_LENGTH ? in.getName() : "";
    List<String> notSupported = new ArrayList<>();
    try {
      Target bare = bare(in);
      List<CheckSpec> checks = new ArrayList<>();
      for (Assigned.Check check : in.getChecksList()) {
        readCheck(check, checks, notSupported);
      }
      Target target =
          new Target(bare.name(), bare.url(), bare.labels(), bare.interval(), bare.from(), checks);
      return new ReadTarget(name, Optional.of(target), notSupported);
    } catch (WireFault | IllegalArgumentException e) {
      return new ReadTarget(name, Optional.empty(), List.of(WireFault.wordsOf(e)));
    }
  }

  private static Target bare(Assigned.Target in) {
    Bounds.items("checks", in.getChecksList(), Parts.MAX_ITEMS);
    return new Target(
        new TargetName(Bounds.text("name", in.getName(), TargetName.MAX_LENGTH)),
        in.hasUrl() ? Optional.of(Parts.uri("url", in.getUrl())) : Optional.empty(),
        labels("labels", in.getLabelsList()),
        Times.duration("interval", in.getIntervalNs()),
        Bounds.texts("from", in.getFromList(), Parts.MAX_ITEMS, Label.MAX_LENGTH).stream()
            .map(Region::new)
            .toList(),
        List.of());
  }

  private static void readCheck(
      Assigned.Check check, List<CheckSpec> checks, List<String> notSupported) {
    try {
      checks.add(CheckWire.read(check));
    } catch (WireFault | IllegalArgumentException e) {
      notSupported.add(CheckWire.kindOf(check) + ": " + WireFault.wordsOf(e));
    }
  }
}
