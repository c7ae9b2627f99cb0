package parallax.probe.dns.vantage;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import parallax.probe.dns.vantage.Heard.Answered;
import parallax.probe.dns.vantage.Heard.Silent;
import parallax.probe.dns.vantage.Standing.State;
import parallax.probe.net.Cidr;

/**
 * Sets answers of resolvers beside the authoritative one and beside each other. Pure.
 *
 * <p>Where the authoritative servers were not heard, what more than half of the resolvers say takes
 * their place; where there is no such majority nothing is said about any of them.
 */
public final class Comparison {
  private final List<Cidr> blockPages;
  private final Predicate<Record> approved;

  /**
   * @param blockPages where resolvers lead those whom they keep away; addresses that lead nowhere
   *     are known
   * @param approved which records are right wherever they appear, as those of a CDN's pool are
   */
  public Comparison(List<Cidr> blockPages, Predicate<Record> approved) {
    this.blockPages = List.copyOf(blockPages);
    this.approved = approved;
  }

  /**
   * How each stands at {@code now}.
   *
   * @param truth what the authoritative servers say, if they were heard
   * @return in the order of {@code heard}
   */
  public List<Standing> compare(List<Heard> heard, Optional<Truth> truth, Instant now) {
    Optional<Said> right = truth.map(Truth::said).or(() -> majority(heard));
    return heard.stream()
        .map(
            one ->
                switch (one) {
                  case Silent silent -> silent(silent);
                  case Answered answered ->
                      trouble(answered, right).orElseGet(() -> beside(answered, right, truth, now));
                })
        .toList();
  }

  private static Standing silent(Silent silent) {
    State state = silent.reason().isProbesOwn() ? State.NOT_TESTED : State.RESOLVER_DOWN;
    String detail = silent.reason().text() + ": " + silent.detail();
    return new Standing(silent.vantage(), state, detail, List.of());
  }

  /** What is wrong with an answer whatever is right. */
  private Optional<Standing> trouble(Answered answered, Optional<Said> right) {
    Optional<ExtendedError> blocking =
        answered.errors().stream().filter(ExtendedError::isBlocking).findFirst();
    if (blocking.isPresent()) {
      return standing(answered, State.RESOLVER_BLOCKED, blocking.get().toString());
    }
    Optional<ExtendedError> stale =
        answered.errors().stream().filter(ExtendedError::isStale).findFirst();
    if (stale.isPresent() && isTold(answered.said())) {
      return standing(answered, State.RESOLVER_STALE, stale.get().toString());
    }
    Optional<InetAddress> page = blockPage(answered.said(), right);
    if (page.isPresent()) {
      String detail = "leads to " + page.get().getHostAddress();
      return standing(answered, State.RESOLVER_BLOCKED, detail);
    }
    int rcode = answered.said().rcode();
    if (rcode == Rcode.SERVFAIL) {
      String why = answered.errors().isEmpty() ? "" : ", " + answered.errors().getFirst();
      return standing(answered, State.RESOLVER_SERVFAIL, "SERVFAIL" + why);
    }
    if (!isTold(answered.said())) {
      return standing(answered, State.RESOLVER_DOWN, "answers " + Rcode.string(rcode));
    }
    return Optional.empty();
  }

  /** Whether it says something about the name. */
  private static boolean isTold(Said said) {
    return said.rcode() == Rcode.NOERROR || said.rcode() == Rcode.NXDOMAIN;
  }

  private Optional<InetAddress> blockPage(Said said, Optional<Said> right) {
    List<InetAddress> meant = right.map(r -> addresses(r).toList()).orElse(List.of());
    return addresses(said)
        .filter(address -> !meant.contains(address))
        .filter(
            address ->
                address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || blockPages.stream().anyMatch(range -> range.contains(address)))
        .findFirst();
  }

  private static Stream<InetAddress> addresses(Said said) {
    return said.records().stream()
        .mapMulti(
            (record, out) -> {
              switch (record) {
                case ARecord four -> out.accept(four.getAddress());
                case AAAARecord six -> out.accept(six.getAddress());
                default -> {}
              }
            });
  }

  private Standing beside(
      Answered answered, Optional<Said> right, Optional<Truth> truth, Instant now) {
    Said said = answered.said();
    if (right.isEmpty()) {
      return of(answered, State.NOT_TESTED, "nothing to compare " + said + " with");
    }
    if (said.agrees(right.get()) || isApproved(said)) {
      return of(answered, State.AGREES, said.toString());
    }
    Optional<Instant> past = truth.flatMap(known -> past(said, known));
    if (past.isPresent()) {
      boolean over = now.isAfter(past.get());
      String detail = said + ", good until " + past.get() + "; now " + right.get();
      return of(answered, over ? State.RESOLVER_STALE : State.CACHED, detail);
    }
    return of(answered, State.RESOLVER_DIFFERS, said + ", not " + right.get());
  }

  private boolean isApproved(Said said) {
    return !said.records().isEmpty() && said.records().stream().allMatch(approved);
  }

  /** Until when {@code said} may be repeated, if it is of the past at all. */
  private static Optional<Instant> past(Said said, Truth truth) {
    Optional<Instant> known =
        truth.formers().stream()
            .filter(former -> said.agrees(former.said()))
            .map(Truth.Former::expires)
            .findFirst();
    boolean older = isOlder(said.serial(), truth.said().serial());
    return known.isPresent() || !older
        ? known
        : Optional.of(truth.since().plusSeconds(truth.said().ttlSeconds()));
  }

  private static boolean isOlder(OptionalLong serial, OptionalLong other) {
    return serial.isPresent()
        && other.isPresent()
        && Said.isOlder(serial.getAsLong(), other.getAsLong());
  }

  private Optional<Said> majority(List<Heard> heard) {
    List<Said> usable = new ArrayList<>();
    for (Heard one : heard) {
      if (one instanceof Answered answered && trouble(answered, Optional.empty()).isEmpty()) {
        usable.add(answered.said());
      }
    }
    return usable.stream()
        .filter(said -> 2 * usable.stream().filter(said::agrees).count() > usable.size())
        .filter(_ -> usable.size() > 1)
        .findFirst();
  }

  private static Optional<Standing> standing(Answered answered, State state, String detail) {
    return Optional.of(of(answered, state, detail));
  }

  private static Standing of(Answered answered, State state, String detail) {
    return new Standing(answered.vantage(), state, detail, answered.errors());
  }
}
