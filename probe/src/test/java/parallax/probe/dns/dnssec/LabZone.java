package parallax.probe.dns.dnssec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import org.xbill.DNS.utils.base32;
import parallax.probe.dns.dnssec.material.SignedSet;

/** A zone with one key, that signs what a test wants signed. The key comes from a fixed seed. */
final class LabZone {
  static final int TTL = 300;
  private static final base32 HASH_TEXT =
      new base32("0123456789ABCDEFGHIJKLMNOPQRSTUV=", false, true);

  final Name apex;
  final DNSKEYRecord key;
  private final PrivateKey secret;
  private Instant from = Instant.parse("2026-03-01T00:00:00Z");
  private Instant until = Instant.parse("2026-03-31T00:00:00Z");

  LabZone(String apex, long seed) {
    this(apex, DNSSEC.Algorithm.ED25519, seed);
  }

  LabZone(String apex, int algorithm, long seed) {
    this.apex = name(apex);
    try {
      KeyPair pair = pair(algorithm, seed);
      this.secret = pair.getPrivate();
      this.key = new DNSKEYRecord(this.apex, DClass.IN, TTL, 257, 3, algorithm, pair.getPublic());
    } catch (GeneralSecurityException | DNSSEC.DNSSECException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair pair(int algorithm, long seed) throws GeneralSecurityException {
    SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
    random.setSeed(seed);
    KeyPairGenerator generator =
        switch (algorithm) {
          case DNSSEC.Algorithm.RSASHA256 -> KeyPairGenerator.getInstance("RSA");
          case DNSSEC.Algorithm.ECDSAP256SHA256 -> KeyPairGenerator.getInstance("EC");
          default -> KeyPairGenerator.getInstance("Ed25519");
        };
    switch (algorithm) {
      case DNSSEC.Algorithm.RSASHA256 ->
          generator.initialize(new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4), random);
      case DNSSEC.Algorithm.ECDSAP256SHA256 ->
          generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      default -> generator.initialize(255, random);
    }
    return generator.generateKeyPair();
  }

  /** From now on signatures count from {@code from} until {@code until}. */
  LabZone signing(Instant from, Instant until) {
    this.from = from;
    this.until = until;
    return this;
  }

  SignedSet keys(DNSKEYRecord... others) {
    List<Record> keys = new ArrayList<>(List.of(others));
    keys.add(key);
    return sign(keys);
  }

  /** What the zone above says about this one. */
  DSRecord ds() {
    return new DSRecord(apex, DClass.IN, TTL, DNSSEC.Digest.SHA256, key);
  }

  SignedSet soa() {
    return signed("%s SOA ns.%s root.%s 7 3600 600 86400 300".formatted(apex, apex, apex));
  }

  /** Signs records in the form "NAME TYPE DATA". */
  SignedSet signed(String... records) {
    return sign(Arrays.stream(records).map(LabZone::record).toList());
  }

  SignedSet sign(Record... records) {
    return sign(List.of(records));
  }

  SignedSet sign(List<Record> records) {
    Record first = records.getFirst();
    return new SignedSet(first.getName(), first.getType(), records, List.of(signature(records)));
  }

  RRSIGRecord signature(List<Record> records) {
    try {
      return DNSSEC.sign(new RRset(records), key, secret, from, until);
    } catch (DNSSEC.DNSSECException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * As a server makes it from {@code wildcard}: for {@code name}, with the wildcard's signature.
   */
  static SignedSet expanded(SignedSet wildcard, String name) {
    Name to = name(name);
    List<Record> records =
        wildcard.records().stream()
            .map(
                record ->
                    Record.newRecord(
                        to, record.getType(), DClass.IN, TTL, record.rdataToWireCanonical()))
            .toList();
    List<RRSIGRecord> signatures =
        wildcard.signatures().stream()
            .map(s -> s.rdataToWireCanonical())
            .map(data -> Record.newRecord(to, Type.RRSIG, DClass.IN, TTL, data))
            .map(RRSIGRecord.class::cast)
            .toList();
    return new SignedSet(to, wildcard.type(), records, signatures);
  }

  /** The whole chain of NSEC records over these names, each "NAME TYPE TYPE". */
  List<SignedSet> nsec(String... names) {
    SortedMap<Name, int[]> types = types(names);
    List<Name> owners = new ArrayList<>(types.keySet());
    List<SignedSet> chain = new ArrayList<>();
    for (int at = 0; at < owners.size(); at++) {
      Name owner = owners.get(at);
      Name next = owners.get((at + 1) % owners.size());
      chain.add(sign(new NSECRecord(owner, DClass.IN, TTL, next, types.get(owner))));
    }
    return chain;
  }

  /** The whole chain of NSEC3 records over these names, each "NAME TYPE TYPE". */
  List<SignedSet> nsec3(int iterations, boolean optOut, String... names) {
    byte[] salt = {1, 2};
    SortedMap<String, int[]> hashes = new TreeMap<>();
    types(names).forEach((name, types) -> hashes.put(text(hash(name, iterations, salt)), types));
    List<String> owners = new ArrayList<>(hashes.keySet());
    List<SignedSet> chain = new ArrayList<>();
    for (int at = 0; at < owners.size(); at++) {
      String owner = owners.get(at);
      byte[] next = HASH_TEXT.fromString(owners.get((at + 1) % owners.size()));
      chain.add(
          sign(
              new NSEC3Record(
                  name(owner + (apex.labels() == 1 ? "." : "." + apex)),
                  DClass.IN,
                  TTL,
                  1,
                  optOut ? 1 : 0,
                  iterations,
                  salt,
                  next,
                  hashes.get(owner))));
    }
    return chain;
  }

  private byte[] hash(Name name, int iterations, byte[] salt) {
    try {
      return new NSEC3Record(apex, DClass.IN, 0, 1, 0, iterations, salt, new byte[20], new int[0])
          .hashName(name);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(byte[] hash) {
    return HASH_TEXT.toString(hash);
  }

  private static SortedMap<Name, int[]> types(String... names) {
    SortedMap<Name, int[]> types = new TreeMap<>();
    for (String text : names) {
      List<String> words = List.of(text.split(" "));
      types.put(name(words.getFirst()), words.stream().skip(1).mapToInt(Type::value).toArray());
    }
    return types;
  }

  static Record record(String text) {
    String[] words = text.split(" ", 3);
    try {
      return Record.fromString(
          name(words[0]), Type.value(words[1]), DClass.IN, TTL, words[2], Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Unsigned. */
  static SignedSet bare(SignedSet set) {
    return new SignedSet(set.name(), set.type(), set.records(), List.of());
  }

  /** Another address under the same signatures. */
  static SignedSet forged(SignedSet set) {
    List<Record> records = new ArrayList<>(set.records());
    records.set(0, record(set.name() + " A 203.0.113.66"));
    return new SignedSet(set.name(), set.type(), records, set.signatures());
  }
}
