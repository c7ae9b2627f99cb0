package parallax.probe.dns.dnssec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.probe.dns.dnssec.Verdict.Bogus;
import parallax.probe.dns.dnssec.Verdict.Expiry;
import parallax.probe.dns.dnssec.Verdict.Gap;
import parallax.probe.dns.dnssec.Verdict.Indeterminate;
import parallax.probe.dns.dnssec.Verdict.Insecure;
import parallax.probe.dns.dnssec.Verdict.Place;
import parallax.probe.dns.dnssec.Verdict.Secure;
import parallax.probe.dns.dnssec.Verdict.Unprotected;
import parallax.probe.dns.dnssec.denial.Nsec3Proof;
import parallax.probe.dns.dnssec.denial.WorkBudget;
import parallax.probe.dns.dnssec.material.Chain;
import parallax.probe.dns.dnssec.material.Reply;
import parallax.probe.dns.dnssec.material.TrustAnchors;
import parallax.probe.dns.dnssec.material.ZoneMaterial;

/**
 * Judges a chain from its trust anchor down (RFC 4035 section 5). At each link any server's
 * material may carry it on; what other servers have wrong is told beside the verdict. A function of
 * its arguments: "will it break in n days" is the same call with a later instant.
 */
public final class ChainJudge {
  private final TrustAnchors anchors;

  /** Whether a name has to be signed. */
  public enum Expectation {
    /** Signatures must hold where the zone above promises them. */
    IF_SIGNED,
    /** Proof that there are none is a fault, too. */
    SIGNED
  }

  public ChainJudge(TrustAnchors anchors) {
    this.anchors = anchors;
  }

  /**
   * The verdict on {@code chain} at the instant {@code at}. Signatures count by the second, first
   * and last included (RFC 4035 section 5.3.1).
   *
   * <p>Of an alias that leads out of the last zone the alias alone is judged: its end has a chain
   * of its own.
   *
   * <p>Takes milliseconds, and some hundred at worst when servers are hostile: not for event loops.
   * Never throws, whatever the material holds.
   */
  public Judgement judge(Chain chain, Expectation expectation, Instant at) {
    Course course = new Course(chain, at);
    Verdict verdict = course.run(anchors.of(chain.zones().getFirst().zone()));
    if (expectation == Expectation.SIGNED
        && verdict instanceof Insecure(Name zone, Unprotected why, String detail)) {
      Place place = new Place(Optional.empty(), zone, chain.name(), chain.type());
      Bogus unsigned =
          new Bogus(Cause.UNSIGNED_BUT_EXPECTED, place, why + " at " + zone + ": " + detail);
      course.faults.add(unsigned);
      verdict = unsigned;
    }
    return new Judgement(verdict, course.faults);
  }

  /** One judgement on its way down. */
  private static final class Course {
    private final Chain chain;
    private final Instant at;
    private final WorkBudget checks =
        new WorkBudget(SetVerifier.MAX_CHECKS, SetVerifier.MAX_CHECKS_PER_REPLY);
    private final WorkBudget hashes =
        new WorkBudget(Nsec3Proof.MAX_ROUNDS, Nsec3Proof.MAX_ROUNDS_PER_REPLY);
    private final List<Bogus> faults = new ArrayList<>();
    private Optional<Expiry> earliest = Optional.empty();

    Course(Chain chain, Instant at) {
      this.chain = chain;
      this.at = at;
    }

    Verdict run(TrustAnchors anchors) {
      if (anchors.isEmpty()) {
        String zone = chain.zones().getFirst().zone().toString();
        return new Indeterminate(Gap.NO_ANCHOR, "no trust anchor for " + zone);
      }
      TrustAnchors entry = anchors;
      Optional<SignedZone> above = Optional.empty();
      for (ZoneMaterial material : chain.zones()) {
        if (above.isPresent()) {
          Link<DSRecord> delegation = delegation(above.get(), material);
          if (delegation.held().isEmpty()) {
            return delegation.verdict();
          }
          entry = new TrustAnchors(delegation.held(), List.of());
        }
        TrustAnchors usable = KeyJudge.usable(entry);
        if (usable.isEmpty()) {
          return unsupported(material.zone(), entry);
        }
        Link<DNSKEYRecord> keys = keys(material, usable);
        if (keys.held().isEmpty()) {
          return keys.verdict();
        }
        SetVerifier verifier = new SetVerifier(material.zone(), keys.held(), at, checks);
        above = Optional.of(new SignedZone(material.zone(), verifier, hashes));
      }
      return above.map(this::answer).orElseThrow();
    }

