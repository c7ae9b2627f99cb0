package parallax.probe.dns.dnssec;

import org.xbill.DNS.Name;
import parallax.probe.dns.dnssec.denial.WorkBudget;

/**
 * A zone whose keys are trusted.
 *
 * @param hashes what its denials may cost, in rounds
 */
record SignedZone(Name name, SetVerifier verifier, WorkBudget hashes) {}