    private static Insecure unsupported(Name zone, TrustAnchors entry) {
      List<String> algorithms =
          entry.delegationSigners().stream()
              .map(ds -> ds.getAlgorithm() + " with digest " + ds.getDigestID())
              .distinct()
              .toList();
      return new Insecure(zone, Unprotected.ALGORITHM_UNSUPPORTED, "DS of algorithm " + algorithms);
    }

    /**
     * What a link came to over all servers.
     *
     * @param held what leads on, of every server whose material holds; none when no server's does
     * @param verdict the best of them; secure when something is held
     */
    private record Link<T>(List<T> held, Verdict verdict) {}

    /** What a link came to at one server. */
    private record Said<T>(List<T> held, Verdict verdict) {}

    private Link<DSRecord> delegation(SignedZone above, ZoneMaterial material) {
      Name child = material.zone();
      return link(
          material.delegation(),
          child + " DS",
          reply ->
              switch (new ReplyJudge(above, reply).delegation(child)) {
                case ReplyJudge.Signed(List<DSRecord> signers, Expiry expiry) ->
                    new Said<>(signers, new Secure(expiry));
                case ReplyJudge.Unsigned(Verdict verdict) -> new Said<>(List.of(), verdict);
              });
    }

    private Link<DNSKEYRecord> keys(ZoneMaterial material, TrustAnchors entry) {
      KeyJudge judge = new KeyJudge(material.zone(), entry, at, checks);
      return link(
          material.keys(),
          material.zone() + " DNSKEY",
          reply ->
              switch (judge.judge(reply)) {
                case KeyJudge.Trusted(List<DNSKEYRecord> keys, Expiry expiry) ->
                    new Said<>(keys, new Secure(expiry));
                case KeyJudge.Untrusted(Verdict verdict) -> new Said<>(List.of(), verdict);
              });
    }

    private Verdict answer(SignedZone zone) {
      String question = chain.name() + " " + Type.string(chain.type());
      Link<Reply> link =
          link(
              chain.answers(),
              question,
              reply ->
                  new Said<>(
                      List.of(), new ReplyJudge(zone, reply).answer(chain.name(), chain.type())));
      return link.verdict() instanceof Secure secure
          ? new Secure(earliest.orElse(secure.earliest()))
          : link.verdict();
    }

    private <T> Link<T> link(List<Reply> replies, String question, Function<Reply, Said<T>> judge) {
      List<T> held = new ArrayList<>();
      Optional<Verdict> best = Optional.empty();
      for (Reply reply : replies) {
        checks.beginShare();
        hashes.beginShare();
        Said<T> said = judge.apply(reply);
        Verdict verdict = settled(said.verdict(), reply);
        said.held().stream().filter(item -> !held.contains(item)).forEach(held::add);
        switch (verdict) {
          case Secure(Expiry expiry) ->
              earliest = Optional.of(earliest.map(e -> e.earlier(expiry)).orElse(expiry));
          case Bogus bogus -> faults.add(bogus);
          case Insecure _, Indeterminate _ -> {}
        }
        best = best.filter(before -> rank(before) <= rank(verdict)).or(() -> Optional.of(verdict));
      }
      return new Link<>(
          held, best.orElseGet(() -> new Indeterminate(Gap.NO_ANSWER, "no reply to " + question)));
    }

    /** What failed for want of work is not known to be wrong. */
    private Verdict settled(Verdict verdict, Reply reply) {
      boolean undone = checks.isExhausted() || hashes.isExhausted();
      return undone && verdict instanceof Bogus
          ? new Indeterminate(Gap.TOO_MUCH_WORK, "checking what " + reply.server() + " sent")
          : verdict;
    }

    private static int rank(Verdict verdict) {
      return switch (verdict) {
        case Secure _ -> 0;
        case Insecure _ -> 1;
        case Bogus _ -> 2;
        case Indeterminate _ -> 3;
      };
    }
  }
}
